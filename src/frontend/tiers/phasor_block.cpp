#include <blondel/frontend/phasor_block.hpp>

#include <blondel/base/contract.hpp>

namespace blondel {

void PhasorBlock::Element::set_powers(std::size_t k, std::span<double const> u_v,
                                      std::span<double const> active_w,
                                      std::span<double const> reactive_var) {
  BLONDEL_EXPECTS(k < element_count && u_v.size() <= steps_max);
  BLONDEL_EXPECTS(active_w.size() == u_v.size() && reactive_var.size() == u_v.size());
  constexpr double root_3_half = 0.86602540378443864676;
  constexpr std::array<double, element_count> cosine{1.0, -0.5, -0.5};
  constexpr std::array<double, element_count> sine{0.0, -root_3_half, root_3_half};
  auto const c = cosine[k];
  auto const s = sine[k];
  for (std::size_t n = 0; n < u_v.size(); ++n) {
    // I = (S / U)*, S = P + jQ
    auto const per_u = u_v[n] > 0 ? 1 / u_v[n] : 0.0;
    u_real_v[n] = u_v[n] * c;
    u_imaginary_v[n] = u_v[n] * s;
    i_real_a[n] = (active_w[n] * c + reactive_var[n] * s) * per_u;
    i_imaginary_a[n] = (active_w[n] * s - reactive_var[n] * c) * per_u;
  }
}

}  // namespace blondel

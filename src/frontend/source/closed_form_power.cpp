#include <cmath>

#include <blondel/base/contract.hpp>
#include <blondel/frontend/signals.hpp>

namespace blondel {

PhasePower closed_form_power(OperatingPoint const& point, int phase) {
  BLONDEL_EXPECTS(phase >= 0 && phase < element_count);
  auto const power = channel_power(line_signals(point), static_cast<std::size_t>(phase));
  return {.active = Watts{power.active_w},
          .reactive = Vars{power.reactive_var},
          .apparent = VoltAmps{std::sqrt(power.u_square_v2 * power.i_square_a2)}};
}

}  // namespace blondel

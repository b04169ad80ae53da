#include <algorithm>

#include <blondel/base/contract.hpp>
#include <frontend/ct/hysteresis_bank.hpp>

namespace blondel {
namespace {

bool remembers(CtModel const& model) {
  return model.present && model.hysteresis.present;
}

}  // namespace

HysteresisBank::HysteresisBank(std::array<CtModel, element_count> const& models)
    : is_present_{std::any_of(models.begin(), models.end(), remembers)} {
  if (!is_present_) {
    return;
  }
  BLONDEL_EXPECTS(std::all_of(models.begin(), models.end(), remembers));
  for (std::size_t k = 0; k < element_count; ++k) {
    transformer_[k] = HysteresisCt{models[k]};
  }
}

void HysteresisBank::set_laws(std::array<CtLaw, element_count> const& laws) {
  for (std::size_t k = 0; k < element_count; ++k) {
    transformer_[k].set_law(laws[k]);
  }
}

void HysteresisBank::start(CtState const& state) {
  if (!is_present_) {
    return;
  }
  for (std::size_t k = 0; k < element_count; ++k) {
    transformer_[k].start(state.flux_wb[k], state.half_step_wb[k]);
  }
}

void HysteresisBank::run(Lanes const* input_a, Lanes* output_a, std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) {
    for (std::size_t k = 0; k < element_count; ++k) {
      output_a[n][k] = transformer_[k].step(input_a[n][k]);
    }
    output_a[n][lane_count - 1] = 0.0;
  }
}

}  // namespace blondel

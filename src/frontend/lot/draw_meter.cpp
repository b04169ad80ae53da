#include <algorithm>
#include <string>

#include <blondel/frontend/lot.hpp>

namespace blondel {
namespace {

/// The parts of one meter.
class Parts {
 public:
  Parts(std::uint64_t seed, std::uint64_t number) : seed_{seed}, number_{number} {}

  /// What is added to a part. @param name the rest of its stream's name
  [[nodiscard]] double added(std::string const& name, double sigma) const {
    RandomStream stream{seed_, number_, "lot." + name};
    return sigma * standard_normal(stream);
  }
  /// By what a part is multiplied.
  [[nodiscard]] double factor(std::string const& name, double sigma) const {
    constexpr double least = 0.1;
    return std::max(least, 1.0 + added(name, sigma));
  }

 private:
  std::uint64_t seed_;
  std::uint64_t number_;
};

std::string of_element(char const* part, std::size_t element) {
  return std::string{part} + '.' + std::to_string(element + 1);
}

void draw_transformer(CtModel& ct, LotSpread const& spread, Parts const& parts, std::size_t e) {
  ct.initial_permeability *= parts.factor(of_element("permeability", e), spread.permeability);
  ct.low_field_rise *= parts.factor(of_element("low_field_rise", e), spread.low_field);
  ct.low_field_b_t *= parts.factor(of_element("low_field_b", e), spread.low_field);
  ct.winding = Ohms{ct.winding.value() * parts.factor(of_element("winding", e), spread.winding)};
  ct.burden = Ohms{ct.burden.value() * parts.factor(of_element("burden", e), spread.burden)};
  ct.burden_per_k += parts.added(of_element("burden_per_k", e), spread.burden_per_k);
  ct.loss = Ohms{ct.loss.value() * parts.factor(of_element("loss", e), spread.loss)};
}

void draw_voltage_transformer(VoltageTransformerModel& transformer, LotSpread const& spread,
                              Parts const& parts, std::size_t e) {
  transformer.inductance_h *=
      parts.factor(of_element("transformer_inductance", e), spread.transformer_inductance);
  transformer.primary = Ohms{transformer.primary.value() *
                             parts.factor(of_element("transformer_winding", e), spread.transformer_winding)};
  transformer.loss = Ohms{transformer.loss.value() *
                          parts.factor(of_element("transformer_loss", e), spread.transformer_loss)};
}

}  // namespace

double standard_normal(RandomStream& stream) {
  constexpr int terms = 12;  // each of variance 1/12 and mean 1/2
  double sum = 0.0;
  for (int n = 0; n < terms; ++n) {
    sum += stream.uniform();
  }
  return sum - terms / 2;
}

FrontEndModel draw_meter(FrontEndModel const& design, LotSpread const& spread, std::uint64_t seed,
                         std::uint64_t number) {
  Parts const parts{seed, number};
  auto model = design;
  auto const reference_per_k = parts.added("reference_per_k", spread.reference_per_k);
  auto const clock_error = parts.added("clock", spread.clock);
  model.rtc_crystal.error_at_23c = parts.added("rtc_crystal", spread.rtc_crystal);
  for (std::size_t e = 0; e < element_count; ++e) {
    draw_transformer(model.internal_ct[e], spread, parts, e);
    draw_voltage_transformer(model.voltage_transformer[e], spread, parts, e);
    model.divider[e].ratio_error = parts.added(of_element("divider_ratio", e), spread.divider_ratio);
    model.divider[e].per_k = parts.added(of_element("divider_per_k", e), spread.divider_per_k);
    auto& adc = model.adc[e];
    adc.u_filter_tau_s = spread.filter_tau_s;
    adc.i_filter_tau_s =
        spread.filter_tau_s * parts.factor(of_element("filter_mismatch", e), spread.filter_mismatch);
    adc.reference_per_k = reference_per_k;
    adc.clock_error = clock_error;
    for (std::size_t from = 0; from < element_count; ++from) {
      auto const name = of_element("crosstalk", e) + '.' + std::to_string(from + 1);
      model.crosstalk[e][from] = parts.added(name, from == e ? spread.crosstalk_own : spread.crosstalk_other);
    }
  }
  return model;
}

}  // namespace blondel

#pragma once
/// Twins as tests want them: an ideal front end or the physical one, a constant source, memory in RAM.

#include <memory>
#include <numbers>

#include <blondel/frontend/source.hpp>

#include "support/meter_fixture.hpp"
#include "twin/ram_nv.hpp"
#include "twin/twin.hpp"

namespace blondel::test {

/// Transformers without error, no filter, no noise; 200/5.
inline FrontEndModel ideal_front_end(double ratio = 40.0) {
  FrontEndModel model;
  model.external_ct.present = false;
  model.external_ct.turns = ratio;
  model.terminal_burden = Ohms{0.0};
  for (auto& ct : model.internal_ct) {
    ct.present = false;
  }
  for (auto& adc : model.adc) {
    adc.u_filter_tau_s = 0.0;
    adc.i_filter_tau_s = 0.0;
  }
  return model;
}

/// The internal transformers of metrology.md 3.1 and some imperfection everywhere; an ideal external 200/5.
inline FrontEndModel physical_front_end(double ratio = 40.0) {
  FrontEndModel model;
  model.external_ct.present = false;
  model.external_ct.turns = ratio;
  for (std::size_t e = 0; e < element_count; ++e) {
    model.divider[e].ratio_error = 0.004 - 0.003 * static_cast<double>(e);
    model.adc[e].i_filter_tau_s = 33e-6 * (1.0 + 0.04 * static_cast<double>(e));
    model.adc[e].u_offset_v = 0.2;
    model.adc[e].i_offset_a = 0.001;
  }
  return model;
}

inline OperatingPoint balanced_point(double u_v, double i_a, double lag_rad, double frequency_hz = 50.0) {
  constexpr double third = 2.0 * std::numbers::pi / 3.0;
  OperatingPoint point;
  point.frequency = Hertz{frequency_hz};
  for (std::size_t e = 0; e < element_count; ++e) {
    constexpr std::array<double, element_count> angle{0.0, -third, third};
    point.phase[e] = {Volts{u_v}, Radians{angle[e]}, Amps{i_a}, Radians{lag_rad}};
  }
  return point;
}

/// One point for ever.
class ConstantSource final : public Source {
 public:
  explicit ConstantSource(OperatingPoint const& point) : point_{point} {}
  [[nodiscard]] OperatingPoint point_at(SimTime) override { return point_; }
  [[nodiscard]] SimTime next_change(SimTime) const override { return SimTime::never(); }

 private:
  OperatingPoint point_;
};

inline TwinConfig twin_config(Tier tier, FrontEndModel const& front_end) {
  TwinConfig config;
  config.meter = class_c_200_5();
  config.nameplate.serial_number = 12'345'678;
  config.nameplate.production_time = {.year = 2026, .month = 3, .day = 2, .hour = 8};
  config.front_end = front_end;
  config.ct_ratio = 40.0;
  config.tier = tier;
  return config;
}

inline std::unique_ptr<Twin> started_twin(TwinConfig const& config, OperatingPoint const& point) {
  auto twin =
      std::make_unique<Twin>(config, std::make_unique<ConstantSource>(point), std::make_unique<RamNv>());
  REQUIRE(twin->start().has_value());
  return twin;
}

inline std::int64_t native(Twin& twin, RegisterId id) {
  auto const reading = twin.access().read({id}, Level::open);
  REQUIRE(reading.has_value());
  return reading->value;
}

inline SimTime at_s(double seconds) {
  return SimTime{static_cast<std::int64_t>(seconds * 1e9)};
}

}  // namespace blondel::test

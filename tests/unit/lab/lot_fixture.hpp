#pragma once
/// The lot that tests draw.

#include <lab/lot.hpp>

#include <catch2/catch.hpp>

#include "support/lot_spread.hpp"
#include "support/twin_fixture.hpp"

namespace blondel::test {

/// The design of metrology.md 3, class C.
inline TwinConfig design() {
  FrontEndModel model;
  model.external_ct = CtModel{.turns = 1.0, .present = false};
  for (auto& adc : model.adc) {
    adc.u_noise_v = 17.6e-3;
    adc.i_noise_a = 220e-6;
    adc.reference_per_k2 = 0.02e-6;
  }
  auto config = twin_config(Tier::waveform, model);
  config.meter = class_c_200_5("68535CC453010", {"11000162", "42301011", "00001100", "00000101", "00000111"});
  return config;
}

inline LotResult lot_of(LotSettings const& settings) {
  auto lot = run_lot(design(), spread(), settings, [] { return true; });
  REQUIRE(lot.has_value());
  return std::move(*lot);
}

inline Distribution at(LotResult const& lot, double current_a, double factor, double temperature_c) {
  for (std::size_t n = 0; n < lot.points.size(); ++n) {
    auto const& point = lot.points[n].point;
    if (point.current_a == current_a && point.factor == factor && point.temperature_c == temperature_c) {
      std::vector<double> values;
      for (auto const& member : lot.members) {
        values.push_back(member.error_pct[n]);
      }
      return distribution_of(values);
    }
  }
  FAIL("no such point");
  return {};
}

}  // namespace blondel::test

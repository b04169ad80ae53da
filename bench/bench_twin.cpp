/// One meter, whole chain: waveform tier against real time, and a year of one-minute load in the interval
/// tier.

#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <numbers>
#include <utility>

#include <blondel/frontend/source.hpp>

#include "timing.hpp"
#include "twin/ram_nv.hpp"
#include "twin/twin.hpp"

namespace {

using namespace blondel;

OperatingPoint point_of(double current_a, double lag_rad) {
  constexpr double third = 2.0 * std::numbers::pi / 3.0;
  constexpr std::array<double, element_count> angle{0.0, -third, third};
  OperatingPoint point;
  for (std::size_t e = 0; e < element_count; ++e) {
    point.phase[e] = {Volts{230.0}, Radians{angle[e]}, Amps{current_a}, Radians{lag_rad}};
  }
  return point;
}

/// A new load every minute, different on each phase.
class MinuteLoad final : public Source {
 public:
  [[nodiscard]] OperatingPoint point_at(SimTime now) override {
    auto const minute = static_cast<std::uint64_t>(now.ns() / minute_ns);
    auto point = point_of(0.0, 0.3);
    for (std::size_t e = 0; e < element_count; ++e) {
      point.phase[e].i =
          Amps{5.0 + 190.0 * static_cast<double>(stream_.at(3 * minute + e) >> 40) * 0x1.0p-24};
    }
    return point;
  }
  [[nodiscard]] SimTime next_change(SimTime now) const override {
    return SimTime{(now.ns() / minute_ns + 1) * minute_ns};
  }

 private:
  static constexpr std::int64_t minute_ns = 60 * ns_per_s;
  RandomStream stream_{1, 0, "bench.load"};
};

class ConstantLoad final : public Source {
 public:
  [[nodiscard]] OperatingPoint point_at(SimTime) override { return point_of(100.0, 0.3); }
  [[nodiscard]] SimTime next_change(SimTime) const override { return SimTime::never(); }
};

/// A calibrated class C meter behind a 200/5 transformer, with noise.
TwinConfig physical(Tier tier) {
  TwinConfig config;
  config.meter.type = *parse_type_number("68535CC423010", DataSheet::english);
  config.meter.configuration = *parse_configuration(
      {"31000162", "42301011", "00001000", "00000101", "00004011"}, config.meter.type, DataSheet::english);
  config.nameplate.production_time = {.year = 2026, .month = 1, .day = 5};
  config.ct_ratio = 40.0;
  config.tier = tier;
  auto& ct = config.front_end.external_ct;
  ct.present = true;
  ct.turns = 40.0;
  ct.core_area_m2 = 4e-3;
  ct.core_length_m = 0.25;
  ct.winding = Ohms{0.06};
  ct.burden = Ohms{0.02};
  ct.loss = Ohms{500.0};
  for (auto& adc : config.front_end.adc) {
    adc.u_noise_v = 0.01;
    adc.i_noise_a = 0.2e-3;
  }
  return config;
}

std::unique_ptr<Twin> started(Tier tier, std::unique_ptr<Source> source) {
  auto twin = std::make_unique<Twin>(physical(tier), std::move(source), std::make_unique<RamNv>());
  return twin->start() ? std::move(twin) : nullptr;
}

}  // namespace

int main() {
  auto const reference = bench::calibration_ns();
  std::printf("calibration kernel: %.2f ns/unit\n", reference);

  auto const meter = started(Tier::waveform, std::make_unique<ConstantLoad>());
  if (!meter) {
    return 1;
  }
  constexpr double sets_per_s = 8'000.0;
  auto const ns =
      bench::best_ns(60, sets_per_s, [&] { meter->step(meter->now() + SimDuration::seconds(1)); });
  std::printf("one meter, waveform tier: %.1f ns/set, %.2f x calibration, %.0f x real time\n", ns,
              ns / reference, 1e9 / (ns * sets_per_s));

  auto const from = std::chrono::steady_clock::now();
  auto const year = started(Tier::interval, std::make_unique<MinuteLoad>());
  if (!year) {
    return 1;
  }
  auto const ready = std::chrono::steady_clock::now();
  year->step(SimTime{} + SimDuration::seconds(std::int64_t{365} * 86'400));
  auto const until = std::chrono::steady_clock::now();
  auto const year_s = std::chrono::duration<double>(until - ready).count();
  std::printf(
      "one meter, one year of one-minute load, interval tier: %.3f s (%.0f ns a minute, %.1f x calibration); "
      "fitted in %.3f s\n",
      year_s, year_s * 1e9 / 525'600.0, year_s * 1e9 / 525'600.0 / reference,
      std::chrono::duration<double>(ready - from).count());
  std::printf("A+ %.3f kWh after the year\n",
              static_cast<double>(year->balance().registers_uj) * 40.0 / 3.6e12);
  return 0;
}

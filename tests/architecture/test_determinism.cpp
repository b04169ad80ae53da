#include <catch2/catch.hpp>

#include "support/meter_fixture.hpp"
#include "twin/ram_nv.hpp"
#include "twin/twin.hpp"

#include <array>
#include <cstdint>
#include <memory>

using namespace blondel;

namespace {

constexpr std::int64_t change_every_s = 7;

/// 230 V and a current that takes another value every 7 s.
class SteppedSource final : public Source {
 public:
  OperatingPoint point_at(SimTime now) override {
    OperatingPoint point;
    auto const turn = now.ns() / ns_per_s / change_every_s;
    for (std::size_t n = 0; n < point.phase.size(); ++n) {
      auto& phase = point.phase[n];
      phase.u = Volts{230.0};
      phase.u_angle = Radians{-2.0943951023931953 * static_cast<double>(n)};
      phase.i = Amps{20.0 + 13.0 * static_cast<double>((turn * 5 + static_cast<std::int64_t>(n)) % 7)};
      phase.lag = Radians{0.3};
    }
    return point;
  }
  SimTime next_change(SimTime now) const override {
    return SimTime{(now.ns() / ns_per_s / change_every_s + 1) * change_every_s * ns_per_s};
  }
};

TwinConfig config_of(Tier tier) {
  TwinConfig config;
  config.meter = test::class_c_200_5();
  config.nameplate.serial_number = 12'345'678;
  config.nameplate.production_time = {.year = 2026, .month = 3, .day = 2, .hour = 8};
  config.ct_ratio = 40.0;
  config.front_end.external_ct.turns = 40.0;
  config.front_end.external_ct.present = false;  // ideal; the internal ones stay as they are
  for (auto& adc : config.front_end.adc) {
    adc.u_noise_v = 0.005;
    adc.i_noise_a = 0.0002;
  }
  config.tier = tier;
  config.calibrated = false;  // keeps the run short; the noise streams are drawn all the same
  return config;
}

struct Outcome {
  std::uint64_t state_hash{};
  std::uint64_t led_pulses{};
  std::int64_t increments_uj{};
  friend bool operator==(Outcome const&, Outcome const&) = default;
};

/// Runs a twin to `end`, stepping at the multiples of `stride`, or from deadline to deadline when it is zero.
Outcome run(Tier tier, SimTime end, SimDuration stride, std::uint64_t seed = 1) {
  auto config = config_of(tier);
  config.seed = seed;
  Twin twin{config, std::make_unique<SteppedSource>(), std::make_unique<RamNv>()};
  REQUIRE(twin.start().has_value());
  bool advances = true;
  while (twin.now() < end && advances) {
    auto const next = stride == SimDuration{} ? twin.next_deadline() : twin.now() + stride;
    advances = next > twin.now();
    twin.step(next < end ? next : end);
  }
  CHECK(advances);
  return {twin.state_hash(), twin.led_pulses(), twin.balance().increments_uj};
}

constexpr auto waveform_end = SimTime{12'345'678'901};      // in mid-cycle, in mid-sample
constexpr auto interval_end = SimTime{5'432'123'456'789};   // an hour and a half
constexpr auto whole = SimDuration{std::int64_t{1} << 50};  // beyond either end: one step

}  // namespace

TEST_CASE("determinism: the waveform tier ends alike however it is stepped") {
  auto const once = run(Tier::waveform, waveform_end, whole);
  CHECK(run(Tier::waveform, waveform_end, whole) == once);
  CHECK(run(Tier::waveform, waveform_end, SimDuration{}) == once);
  CHECK(run(Tier::waveform, waveform_end, SimDuration::milliseconds(10)) == once);
  CHECK(run(Tier::waveform, waveform_end, SimDuration{7'654'321}) == once);
  CHECK(once.led_pulses > 0);
}

TEST_CASE("determinism: the interval tier ends alike however it is stepped") {
  auto const once = run(Tier::interval, interval_end, whole);
  CHECK(run(Tier::interval, interval_end, whole) == once);
  CHECK(run(Tier::interval, interval_end, SimDuration{}) == once);
  CHECK(run(Tier::interval, interval_end, SimDuration::milliseconds(10'000)) == once);
  CHECK(run(Tier::interval, interval_end, SimDuration{777'777'777'777}) == once);
  CHECK(once.led_pulses > 0);
}

TEST_CASE("determinism: another seed is another run") {
  auto const one = run(Tier::waveform, waveform_end, whole, 1);
  auto const other = run(Tier::waveform, waveform_end, whole, 2);
  CHECK(one.state_hash != other.state_hash);
}

// Hybrid scheduling: whatever happens, no energy is lost or doubled where tiers change.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include <blondel/base/rng.hpp>

#include "support/twin_fixture.hpp"

namespace blondel {
namespace {

/// Points by time.
using Schedule = std::vector<std::pair<SimTime, OperatingPoint>>;

class ScheduledSource final : public Source {
 public:
  explicit ScheduledSource(Schedule schedule) : schedule_{std::move(schedule)} {}
  [[nodiscard]] OperatingPoint point_at(SimTime now) override {
    auto point = schedule_.front().second;
    for (auto const& [at, next] : schedule_) {
      point = at <= now ? next : point;
    }
    return point;
  }
  [[nodiscard]] SimTime next_change(SimTime now) const override {
    for (auto const& [at, next] : schedule_) {
      if (at > now) {
        return at;
      }
    }
    return SimTime::never();
  }

 private:
  Schedule schedule_;
};

constexpr std::int64_t duration_ms = 1'200'000;

/// Twelve events, each followed by the normal point again: a dip, an interruption, a loss of supply, half
/// waves, direct current, another frequency, a current beyond the surface, another load.
Schedule random_schedule(RandomStream& random) {
  auto normal = test::balanced_point(230.0, 4.0, 0.4);
  Schedule schedule{{SimTime{}, normal}};
  constexpr int events = 12;
  for (int n = 0; n < events; ++n) {
    auto const at_ms =
        (n + 1) * (duration_ms / (events + 1)) + static_cast<std::int64_t>(random.below(20'000));
    auto const phase = static_cast<std::size_t>(random.below(element_count));
    auto lasts_ms = static_cast<std::int64_t>(100 + random.below(900));
    auto point = normal;
    switch (random.below(8)) {
      case 0:
        point.phase[phase].u = Volts{40.0 + 160.0 * random.uniform()};
        break;
      case 1:
        std::for_each(point.phase.begin(), point.phase.end(), [](auto& each) { each.u = Volts{}; });
        break;
      case 2:
        lasts_ms = 5'000;
        std::for_each(point.phase.begin(), point.phase.end(), [](auto& each) { each.u = Volts{}; });
        break;
      case 3:
        lasts_ms *= 20;
        point.shape = CurrentShape::half_wave;
        break;
      case 4:
        lasts_ms *= 20;
        point.phase[phase].i_dc = Amps{0.3};
        break;
      case 5:
        lasts_ms *= 20;
        point.frequency = Hertz{49.0 + 2.0 * random.uniform()};
        break;
      case 6:
        point.phase[phase].i = Amps{13.0};
        break;
      default:
        for (auto& each : normal.phase) {
          each.i = Amps{1.0 + 5.0 * random.uniform()};
          each.lag = Radians{2.0 * random.uniform() - 1.0};
        }
        point = normal;
    }
    schedule.emplace_back(SimTime{at_ms * ns_per_ms}, point);
    schedule.emplace_back(SimTime{(at_ms + lasts_ms) * ns_per_ms}, normal);
  }
  return schedule;
}

struct Outcome {
  double energy_j{};
  std::int64_t pulses{};
  std::array<SimDuration, tier_count> times{};
};

Outcome outcome_of(Schedule const& schedule, Tier tier, bool hybrid, std::int64_t ends_ms = duration_ms) {
  auto config = test::twin_config(tier, test::physical_front_end(1.0));
  config.ct_ratio = 1.0;
  if (hybrid) {
    config.hybrid_window = SimDuration::seconds(5);
  }
  Twin twin{config, std::make_unique<ScheduledSource>(schedule), std::make_unique<RamNv>()};
  REQUIRE(twin.start().has_value());
  twin.step(SimTime{ends_ms * ns_per_ms});
  REQUIRE(twin.shut_down().has_value());  // the cycle under way is booked
  return {static_cast<double>(twin.balance().increments_uj) * 1e-6,
          static_cast<std::int64_t>(twin.led_pulses()), twin.tier_times()};
}

}  // namespace

TEST_CASE("hybrid: an event meets the part of the cycle that it meets in samples alone") {
  // 13 A on one phase for 0.596 s from 15 ms in a cycle on. Its edges are worth up to 9 A * 230 V / 2 omega =
  // 3.3 J each, either way; a cycle that began at the event gave 10 J less in all. Half a sample of angle is
  // 0.02 rad of 2 omega t, 0.13 J in the four of them; 40 s of 2541 W at 1e-7 beside it.
  auto const normal = test::balanced_point(230.0, 4.0, 0.4);
  auto high = normal;
  high.phase[2].i = Amps{13.0};
  Schedule const schedule{
      {SimTime{}, normal}, {SimTime{20'735 * ns_per_ms}, high}, {SimTime{21'331 * ns_per_ms}, normal}};
  auto const whole = outcome_of(schedule, Tier::waveform, false, 40'000);
  for (auto const tier : {Tier::phasor, Tier::interval}) {
    auto const hybrid = outcome_of(schedule, tier, true, 40'000);
    CAPTURE(tier, whole.energy_j, hybrid.energy_j);
    CHECK(std::abs(hybrid.energy_j - whole.energy_j) <= 0.15);
  }
}

TEST_CASE("hybrid: any schedule gives the energy of the waveform tier to 1e-5 and one impulse") {
  constexpr std::uint64_t seed = 20261121;
  auto const round = GENERATE(0U, 1U, 2U);
  CAPTURE(seed, round);
  RandomStream random{seed, round, "hybrid.schedule"};
  auto const schedule = random_schedule(random);
  auto const whole = outcome_of(schedule, Tier::waveform, false);
  for (auto const tier : {Tier::phasor, Tier::interval}) {
    auto const hybrid = outcome_of(schedule, tier, true);
    CAPTURE(tier, whole.energy_j, hybrid.energy_j);
    CHECK(std::abs(hybrid.energy_j - whole.energy_j) <= 1e-5 * whole.energy_j);
    CHECK(std::abs(hybrid.pulses - whole.pulses) <= 1);
    // Every instant with supply belongs to one tier, and most of them to the cheap one.
    auto const& times = hybrid.times;
    auto const all = times[0] + times[1] + times[2];
    CHECK(all == whole.times[0]);
    CHECK(times[static_cast<std::size_t>(tier)] > times[static_cast<std::size_t>(Tier::waveform)]);
  }
}

}  // namespace blondel

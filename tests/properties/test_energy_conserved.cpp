#include <catch2/catch.hpp>

#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

std::int64_t with_rest_uj(Accumulator const& a) {
  return a.total_mj * 1'000 + a.rest_uj;
}

std::int64_t next_random(std::uint64_t& seed, std::int64_t magnitude) {
  seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
  return static_cast<std::int64_t>(seed >> 33) % (2 * magnitude) - magnitude;
}

}  // namespace

TEST_CASE("energy: registers with their remainders are the sum of the increments, exactly") {
  auto const seed_start = GENERATE(1U, 20261121U, 77U);
  CAPTURE(seed_start);
  std::uint64_t seed = seed_start;
  test::MeterFixture fixture;
  std::int64_t active_uj = 0;
  std::int64_t reactive_uvars = 0;
  for (int n = 0; n < 100'000; ++n) {
    ElementIncrement increment;
    increment.span = SimDuration{20'000'000 + next_random(seed, 1'000'000)};
    // From far below the no-load threshold up to 120 W a phase, either direction.
    auto const magnitude = n / 1'000 % 2 == 0 ? 2'400'000 : 9'000;
    for (auto& share : increment.element) {
      share.active_uj = next_random(seed, magnitude);
      share.reactive_uvars = next_random(seed, magnitude);
      share.apparent_uvas = magnitude * 2;
      active_uj += share.active_uj;
      reactive_uvars += share.reactive_uvars;
    }
    fixture.now = fixture.now + increment.span;
    REQUIRE(fixture.meter.handle_increment(increment, fixture.now).has_value());
  }
  auto const& s = fixture.state;
  auto booked_active =
      with_rest_uj(of(s.secondary, Energy::a_plus)) - with_rest_uj(of(s.secondary, Energy::a_minus));
  auto booked_reactive =
      with_rest_uj(of(s.secondary, Energy::r_plus)) - with_rest_uj(of(s.secondary, Energy::r_minus));
  for (auto const& gates : s.gates) {
    booked_active += gates.active.suppressed_uj + gates.active.withheld_uj();
    booked_reactive += gates.reactive.suppressed_uj + gates.reactive.withheld_uj();
  }
  CHECK(booked_active == active_uj);
  CHECK(booked_reactive == reactive_uvars);
  auto quadrant = [&](Energy energy) { return with_rest_uj(of(s.secondary, energy)); };
  CHECK(quadrant(Energy::r1) + quadrant(Energy::r2) == quadrant(Energy::r_plus));
  CHECK(quadrant(Energy::r3) + quadrant(Energy::r4) == quadrant(Energy::r_minus));
  for (std::size_t n = 0; n < energy_count; ++n) {
    CHECK(with_rest_uj(s.primary[n]) == 40 * with_rest_uj(s.secondary[n]));
  }
  // Impulses count import: 0.1 Wh and 0.2 Wh of secondary energy.
  auto const import_uj = quadrant(Energy::a_plus);
  CHECK(static_cast<std::int64_t>(s.led.count) * led_pulse_uj + s.led.rest_uj == import_uj);
  CHECK(static_cast<std::int64_t>(s.s0.count) * s0_pulse_uj + s.s0.rest_uj == import_uj);
}

TEST_CASE("energy: registers never run backwards") {
  std::uint64_t seed = 3;
  test::MeterFixture fixture;
  EnergyRegisters before = fixture.state.primary;
  for (int n = 0; n < 5'000; ++n) {
    fixture.run_second(static_cast<double>(next_random(seed, 1'200)),
                       static_cast<double>(next_random(seed, 1'200)));
    for (std::size_t e = 0; e < energy_count; ++e) {
      REQUIRE(fixture.state.primary[e].total_mj >= before[e].total_mj);
    }
    before = fixture.state.primary;
  }
}

}  // namespace blondel

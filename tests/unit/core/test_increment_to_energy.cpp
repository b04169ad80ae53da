#include <catch2/catch.hpp>

#include "core/energy/increment_to_energy.hpp"
#include "support/meter_fixture.hpp"

namespace blondel {
namespace {
std::int64_t share_of(EnergyShares const& shares, Energy energy) {
  return shares[static_cast<std::size_t>(energy)];
}
}  // namespace

TEST_CASE("summation: one reversed transformer, three ways") {
  // metrology.md 2.7: 3 x 230 V, 5 A, pf 1, L3 reversed: 1150 W each.
  std::array<BookedShare, 3> const booked{
      {{1'150, 0, 1'150, 1'150}, {1'150, 0, 1'150, 1'150}, {-1'150, 0, 1'150, -1'150}}};
  auto const per_phase = sum_by_direction(booked, PhaseSum::per_phase);
  CHECK(share_of(per_phase, Energy::a_plus) == 2'300);
  CHECK(share_of(per_phase, Energy::a_minus) == 1'150);
  auto const algebraic = sum_by_direction(booked, PhaseSum::algebraic);
  CHECK(share_of(algebraic, Energy::a_plus) == 1'150);
  CHECK(share_of(algebraic, Energy::a_minus) == 0);
  auto const absolute = sum_by_direction(booked, PhaseSum::absolute);
  CHECK(share_of(absolute, Energy::a_plus) == 3'450);
  CHECK(share_of(absolute, Energy::a_minus) == 0);
}

TEST_CASE("summation: each quadrant has its registers") {
  struct Row {
    std::int64_t p, q;
    Energy active, reactive, quadrant;
  };
  auto const row = GENERATE(Row{3, 4, Energy::a_plus, Energy::r_plus, Energy::r1},
                            Row{-3, 4, Energy::a_minus, Energy::r_plus, Energy::r2},
                            Row{-3, -4, Energy::a_minus, Energy::r_minus, Energy::r3},
                            Row{3, -4, Energy::a_plus, Energy::r_minus, Energy::r4});
  auto const shares = sum_by_direction({{{row.p, row.q, 5, row.p}, {}, {}}}, PhaseSum::per_phase);
  CHECK(share_of(shares, row.active) == 3);
  CHECK(share_of(shares, row.reactive) == 4);
  CHECK(share_of(shares, row.quadrant) == 4);
  std::int64_t sum = 0;
  for (auto const share : shares) {
    sum += share;
  }
  CHECK(sum == 3 + 4 + 4 + 5);
}

TEST_CASE("summation: reactive energy keeps its quadrant while the active energy is held back") {
  // 0.3 W of export and 100 var inductive: active power below the threshold, reactive far above it.
  ElementGate gates;
  auto const booked =
      gate(gates, {.active_uj = -6'000, .reactive_uvars = 2'000'000, .apparent_uvas = 2'000'001},
           {20'000'000, 600});
  CHECK(booked.active_uj == 0);
  auto const shares = sum_by_direction({{booked, {}, {}}}, PhaseSum::per_phase);
  CHECK(share_of(shares, Energy::r2) == 2'000'000);
  CHECK(share_of(shares, Energy::r1) == 0);
  CHECK(share_of(shares, Energy::s_minus) == 2'000'001);
  auto const summed = sum_by_direction({{booked, {}, {}}}, PhaseSum::algebraic);
  CHECK(share_of(summed, Energy::r2) == 2'000'000);
}

TEST_CASE("summation: apparent energy is held back and dropped with its element") {
  ElementGate gates;
  // 0.3 W and 0.3 var for a second of 50 cycles: 0.424 VA that nothing registers
  for (int n = 0; n < 50; ++n) {
    auto const idle =
        gate(gates, {.active_uj = 6'000, .reactive_uvars = 6'000, .apparent_uvas = 8'485}, {20'000'000, 600});
    CHECK(idle.apparent_uvas == 0);
  }
  // 575 W: its own 11.5 VAs and nothing of the second before
  auto const loaded = gate(gates, {.active_uj = 11'500'000, .apparent_uvas = 11'500'000}, {20'000'000, 600});
  CHECK(loaded.apparent_uvas == 11'500'000);
}

TEST_CASE("accumulator: the remainder is carried, not rounded") {
  Accumulator accumulator;
  for (int n = 0; n < 1'000; ++n) {
    accumulator.add(1'999);
  }
  CHECK(accumulator.total_mj == 1'999);
  CHECK(accumulator.rest_uj == 0);
}

TEST_CASE("meter: secondary and primary grow by the ratio and impulses count exactly") {
  test::MeterFixture fixture;
  // 3 x 575 W for one hour = 1.725 kWh secondary, x 40 = 69.000 kWh primary.
  for (int second = 0; second < 3'600; ++second) {
    fixture.run_second(575.0, 0.0);
  }
  CHECK(fixture.native(RegisterId::active_energy_import_secondary) == 6'210'000'000);
  CHECK(fixture.native(RegisterId::active_energy_import) == 248'400'000'000);
  CHECK(fixture.meter.led_pulses() == 17'250);
  CHECK(fixture.meter.s0_pulses() == 8'625);
  CHECK(fixture.native(RegisterId::active_power_import) == 69'000'000);
  CHECK(fixture.native(RegisterId::current_l1) == 100'000'000);
  CHECK(fixture.native(RegisterId::hour_counter) == 3'600);
}

TEST_CASE("meter: the primary register grows by the ratio of what the secondary has not yet shown") {
  test::MeterFixture fixture;
  // 3 x 575 000 123 uJ = 1 725 000 369 uJ; x 40 = 69 000 014 760 uJ
  fixture.run_second(575.0001235, 0.0);
  CHECK(fixture.native(RegisterId::active_energy_import_secondary) == 1'725'000);
  CHECK(fixture.native(RegisterId::active_energy_import) == 69'000'014);
}

TEST_CASE("meter: an implausible increment is refused and changes nothing") {
  test::MeterFixture fixture;
  ElementIncrement increment;
  increment.span = SimDuration::seconds(1);
  increment.element[1].active_uj = 60'000'000'000;  // 60 kW
  auto const refused = fixture.meter.handle_increment(increment, SimTime{} + increment.span);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error() == Error{ErrorCode::out_of_range, 1});
  increment.element[1].active_uj = 0;
  increment.span = SimDuration{0};
  CHECK_FALSE(fixture.meter.handle_increment(increment, SimTime{}).has_value());
  CHECK(fixture.native(RegisterId::active_energy_import) == 0);
}

}  // namespace blondel

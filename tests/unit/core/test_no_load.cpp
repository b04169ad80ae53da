#include <catch2/catch.hpp>

#include "core/energy/no_load.hpp"

namespace blondel {
namespace {
constexpr std::int64_t cycle_ns = 20'000'000;
constexpr std::int64_t threshold_mw = 600;
}  // namespace

TEST_CASE("no-load: a real load registers from its first cycle") {
  NoLoadGate gate;
  // 575 W for one cycle = 11.5 J, far above 0.6 J
  CHECK(gate.pass(11'500'000, {cycle_ns, threshold_mw}) == 11'500'000);
  CHECK(gate.registering);
}

TEST_CASE("no-load: half the threshold is suppressed and counted") {
  NoLoadGate gate;
  std::int64_t booked = 0;
  for (int n = 0; n < 500; ++n) {
    booked += gate.pass(6'000, {cycle_ns, threshold_mw});  // 0.3 W
  }
  CHECK(booked == 0);
  CHECK(gate.suppressed_uj == 3'000'000);
  CHECK(gate.withheld_uj() == 0);
}

TEST_CASE("no-load: the starting current of 5 mA at 230 V registers, and nothing of it is lost") {
  NoLoadGate gate;
  std::int64_t booked = 0;
  for (int n = 0; n < 500; ++n) {
    booked += gate.pass(23'000, {cycle_ns, threshold_mw});  // 1.15 W
  }
  CHECK(booked == 11'500'000);
  CHECK(gate.suppressed_uj == 0);
}

TEST_CASE("no-load: between 80 % and 100 % of the threshold the state stays as it was") {
  NoLoadGate gate;
  static_cast<void>(gate.pass(11'500'000, {cycle_ns, threshold_mw}));
  std::int64_t booked = 0;
  for (int n = 0; n < 150; ++n) {
    booked += gate.pass(10'000, {cycle_ns, threshold_mw});  // 0.5 W
  }
  CHECK(booked == 1'500'000);
  CHECK(gate.registering);
  for (int n = 0; n < 150; ++n) {
    static_cast<void>(gate.pass(9'000, {cycle_ns, threshold_mw}));  // 0.45 W
  }
  CHECK_FALSE(gate.registering);
}

TEST_CASE("no-load: a long increment below the threshold is suppressed even after a load") {
  NoLoadGate gate;
  static_cast<void>(gate.pass(11'500'000, {cycle_ns, threshold_mw}));
  // 0.115 W for a minute
  CHECK(gate.pass(6'900'000, {60 * ns_per_s, threshold_mw}) == 0);
  CHECK(gate.suppressed_uj == 6'900'000);
  // 0.5 W keeps registering, after a load, by the hysteresis
  static_cast<void>(gate.pass(11'500'000'000, {20 * ns_per_s, threshold_mw}));
  CHECK(gate.pass(30'000'000, {60 * ns_per_s, threshold_mw}) == 30'000'000);
}

TEST_CASE("no-load: a long increment ends the window under way") {
  NoLoadGate gate;
  static_cast<void>(gate.pass(11'500'000, {cycle_ns, threshold_mw}));
  static_cast<void>(gate.pass(11'500'000, {cycle_ns, threshold_mw}));
  CHECK(gate.window_ns == cycle_ns);
  CHECK(gate.pass(30'000'000, {60 * ns_per_s, threshold_mw}) == 30'000'000);  // 0.5 W, above 0.48 W
  CHECK(gate.window_ns == 0);
  CHECK(gate.window_uj == 0);
}

TEST_CASE("no-load: what goes in comes out, is suppressed or is withheld") {
  NoLoadGate gate;
  std::int64_t in = 0;
  std::int64_t out = 0;
  std::uint32_t seed = 7;
  for (int n = 0; n < 20'000; ++n) {
    seed = seed * 1'664'525U + 1'013'904'223U;
    auto const energy = static_cast<std::int64_t>(seed >> 17) - 16'384;
    in += energy;
    out += gate.pass(energy, {cycle_ns, threshold_mw});
  }
  CHECK(in == out + gate.suppressed_uj + gate.withheld_uj());
}

}  // namespace blondel

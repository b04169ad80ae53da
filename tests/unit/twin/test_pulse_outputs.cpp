#include <catch2/catch.hpp>

#include "twin/pulse_outputs.hpp"

namespace blondel {
namespace {

struct Seen {
  std::vector<OutputEdge> edges;
  static void on_edge(void* context, OutputEdge const& edge) {
    static_cast<Seen*>(context)->edges.push_back(edge);
  }
};

MeterConfig module_meter() {
  MeterConfig config;
  config.configuration.dd = 5;  // A+ on I/O 2
  config.configuration.i = 3;   // 80 ms
  return config;
}

constexpr SimTime at_ms(std::int64_t ms) {
  return SimTime{ms * ns_per_ms};
}

}  // namespace

TEST_CASE("pulse outputs: what comes too fast waits its turn, none is lost") {
  // Ten module pulses within one second, one each 100 ms; each takes 80 ms and a pause as long.
  PulseOutputs outputs{module_meter()};
  MeterState state;
  Seen seen;
  outputs.watch({&Seen::on_edge, &seen}, state);
  state.module_out[1].count = 10;
  outputs.handle_booking(state, at_ms(1000), SimDuration::seconds(1));
  outputs.handle_booking(state, at_ms(5000), SimDuration::seconds(4));
  REQUIRE(seen.edges.size() == 20);
  for (std::size_t n = 0; n < 10; ++n) {
    auto const on = at_ms(100 + 160 * static_cast<std::int64_t>(n));
    CHECK(seen.edges[2 * n].on);
    CHECK(seen.edges[2 * n].at == on);
    CHECK_FALSE(seen.edges[2 * n + 1].on);
    CHECK(seen.edges[2 * n + 1].at == on + SimDuration::milliseconds(80));
    CHECK(seen.edges[2 * n].output == PulseOutput::module_2);
  }
}

TEST_CASE(
    "pulse outputs: a load above what an output can give leaves it at its fastest, and costs no memory") {
  // Ten pulses in each of 100 s at 6.25 a second: one each 160 ms from 100 ms on, 625 of them by the end;
  // then the rest of the 1000.
  PulseOutputs outputs{module_meter()};
  MeterState state;
  Seen seen;
  outputs.watch({&Seen::on_edge, &seen}, state);
  for (int second = 1; second <= 100; ++second) {
    state.module_out[1].count += 10;
    outputs.handle_booking(state, at_ms(1000 * second), SimDuration::seconds(1));
  }
  REQUIRE(seen.edges.size() >= 2 * 624);
  CHECK(seen.edges[2 * 500].at == at_ms(100 + 160 * 500));
  for (int second = 101; second <= 200; ++second) {
    outputs.handle_booking(state, at_ms(1000 * second), SimDuration::seconds(1));
  }
  REQUIRE(seen.edges.size() == 2000);
  CHECK(seen.edges.back().at == at_ms(100 + 160 * 999 + 80));
}

TEST_CASE("pulse outputs: only what is certain is told, in order over all outputs") {
  PulseOutputs outputs{module_meter()};
  MeterState state;
  Seen seen;
  outputs.watch({&Seen::on_edge, &seen}, state);
  state.led.count = 2;  // at 100 and 200 ms
  state.s0.count = 1;   // at 200 ms
  outputs.handle_booking(state, at_ms(200), SimDuration::milliseconds(200));
  REQUIRE(seen.edges.size() == 4);
  CHECK(seen.edges[1].at == at_ms(130));
  CHECK(seen.edges[2].output == PulseOutput::led);
  CHECK(seen.edges[3].output == PulseOutput::s0);
  CHECK(seen.edges[3].at == at_ms(200));
}

TEST_CASE("pulse outputs: with the supply all goes dark, and what waited is lost") {
  PulseOutputs outputs{module_meter()};
  MeterState state;
  Seen seen;
  outputs.watch({&Seen::on_edge, &seen}, state);
  state.led.count = 1;  // at 100 ms, lit for 30 ms
  outputs.handle_booking(state, at_ms(100), SimDuration::milliseconds(100));
  outputs.power_down(at_ms(110));
  outputs.handle_booking(state, at_ms(200), SimDuration::milliseconds(90));
  REQUIRE(seen.edges.size() == 2);
  CHECK_FALSE(seen.edges[1].on);
  CHECK(seen.edges[1].at == at_ms(110));
}

}  // namespace blondel

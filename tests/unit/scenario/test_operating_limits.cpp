#include <scenario/operating_limits.hpp>

#include <catch2/catch.hpp>

#include <numbers>

using namespace blondel;

// The limits are the data sheet's: Un -20..+15 % (184 to 264.5 V), fn +-2 %, 6 A, -40..+70 C, stored to +85
// C.

namespace {

OperatingPoint point(double voltage_v = 230.0, double current_a = 200.0) {
  OperatingPoint point;
  for (std::size_t n = 0; n < element_count; ++n) {
    point.phase[n].u = Volts{voltage_v};
    point.phase[n].i = Amps{current_a};
    point.phase[n].u_angle = Radians{-2.0 * std::numbers::pi / 3.0 * static_cast<double>(n)};
  }
  return point;
}

std::vector<std::string> crossed(OperatingPoint const& point, Phases form = Phases::four_wire_50hz,
                                 Wiring const& wiring = {}) {
  return OperatingLimits{form, 40.0, 20.0}.crossed({point, wiring, {}, 50.0});
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("operating limits: the edges themselves are inside") {
  CHECK(crossed(point(184.0)).empty());
  CHECK(crossed(point(264.5, 240.0)).empty());  // 240 A / 40 = 6 A
  auto edge = point();
  edge.frequency = Hertz{51.0};
  edge.temperature = Celsius{70.0};
  CHECK(crossed(edge).empty());
}

TEST_CASE("operating limits: each quantity outside is told with value, range and reason") {
  auto outside = point();
  outside.frequency = Hertz{60.0};
  outside.temperature = Celsius{-41.0};
  outside.phase[1].u = Volts{265.0};
  outside.phase[2].i = Amps{244.0};
  CHECK(
      crossed(outside) ==
      Texts{"outside the operating limits: frequency 60 Hz, allowed 49 to 51 Hz (50 Hz +-2 %); goes on",
            "outside the operating limits: temperature -41 C, allowed -40 to 70 C (in operation); goes on",
            "outside the operating limits: L2 voltage 265 V, allowed 184 to 264.5 V (Un 230 V, -20..+15 %); "
            "goes on",
            "outside the operating limits: L3 current 6.1 A, allowed 0 to 6 A (behind the transformer); goes "
            "on"});
}

TEST_CASE("operating limits: a 60 Hz meter is inside at 60 Hz and outside at 50 Hz") {
  auto sixty = point();
  sixty.frequency = Hertz{60.0};
  CHECK(crossed(sixty, Phases::four_wire_60hz).empty());
  CHECK(
      crossed(point(), Phases::four_wire_60hz) ==
      Texts{"outside the operating limits: frequency 50 Hz, allowed 58.8 to 61.2 Hz (60 Hz +-2 %); goes on"});
}

TEST_CASE("operating limits: without supply the limits of storage hold") {
  auto stored = point(0.0, 0.0);
  stored.temperature = Celsius{80.0};
  CHECK(crossed(stored).empty());
  stored.temperature = Celsius{86.0};
  CHECK(crossed(stored) ==
        Texts{"outside the operating limits: temperature 86 C, allowed -40 to 85 C (stored); goes on"});
}

TEST_CASE("operating limits: a phase without voltage is no fault") {
  auto two_phases = point();
  two_phases.phase[1].u = Volts{0.0};
  CHECK(crossed(two_phases).empty());
}

TEST_CASE("operating limits: what counts is what the measuring elements get") {
  // Between lines an Aron meter at 3 x 132.79 V has its 230 V, at 3 x 230 V 398.372 V = 230 V sqrt 3.
  Wiring const aron{.aron = true};
  CHECK(crossed(point(132.790562), Phases::aron_50hz, aron).empty());
  auto const texts = crossed(point(230.0), Phases::aron_50hz, aron);
  REQUIRE(texts.size() == 2);
  CHECK(texts[1].starts_with("outside the operating limits: L3 voltage 398.372 V, "));
}

TEST_CASE("operating limits: a crossing is told once, and again after a return") {
  OperatingLimits limits{Phases::four_wire_50hz, 40.0, 20.0};
  CHECK(limits.crossed({point(300.0), {}, {}, 50.0}).size() == 3);
  CHECK(limits.crossed({point(310.0), {}, {}, 50.0}).empty());
  CHECK(limits.crossed({point(230.0), {}, {}, 50.0}).empty());
  CHECK(limits.crossed({point(300.0), {}, {}, 50.0}).size() == 3);
}

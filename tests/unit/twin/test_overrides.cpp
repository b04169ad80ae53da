#include <catch2/catch.hpp>

#include "support/twin_fixture.hpp"
#include "twin/overrides.hpp"

namespace blondel {

TEST_CASE("overrides: what an action sets takes the source's place and nothing else does") {
  Overrides overrides;
  overrides.u[0] = Volts{207.0};
  overrides.i[1] = Overrides::Current{Amps{7.0}, Radians{0.25}};
  overrides.frequency = Hertz{51.0};
  overrides.temperature = Celsius{-40.0};
  auto const point = overridden(test::balanced_point(230.0, 100.0, 0.5), overrides);
  CHECK(point.phase[0].u.value() == 207.0);
  CHECK(point.phase[0].i.value() == 100.0);
  CHECK(point.phase[0].lag.value() == 0.5);
  CHECK(point.phase[1].u.value() == 230.0);
  CHECK(point.phase[1].i.value() == 7.0);
  CHECK(point.phase[1].lag.value() == 0.25);
  CHECK(point.phase[2].u.value() == 230.0);
  CHECK(point.frequency.value() == 51.0);
  CHECK(point.temperature.value() == -40.0);
}

TEST_CASE("overrides: a lost phase keeps its current, a lost supply keeps nothing") {
  Overrides overrides;
  overrides.lost[1] = true;
  overrides.u[1] = Volts{240.0};
  auto point = overridden(test::balanced_point(230.0, 100.0, 0.0), overrides);
  CHECK(point.phase[1].u.value() == 0.0);
  CHECK(point.phase[1].i.value() == 100.0);
  CHECK(point.phase[0].u.value() == 230.0);
  overrides.supply = false;
  overrides.i[2] = Overrides::Current{Amps{7.0}, Radians{0.0}};
  point = overridden(test::balanced_point(230.0, 100.0, 0.0), overrides);
  for (auto const& phase : point.phase) {
    CHECK(phase.u.value() == 0.0);
    CHECK(phase.i.value() == 0.0);
  }
}

TEST_CASE("overrides: direct current ends with the supply") {
  auto point = test::balanced_point(230.0, 100.0, 0.0);
  point.phase[2].i_dc = Amps{3.0};
  Overrides overrides;
  CHECK(overridden(point, overrides).phase[2].i_dc.value() == 3.0);
  overrides.supply = false;
  CHECK(overridden(point, overrides).phase[2].i_dc.value() == 0.0);
}

}  // namespace blondel

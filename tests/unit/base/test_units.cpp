#include <blondel/base/units.hpp>

#include <catch2/catch.hpp>

#include <type_traits>

using namespace blondel;

// What must not compile stands in tests/compile_fail; here the same as traits, seen by every compiler.
TEST_CASE("units: kinds are not converted silently") {
  CHECK_FALSE(std::is_convertible_v<double, Volts>);
  CHECK_FALSE(std::is_convertible_v<Volts, double>);
  CHECK_FALSE(std::is_convertible_v<Watts, Vars>);
  CHECK_FALSE(std::is_constructible_v<Watts, Vars>);
}

TEST_CASE("units: amounts of one kind add, subtract and scale") {
  CHECK((Watts{100.0} + Watts{50.0}).value() == 150.0);
  CHECK((Watts{100.0} - Watts{50.0}).value() == 50.0);
  CHECK((-Watts{100.0}).value() == -100.0);
  CHECK((Watts{100.0} * 3.0).value() == 300.0);
  CHECK((3.0 * Watts{100.0}).value() == 300.0);
  CHECK((Watts{100.0} / 4.0).value() == 25.0);
  CHECK(Watts{100.0} > Watts{50.0});
}

TEST_CASE("units: volts by amperes are volt-amperes") {
  STATIC_REQUIRE(std::is_same_v<decltype(Volts{1.0} * Amps{1.0}), VoltAmps>);
  CHECK((Volts{230.0} * Amps{5.0}).value() == 1150.0);
  CHECK((Amps{5.0} * Volts{230.0}).value() == 1150.0);
}

TEST_CASE("units: millijoules are counted in 64-bit integers") {
  STATIC_REQUIRE(std::is_same_v<Millijoules::rep, std::int64_t>);
  auto energy = Millijoules{3'600'000'000};
  energy += Millijoules{360'000};
  energy -= Millijoules{1};
  CHECK(energy.value() == 3'600'359'999);
}

#include <blondel/ports/port_server.hpp>

#include <catch2/catch.hpp>

using namespace blondel;

TEST_CASE("step input: a duration is a whole number and a unit") {
  CHECK(parse_duration("10ms").value() == SimDuration::milliseconds(10));
  CHECK(parse_duration("900s").value() == SimDuration::seconds(900));
  CHECK(parse_duration("15min").value() == SimDuration::seconds(900));
  CHECK(parse_duration("2h").value() == SimDuration::seconds(7200));
  CHECK(parse_duration("90d").value() == SimDuration::seconds(7'776'000));
}

TEST_CASE("step input: anything else is refused with what is allowed") {
  auto const text =
      GENERATE(as<std::string>{}, "", "s", "0s", "-1s", "1.5s", "15", "15 min", "1000001h", "1w");
  CAPTURE(text);
  auto const span = parse_duration(text);
  REQUIRE_FALSE(span.has_value());
  CHECK_THAT(span.error().message, Catch::Contains("ms, s, min, h or d"));
}

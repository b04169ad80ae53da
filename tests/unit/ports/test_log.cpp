#include "ports/log.hpp"

#include <catch2/catch.hpp>

using namespace blondel;

TEST_CASE("log: text becomes a JSON string of printable ASCII") {
  CHECK(json_quoted("a=\"b\\c\"") == R"("a=\"b\\c\"")");
  CHECK(json_quoted("line\nend\xC3\xA6") == R"("line\u000aend\u00c3\u00a6")");
}

TEST_CASE("log: simulated time is written in seconds, cut to milliseconds") {
  CHECK(seconds_text(SimTime{12'345'999'999}) == "12.345");
  CHECK(seconds_text(SimTime{}) == "0.000");
}

#include <report/csv.hpp>

#include <catch2/catch.hpp>

#include <array>

using namespace blondel;

// The expected lines are written by hand after RFC 4180, section 2, rules 5 to 7.

TEST_CASE("report: plain cells are joined by commas and end in CRLF") {
  std::array<std::string, 3> const cells{"a", "", "69.03"};
  CHECK(csv_record(cells) == "a,,69.03\r\n");
}

TEST_CASE("report: a cell with a comma, quote or line break is quoted and its quotes doubled") {
  std::array<std::string, 4> const cells{"a,b", "say \"x\"", "two\nlines", "c"};
  CHECK(csv_record(cells) == "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",c\r\n");
}

#include <catch2/catch.hpp>

#include <cmath>
#include <sstream>

#include "conformance/meter/log_rows.hpp"

using blondel::test::Folder;
using blondel::test::rows_of;
using blondel::test::run;

namespace {

std::vector<std::string> cells_of(std::string const& row) {
  std::vector<std::string> cells;
  std::istringstream stream{row};
  for (std::string cell; std::getline(stream, cell, ',');) {
    cells.push_back(cell);
  }
  return cells;
}

/// What a month's debiting record shows. Worked out in Python: scenarios/billing_year/README.md.
struct Month {
  char const* begin;  ///< number, stamp, hours, stops before, periods above the threshold, pulses, ratio
  double a, a_t1, a_t2, r;
  double peak;
  char const* peak_at;
  double peak_t1;
  char const* peak_t1_at;
  double peak_t2;
  char const* peak_t2_at;
};

/// Within 0.01 %, the meter's own error, and one unit of the last digit, which is cut off.
void check_near(std::string const& cell, double expected, double last_digit) {
  CAPTURE(cell, expected);
  CHECK(std::abs(std::stod(cell) - expected) <= 1e-4 * expected + last_digit);
}

}  // namespace

TEST_CASE("billing: a leap year's twelve debiting records", "[LOG-02][CLK-02][CLK-03][REG-03][REG-04]") {
  Folder const folder;
  REQUIRE(run("run '" BLONDEL_SOURCE_DIR "/scenarios/billing_year' --out '" + folder.file("results") + "'")
              .exit_code == 0);
  auto const rows = rows_of(folder, "debiting");
  std::vector<Month> const months{
      Month{"1,2028-02-01T00:00:00,744,0,0,0,40,", 41126.31, 18575.80, 22550.51, 30788.69, 84.001,
            "2028-01-11T10:30:00", 84.001, "2028-01-11T10:30:00", 66.869, "2028-01-11T23:15:00"},
      Month{"2,2028-03-01T00:00:00,1440,1,0,0,40,", 79600.38, 37151.88, 42448.50, 59591.82, 85.106,
            "2028-02-10T10:30:00", 85.106, "2028-02-10T10:30:00", 67.422, "2028-02-10T23:15:00"},
      Month{"3,2028-03-31T23:00:00 summer,2183,2,0,0,40,", 120672.26, 57496.68, 63175.58, 90339.76, 86.211,
            "2028-03-14T10:30:00", 86.211, "2028-03-14T10:30:00", 67.974, "2028-03-14T23:15:00"},
      Month{"4,2028-04-30T23:00:00 summer,2903,3,0,0,40,", 144583.78, 66529.26, 78054.52, 108240.82, 93.948,
            "2028-04-13T10:15:00 summer", 87.317, "2028-04-11T09:30:00 summer", 93.948,
            "2028-04-13T10:15:00 summer"},
      Month{"5,2028-05-31T23:00:00 summer,3647,4,0,0,40,", 169276.31, 78214.78, 91061.53, 126726.57, 88.422,
            "2028-05-16T09:30:00 summer", 88.422, "2028-05-16T09:30:00 summer", 69.080,
            "2028-05-16T22:15:00 summer"},
      Month{"6,2028-06-30T23:00:00 summer,4367,5,0,0,40,", 193173.46, 89370.04, 103803.41, 144616.87, 89.527,
            "2028-06-13T09:30:00 summer", 89.527, "2028-06-13T09:30:00 summer", 69.632,
            "2028-06-13T22:15:00 summer"},
      Month{"7,2028-07-31T23:00:00 summer,5111,6,0,0,40,", 217890.31, 100549.07, 117341.24, 163120.82, 95.790,
            "2028-07-20T11:15:00 summer", 95.790, "2028-07-20T11:15:00 summer", 70.185,
            "2028-07-12T22:15:00 summer"},
      Month{"8,2028-08-31T23:00:00 summer,5855,7,0,0,40,", 242584.08, 112765.95, 129818.13, 181607.51, 91.738,
            "2028-08-16T09:30:00 summer", 91.738, "2028-08-16T09:30:00 summer", 70.738,
            "2028-08-16T22:15:00 summer"},
      Month{"9,2028-09-30T23:00:00 summer,6575,8,0,0,40,", 266482.48, 123922.04, 142560.43, 199498.74, 92.843,
            "2028-09-13T09:30:00 summer", 92.843, "2028-09-13T09:30:00 summer", 71.290,
            "2028-09-13T22:15:00 summer"},
      Month{"10,2028-11-01T00:00:00,7320,9,1,0,40,", 307681.60, 143384.55, 164297.05, 230341.94, 110.527,
            "2028-10-29T02:45:00", 93.948, "2028-10-11T09:30:00 summer", 110.527, "2028-10-29T02:45:00"},
      Month{"11,2028-12-01T00:00:00,8040,10,1,0,40,", 347485.73, 162847.34, 184638.39, 260140.79, 95.054,
            "2028-11-14T10:30:00", 95.054, "2028-11-14T10:30:00", 72.396, "2028-11-14T23:15:00"},
      Month{"12,2029-01-01T00:00:00,8784,11,1,0,40,", 388616.60, 179657.74, 208958.86, 290932.90, 96.159,
            "2028-12-12T10:30:00", 96.159, "2028-12-12T10:30:00", 72.948, "2028-12-12T23:15:00"}};
  REQUIRE(rows.size() == months.size());
  for (std::size_t n = 0; n < rows.size(); ++n) {
    auto const& month = months[n];
    CAPTURE(rows[n]);
    CHECK_THAT(rows[n], Catch::StartsWith(month.begin));
    auto const cells = cells_of(rows[n]);
    REQUIRE(cells.size() == 39);
    check_near(cells[7], month.a, 0.01);
    check_near(cells[9], month.r, 0.01);
    check_near(cells[11], month.a_t1, 0.01);
    check_near(cells[12], month.a_t2, 0.01);
    check_near(cells[19], month.peak, 0.001);
    CHECK(cells[20] == month.peak_at);
    check_near(cells[27], month.peak_t1, 0.001);
    CHECK(cells[28] == month.peak_t1_at);
    check_near(cells[29], month.peak_t2, 0.001);
    CHECK(cells[30] == month.peak_t2_at);
  }
  // 35 136 quarter hours, of which 16 800 stay; the hour that the clock shows twice is there twice.
  auto const profile = rows_of(folder, "load_profile");
  REQUIRE(profile.size() == 16'800);
  CHECK_THAT(profile.front(), Catch::StartsWith("18337,2028-07-10T00:15:00 summer,0,0,1,"));
  CHECK_THAT(profile.back(), Catch::StartsWith("35136,2029-01-01T00:00:00,0,0,1,"));
  // 29 October begins at 23:00 of normal time and has 25 hours: record 28 988 is its beginning.
  CHECK_THAT(profile[28'988 - 18'337], Catch::StartsWith("28988,2028-10-28T23:00:00 summer,"));
  CHECK_THAT(profile[29'000 - 18'337], Catch::StartsWith("29000,2028-10-29T02:00:00,"));
  CHECK_THAT(profile[29'088 - 18'337], Catch::StartsWith("29088,2028-10-30T00:00:00,"));
}

TEST_CASE("gas meter: pulses, an outage and an alarm, as the logs show them", "[IO-01][IO-02][LOG-02]") {
  Folder const folder;
  REQUIRE(run("run '" BLONDEL_SOURCE_DIR "/scenarios/gas_meter' --out '" + folder.file("results") + "'")
              .exit_code == 0);
  // 240 + 10 + 30 pulses of 0.1 m3 are 28. Hours with supply, stops before, threshold, pulses, ratio.
  auto const periods = rows_of(folder, "debiting");
  REQUIRE(periods.size() == 1);
  CHECK_THAT(periods[0], Catch::StartsWith("1,2026-01-12T22:00:00,21,0,0,28,40,"));
  // 1 power-up (reset), 32 the alarm input.
  CHECK(rows_of(folder, "status") ==
        std::vector<std::string>{"1,2026-01-12T00:00:00,1", "2,2026-01-12T00:00:00,0",
                                 "3,2026-01-12T16:00:00,1", "4,2026-01-12T20:00:00,33",
                                 "5,2026-01-12T20:05:00,1"});
}

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::Program;
using blondel::test::run;
using blondel::test::wait_for_place;
using Catch::Contains;
using Catch::StartsWith;

namespace {

/// A meter of 230 V and 20 A at its terminals: 13.8 kW, and 0.05 % that the transformer adds.
Document steady() {
  Document document;
  document.duration_s = 86'400;
  document.source = R"({"voltage_v": 230, "current_a": 20})";
  return document;
}

/// A served meter that has run through `history`, or through its scenario's time in steps.
class Served {
 public:
  Served(Document const& document, std::string const& options)
      : server_{prepared(folder_, document), "serve '" + folder_.file("scenario.json") +
                                                 "' --optical tcp:127.0.0.1:0 --quiet " + options} {
    place_ = wait_for_place(folder_);
    REQUIRE_FALSE(place_.empty());
  }
  [[nodiscard]] std::string log(std::string const& what) const {
    auto const outcome = run("log --via kmp --csv " + place_ + " " + what);
    INFO(outcome.err);
    CHECK(outcome.exit_code == 0);
    return outcome.out;
  }

 private:
  static Folder const& prepared(Folder const& folder, Document const& document) {
    folder.write("scenario.json", document.text());
    return folder;
  }

  Folder folder_;
  Program server_;
  std::string place_;
};

std::string const past = "--start 2026-01-05T12:00:00 --history ";

}  // namespace

TEST_CASE("logs over KMP: two days behind a meter are 192 records of its load profile", "[LOG-04]") {
  // From 2026-01-03 12:00; 3.4518 kWh a quarter of an hour, 662.7 kWh in all.
  Served const meter{steady(), past + "2d"};
  auto const rows = meter.log("load_profile --registers 1047,1086,1224,1,2");
  CHECK(std::count(rows.begin(), rows.end(), '\n') == 193);
  CHECK_THAT(rows,
             StartsWith("id,rtc,logger_status,data_quality,active_energy_import [kWh],"
                        "active_energy_export [kWh]\r\n1,2026-01-03 12:15:00 normal time,0,0,3.45,0.00\r\n"
                        "2,2026-01-03 12:30:00 normal time,0,0,6.90,0.00\r\n"));
  CHECK_THAT(rows, Contains("\r\n192,2026-01-05 12:00:00 normal time,0,0,662.7"));
  CHECK(meter.log("6 --registers 1047 --from 2026-01-04T00:00:01 --count 2") ==
        "id,rtc\r\n49,2026-01-04 00:15:00 normal time\r\n50,2026-01-04 00:30:00 normal time\r\n");
  CHECK(meter.log("6 --registers 1047 --count 1") == "id,rtc\r\n192,2026-01-05 12:00:00 normal time\r\n");
}

TEST_CASE("logs over KMP: debiting logger 1 has the ends of months, logger 2 the midnights",
          "[LOG-02][LOG-03]") {
  // From 2025-11-01 12:00: 30 days less 12 h are 708 h, 31 days more 1452 h; the analysis logger beside them.
  Served const meter{steady(), past + "65d"};
  CHECK(meter.log("debiting --registers 1047,1004,47") ==
        "id,rtc,hour_counter [h],debiting_count\r\n"
        "1,2025-12-01 00:00:00 normal time,708,0\r\n2,2026-01-01 00:00:00 normal time,1452,1\r\n");
  // 65 midnights; the last, 2026-01-05, is 12 h before the end: 1548 h of 1560.
  CHECK(meter.log("debiting_2 --registers 1047,1004 --count 2") ==
        "id,rtc,hour_counter [h]\r\n64,2026-01-04 00:00:00 normal time,1524\r\n"
        "65,2026-01-05 00:00:00 normal time,1548\r\n");
  CHECK(meter.log("analysis --registers 1047,1215 --count 1") ==
        "id,rtc,average_voltage_l1 [V]\r\n6240,2026-01-05 12:00:00 normal time,230\r\n");
}

TEST_CASE("logs over KMP: tamper, clock, voltage and the status each in its log",
          "[LOG-06][LOG-07][LOG-08]") {
  auto document = steady();
  document.tier = "interval";
  document.actions =
      R"({"at_s": 1, "open_cover": {"cover": "meter"}}, {"at_s": 2, "close_cover": {"cover": "meter"}},)"
      R"( {"at_s": 3, "lose_phase": {"phase": "L2"}}, {"at_s": 8, "restore_phase": {"phase": "L2"}},)"
      R"( {"at_s": 10, "set_clock": {"local_time": "2026-01-05T12:00:30"}})";
  Served const meter{document, "--start scenario --pace real:20"};
  std::this_thread::sleep_for(std::chrono::seconds{2});
  // 1 the reset, 576 the meter cover in the octet and by itself.
  CHECK_THAT(meter.log("status"), Contains(",2026-01-05 12:00:01 normal time,576\r\n") &&
                                      Contains(",2026-01-05 12:00:02 normal time,"));
  // 16 failed, 8 back, 2 the phase L2; 5 s.
  CHECK(meter.log("voltage_quality") ==
        "id,rtc,voltage_event,voltage_extreme [V],duration\r\n"
        "1,2026-01-05 12:00:03 normal time,18,0,0\r\n2,2026-01-05 12:00:08 normal time,10,0,5\r\n");
  CHECK(meter.log("rtc") ==
        "id,rtc,rtc_before_set,rtc_status\r\n1,2026-01-05 12:00:30 normal time,"
        "2026-01-05 12:00:10 normal time,1\r\n");
}

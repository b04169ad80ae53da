#include <catch2/catch.hpp>

#include "conformance/meter/bare_meter.hpp"
#include "conformance/meter/log_rows.hpp"

using blondel::test::check_passed;
using blondel::test::Document;
using blondel::test::expected;
using blondel::test::Folder;
using blondel::test::rows_of;
using blondel::test::run_in;

namespace {

/// 138 kW and 0.05 % of the transformer: 138.069 kW all the time, from ten minutes to midnight of 31 January
/// 2026 on. GG 01, HH 01: a period ends at midnight.
Document before_midnight(std::string const& actions, int duration_s = 3'600) {
  Document document;
  document.tier = "interval";
  document.start = "2026-01-31T23:50:00";
  document.duration_s = duration_s;
  document.csv_interval_s = 3'600;
  document.actions = actions;
  document.results = R"("logs": ["debiting"],)";
  return document;
}

std::string set_clock(int at_s, std::string const& time) {
  return R"({"at_s": )" + std::to_string(at_s) + R"(, "set_clock": {"local_time": ")" + time + "\"}}";
}

/// Number and stamp of each debiting record: "1,2026-02-01T00:00:00".
std::vector<std::string> stops_of(Document const& document) {
  Folder const folder;
  check_passed(run_in(folder, document));
  auto rows = rows_of(folder, "debiting");
  for (auto& row : rows) {
    row = row.substr(0, row.find(',', row.find(',') + 1));
  }
  return rows;
}

using Stops = std::vector<std::string>;

}  // namespace

TEST_CASE("boundaries: the target date's stop happens once, however the clock is set across it", "[CLK-04]") {
  auto const [actions, stops] = GENERATE_COPY(table<std::string, Stops>(
      {{"", {"1,2026-02-01T00:00:00"}},
       // Forwards over midnight: once, at the next end of a period.
       {set_clock(300, "2026-02-01T00:05:00"), {"1,2026-02-01T00:15:00"}},
       // Two months are jumped over: once too.
       {set_clock(300, "2026-04-02T10:05:00"), {"1,2026-04-02T10:15:00"}},
       // Back over it, five minutes after the stop, and midnight comes again: not twice.
       {set_clock(900, "2026-01-31T23:55:00"), {"1,2026-02-01T00:00:00"}},
       // The same over the end of a period of the day before.
       {set_clock(900, "2026-01-31T23:40:00"), {"1,2026-02-01T00:00:00"}},
       // Up to it and no further, then on by itself.
       {set_clock(300, "2026-01-31T23:59:00"), {"1,2026-02-01T00:00:00"}},
       // Forwards over it and back again before the period's end: once, at midnight by itself.
       {set_clock(300, "2026-02-01T00:05:00") + "," + set_clock(420, "2026-01-31T23:57:00"),
        {"1,2026-02-01T00:00:00"}}}));
  CAPTURE(actions);
  CHECK(stops_of(before_midnight(actions)) == stops);
}

TEST_CASE("boundaries: a target date in any digit GG, and none with GG 00", "[CLK-04]") {
  auto const [digits, start, stops] = GENERATE(
      table<std::string, std::string, Stops>({{"42328011", "2026-02-27T23:50:00", {"1,2026-02-28T00:00:00"}},
                                              {"42315011", "2026-02-14T23:50:00", {"1,2026-02-15T00:00:00"}},
                                              {"42315011", "2026-02-27T23:50:00", {}},
                                              {"42300011", "2026-01-31T23:50:00", {}}}));
  CAPTURE(digits, start);
  auto document = before_midnight("");
  document.configuration_2 = digits;
  document.start = start;
  CHECK(stops_of(document) == stops);
}

TEST_CASE("boundaries: a period that a set clock cuts gives no peak", "[CLK-04]") {
  // 69.0345 kW, but 138.069 kW from 12:10 to 12:15. Without a set the first period's mean is the peak,
  // (10 * 69.0345 + 5 * 138.069) / 15 = 92.046 kW. An adjustment of 7 s is none: the period has 893 s of
  // energy, (600 * 69.0345 + 293 * 138.069) / 900 = 90.972 kW. Set further, the cut period tells nothing:
  // what the others have is the peak. From 12:12 to 12:13 a minute of the high load falls behind 12:15, (60 *
  // 138.069 + 840 * 69.0345) / 900 = 73.637 kW; from 12:12 to 12:20 all of it into the rest of a cut period.
  auto const [action, peak] =
      GENERATE_COPY(table<std::string, std::string>({{"", "92.046"},
                                                     {set_clock(720, "2026-01-05T12:12:07"), "90.972"},
                                                     {set_clock(720, "2026-01-05T12:13:00"), "73.637"},
                                                     {set_clock(720, "2026-01-05T12:10:00"), "69.0345"},
                                                     {set_clock(720, "2026-01-05T12:20:00"), "69.0345"},
                                                     {set_clock(720, "2026-01-05T11:50:00"), "69.0345"}}));
  CAPTURE(action);
  Document document;
  document.tier = "interval";
  document.duration_s = 5'400;
  document.csv_interval_s = 5'400;
  document.source = R"({"voltage_v": 230, "current_a": 100})";
  document.actions =
      R"({"at_s": 600, "set_load": {"current_a": 200}}, {"at_s": 900, "set_load": {"current_a": 100}})";
  if (!action.empty()) {
    document.actions += "," + action;
  }
  document.expect = expected("max_active_power_import", peak, "0.01", "kW");
  Folder const folder;
  check_passed(run_in(folder, document));
}

TEST_CASE("boundaries: a clock set across a period's end starts the next whole period at its time",
          "[CLK-04]") {
  // From 12:10 to 12:40: the period that ends at 12:45 is cut, that to 13:00 is whole.
  Document document;
  document.tier = "interval";
  document.duration_s = 3'600;
  document.csv_interval_s = 3'600;
  document.actions = set_clock(600, "2026-01-05T12:40:00");
  document.expect = expected("max_active_power_import", "0", "0", "kW", "1790") + "," +
                    expected("max_active_power_import", "138.069", "0.014", "kW", "1810") + "," +
                    R"({"register": "max_active_power_import_time", "at_s": 1810, "value": 130000, )"
                    R"("tolerance": 0, "unit": ""})";
  Folder const folder;
  check_passed(run_in(folder, document));
}

TEST_CASE("registers: A+ and R+ of each tariff gather while it is active", "[REG-02]") {
  // 3 * 230 V * 100 A * 0.8 = 55.2 kW and 41.4 kvar; the transformer adds 0.05 % and leads by 0.87 mrad:
  // times 1.0011548 and 0.9993359, 55.2637 kW and 41.3725 kvar. T1 to T4 for 1, 2, 3 and 4 hours.
  Document document;
  document.tier = "interval";
  document.tariffs = "002";
  document.duration_s = 36'000;
  document.csv_interval_s = 36'000;
  document.source = R"({"voltage_v": 230, "current_a": 100, "power_factor": 0.8})";
  document.actions =
      R"({"at_s": 0, "set_tariff": {"tariff": 1}}, {"at_s": 3600, "set_tariff": {"tariff": 2}},)"
      R"( {"at_s": 10800, "set_tariff": {"tariff": 3}}, {"at_s": 21600, "set_tariff": {"tariff": 4}})";
  document.expect =
      expected("1.8.1", "55.264", "0.02", "kWh") + "," + expected("1.8.2", "110.527", "0.02", "kWh") + "," +
      expected("1.8.3", "165.791", "0.03", "kWh") + "," + expected("1.8.4", "221.055", "0.03", "kWh") + "," +
      expected("3.8.1", "41.373", "0.02", "kvarh") + "," + expected("3.8.2", "82.745", "0.02", "kvarh") +
      "," + expected("3.8.3", "124.118", "0.03", "kvarh") + "," +
      expected("3.8.4", "165.490", "0.03", "kvarh") + "," + expected("1.8.0", "552.637", "0.06", "kWh") +
      "," + expected("3.8.0", "413.725", "0.06", "kvarh");
  Folder const folder;
  check_passed(run_in(folder, document));
}

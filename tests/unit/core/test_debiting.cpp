#include <vector>

#include <catch2/catch.hpp>

#include "core/loggers/debiting.hpp"
#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

using Months = std::vector<int>;

Months due_months(std::uint8_t hh, std::uint8_t gg, std::int32_t year) {
  Months months;
  for (std::uint8_t month = 1; month <= 12; ++month) {
    for (std::uint8_t day = 1; day <= days_in_month(year, month); ++day) {
      if (debiting_due({.year = year, .month = month, .day = day}, hh, gg)) {
        CHECK(day == gg);
        months.push_back(month);
      }
    }
  }
  return months;
}

/// 120 kW primary until `normal`, in steps of an hour.
struct DebitingFixture : test::MeterFixture {
  explicit DebitingFixture(std::array<std::string_view, 5> const& numbers)
      : MeterFixture{test::class_c_200_5("68535CC453010", numbers)} {}

  void run_hours(int hours) {
    for (int hour = 0; hour < hours; ++hour) {
      ElementIncrement increment;
      increment.span = SimDuration::seconds(3'600);
      for (auto& share : increment.element) {
        share.active_uj = 3'600'000'000'000;
        share.apparent_uvas = 3'600'000'000'000;
        share.u_mv = 230'000;
        share.i_ua = 4'347'826;
      }
      now = now + increment.span;
      REQUIRE(meter.handle_increment(increment, now).has_value());
    }
  }
  [[nodiscard]] std::vector<std::int64_t> stamps(LogId log) const {
    std::array<LogRecord, 50> records;
    auto const count = meter.access().read_log(log, 0, records);
    REQUIRE(count.has_value());
    std::vector<std::int64_t> result;
    for (auto const& record : std::span{records}.first(*count)) {
      result.push_back(record.values[0]);
    }
    return result;
  }
  [[nodiscard]] Reading history(RegisterId id, std::uint8_t n) const {
    auto const reading = meter.access().read({id, n}, Level::open);
    REQUIRE(reading.has_value());
    return *reading;
  }
};

}  // namespace

TEST_CASE("debiting: every interval HH falls due in its months") {
  struct Row {
    std::uint8_t hh;
    Months months;
  };
  auto const row = GENERATE(
      Row{0, {}}, Row{1, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}, Row{2, {1, 3, 5, 7, 9, 11}},
      Row{3, {2, 4, 6, 8, 10, 12}}, Row{4, {1, 4, 7, 10}}, Row{5, {2, 5, 8, 11}}, Row{6, {3, 6, 9, 12}},
      Row{7, {1, 7}}, Row{8, {2, 8}}, Row{9, {3, 9}}, Row{10, {4, 10}}, Row{11, {5, 11}}, Row{12, {6, 12}},
      Row{13, {1}}, Row{14, {2}}, Row{15, {3}}, Row{16, {4}}, Row{17, {5}}, Row{18, {6}}, Row{19, {7}},
      Row{20, {8}}, Row{21, {9}}, Row{22, {10}}, Row{23, {11}}, Row{24, {12}});
  CAPTURE(static_cast<int>(row.hh));
  CHECK(due_months(row.hh, 0, 2026).empty());  // GG = 00: controlled from outside
  for (std::uint8_t gg = 1; gg <= 28; ++gg) {
    CAPTURE(static_cast<int>(gg));
    CHECK(due_months(row.hh, gg, 2026) == row.months);
    CHECK(due_months(row.hh, gg, 2028) == row.months);  // a leap year
  }
}

TEST_CASE("debiting: logger 2 by digit U") {
  // 2026-03-02 is a Monday.
  CHECK(debiting_2_due({.year = 2026, .month = 3, .day = 3}, 1));
  CHECK(debiting_2_due({.year = 2026, .month = 3, .day = 2}, 2));
  CHECK_FALSE(debiting_2_due({.year = 2026, .month = 3, .day = 3}, 2));
  CHECK_FALSE(debiting_2_due({.year = 2026, .month = 3, .day = 1}, 2));
  CHECK(debiting_2_due({.year = 2026, .month = 3, .day = 1}, 3));
  CHECK_FALSE(debiting_2_due({.year = 2026, .month = 3, .day = 2}, 3));
}

TEST_CASE("debiting: the first of the month at local midnight, in summer time too") {
  // GG 01, HH 01, EU summer time from 2026-03-29. Load since 2 March 08:00: 120 kW.
  DebitingFixture f{{"31000162", "42301011", "00001100", "00000101", "00004013"}};
  f.run_hours(16 + 28 * 24 + 22);  // until 31 March 22:00 normal time
  CHECK(f.stamps(LogId::debiting).empty());
  f.run_hours(3);
  // 2026-03-31 23:00 normal time is 828'313'200 s after 2000; 3: valid, summer time.
  CHECK(f.stamps(LogId::debiting) == std::vector<std::int64_t>{6'626'505'603});
  CHECK(f.stamps(LogId::debiting_2) == std::vector<std::int64_t>{6'626'505'603});
  // 711 hours at 120 kW are 85 320 kWh.
  CHECK(f.history(RegisterId::active_energy_import, 1).value == std::int64_t{85'320} * 3'600'000'000);
  CHECK(f.history(RegisterId::max_active_power_import, 1).value == 120'000'000);
  CHECK(f.history(RegisterId::accumulated_max_active_power_import, 1).value == 0);
  CHECK(f.history(RegisterId::debiting_count, 1).value == 0);
  CHECK(f.history(RegisterId::hour_counter, 1).value == 711 * 3'600);
  CHECK(f.history(RegisterId::ct_ratio, 1).value == 40);
  CHECK(f.history(RegisterId::date, 1).value == 260'401);
  CHECK(f.history(RegisterId::clock, 1).value == 0);
  // The first period that ended at 120 kW: 2 March 08:15.
  CHECK(f.history(RegisterId::max_active_power_import_time, 1).value == 81'500);
  CHECK(f.history(RegisterId::max_active_power_import_date, 1).value == 260'302);
  CHECK(f.native(RegisterId::debiting_count) == 1);
  CHECK(f.native(RegisterId::accumulated_max_active_power_import) == 120'000'000);
  CHECK(f.meter.access().read({RegisterId::active_energy_import, 2}, Level::open).error() ==
        Error{ErrorCode::out_of_range, 2});
  CHECK(f.meter.access().read({RegisterId::voltage_l1, 1}, Level::open).error().code ==
        ErrorCode::unknown_register);
}

TEST_CASE("debiting: a stop by command at any time, and 36 of them are kept") {
  DebitingFixture f{{"31000162", "42300001", "00001100", "00000101", "00004011"}};
  Command command;
  command.kind = CommandKind::debiting_stop;
  for (int stop = 0; stop < 40; ++stop) {
    f.run_hours(1);
    REQUIRE(f.meter.access().execute(command, Level::open).has_value());
  }
  auto const info = f.meter.access().log_info(LogId::debiting);
  CHECK(info.newest_id == 40);
  CHECK(info.oldest_id == 5);
  CHECK(info.record_count == 36);
  // 37 columns: stamp, 4 counters, 4 energies, 8 of tariffs, 20 of powers.
  CHECK(info.columns.count == 38);
  CHECK(f.history(RegisterId::active_energy_import, 1).value == std::int64_t{4'800} * 3'600'000'000);
  CHECK(f.history(RegisterId::active_energy_import, 36).value == std::int64_t{600} * 3'600'000'000);
  CHECK(f.meter.access().read({RegisterId::active_energy_import, 37}, Level::open).error().code ==
        ErrorCode::out_of_range);
  CHECK(f.native(RegisterId::debiting_count) == 40);
}

TEST_CASE("debiting: logger 2 keeps 45 days") {
  DebitingFixture f{{"31000162", "42300001", "00001100", "00000101", "00004011"}};
  f.run_hours(16 + 49 * 24);
  auto const info = f.meter.access().log_info(LogId::debiting_2);
  CHECK(info.newest_id == 50);
  CHECK(info.oldest_id == 6);
  CHECK(f.meter.access().log_info(LogId::debiting).newest_id == 0);
}

TEST_CASE("debiting: a target date that passed without supply is made up, once") {
  DebitingFixture f{{"31000162", "42301011", "00001100", "00000101", "00004013"}};
  f.run_hours(1);
  REQUIRE(f.meter.power_down(f.now).has_value());
  f.now = f.now + SimDuration::seconds(std::int64_t{86'400} * 70);  // 11 May 09:00: April and May were due
  REQUIRE(f.meter.power_up(f.now).has_value());
  f.run_hours(1);
  CHECK(f.stamps(LogId::debiting).size() == 1);
  CHECK(f.history(RegisterId::date, 1).value == 260'511);
  CHECK(f.native(RegisterId::debiting_count) == 1);
}

TEST_CASE("debiting: a clock set over the target date makes one stop, and set back no second") {
  DebitingFixture f{{"31000162", "42302011", "00001100", "00000101", "00004013"}};  // GG = 02
  auto const set_clock = [&](std::uint8_t day, std::uint8_t hour) {
    Command command;
    command.kind = CommandKind::set_clock;
    command.local_time = {.year = 2026, .month = 4, .day = day, .hour = hour};
    REQUIRE(f.meter.access().execute(command, Level::open).has_value());
  };
  f.run_hours(1);
  set_clock(1, 23);
  f.run_hours(1);
  REQUIRE(f.stamps(LogId::debiting).size() == 1);
  f.run_hours(1);
  set_clock(1, 23);
  f.run_hours(3);
  CHECK(f.stamps(LogId::debiting).size() == 1);
}

TEST_CASE("debiting: the first period of all may end at the target date") {
  // 2 March 23:50 to the 3rd, GG = 03: the midnight is the first boundary that the meter sees.
  DebitingFixture f{{"31000162", "42303011", "00001100", "00000101", "00004013"}};
  Command command;
  command.kind = CommandKind::set_clock;
  command.local_time = {.year = 2026, .month = 3, .day = 2, .hour = 23, .minute = 50};
  REQUIRE(f.meter.access().execute(command, Level::open).has_value());
  f.run_hours(1);
  CHECK(f.native(RegisterId::debiting_count) == 1);
  CHECK(f.stamps(LogId::debiting).size() == 1);
}

}  // namespace blondel

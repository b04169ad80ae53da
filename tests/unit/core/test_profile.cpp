#include <vector>

#include <catch2/catch.hpp>

#include "core/loggers/profile.hpp"
#include "support/meter_fixture.hpp"
#include "twin/faulty_nv.hpp"
#include "twin/ram_nv.hpp"

namespace blondel {
namespace {

/// 200/5, two decimals of primary energy; 15 minutes, load profile of primary energy, unless told otherwise.
MeterConfig config_of(std::string_view base = "00000101", std::string_view first = "31000162",
                      std::string_view type = "68535CC453010") {
  return test::class_c_200_5(type, {first, "42301011", "00001100", base, "00004011"});
}

struct ProfileFixture : test::MeterFixture {
  explicit ProfileFixture(MeterConfig const& meter_config = config_of()) : MeterFixture{meter_config} {}

  /// Constant load: 3 x 1 kW and 3 x 0.5 kvar secondary are 120 kW and 60 kvar primary.
  void run_minutes(int minutes) {
    ElementIncrement increment;
    increment.span = SimDuration::seconds(60 * minutes);
    increment.frequency_mhz = 50'000;
    for (auto& share : increment.element) {
      share.active_uj = std::int64_t{60'000'000'000} * minutes;
      share.reactive_uvars = std::int64_t{30'000'000'000} * minutes;
      share.apparent_uvas = std::int64_t{67'082'039'325} * minutes;
      share.u_mv = 230'000;
      share.i_ua = 4'860'000;
    }
    now = now + increment.span;
    REQUIRE(meter.handle_increment(increment, now).has_value());
  }
  void cut(int minutes) {
    REQUIRE(meter.power_down(now).has_value());
    now = now + SimDuration::seconds(60 * minutes);
    REQUIRE(meter.power_up(now).has_value());
  }
  void set_clock(std::uint8_t hour, std::uint8_t minute, std::uint8_t second = 0) {
    Command command;
    command.kind = CommandKind::set_clock;
    command.local_time = {
        .year = 2026, .month = 3, .day = 2, .hour = hour, .minute = minute, .second = second};
    REQUIRE(meter.access().execute(command, Level::open).has_value());
  }

  /// Stamp as hhmm of the day, status, quality and A+ of every record.
  struct Row {
    int clock;
    std::int64_t status, quality, a_plus;
    friend bool operator==(Row const&, Row const&) = default;
  };
  [[nodiscard]] std::vector<Row> rows(LogId log = LogId::load_profile) const {
    std::vector<LogRecord> records(meter.access().log_info(log).record_count + 1);
    auto const count = meter.access().read_log(log, 0, records);
    REQUIRE(count.has_value());
    std::vector<Row> result;
    for (auto const& record : std::span{records}.first(*count)) {
      auto const at = unpack_stamp(record.values[0]).normal_time;
      result.push_back({at.hour * 100 + at.minute, record.values[1], record.values[2], record.values[4]});
    }
    return result;
  }
};

std::ostream& operator<<(std::ostream& out, ProfileFixture::Row const& row) {
  return out << '{' << row.clock << ", " << row.status << ", " << row.quality << ", " << row.a_plus << '}';
}

using Rows = std::vector<ProfileFixture::Row>;

}  // namespace

TEST_CASE("load profile: a record at each period end, with the energy up to it") {
  ProfileFixture f;
  f.run_minutes(20);
  f.run_minutes(25);
  std::array<LogRecord, 4> records;
  REQUIRE(f.meter.access().read_log(LogId::load_profile, 0, records) == std::size_t{3});
  CHECK(records[0].id == 1);
  CHECK(records[2].id == 3);
  // 2026-03-02 08:15 is 825'754'500 s after 2000; times 8, and 2 for a valid clock.
  CHECK(records[0].values[0] == 6'606'036'002);
  // Scaler 1: 10 Wh. 120 kW over 15 min are 30 kWh, 60 kvar 15 kvarh.
  std::vector<std::int64_t> const first(records[0].values.begin() + 1, records[0].values.begin() + 8);
  CHECK(first == std::vector<std::int64_t>{0, 0, 1, 3'000, 0, 1'500, 0});
  std::vector<std::int64_t> const last(records[2].values.begin() + 1, records[2].values.begin() + 8);
  CHECK(last == std::vector<std::int64_t>{0, 0, 1, 9'000, 0, 4'500, 0});
  CHECK(f.rows() == Rows{{815, 0, 0, 3'000}, {830, 0, 0, 6'000}, {845, 0, 0, 9'000}});
}

TEST_CASE("load profile: digit QQ = 02 records secondary energy, always in 10 Wh") {
  // Digit A = 1: primary energy in whole kWh. 3 kW over 15 min are 0.75 kWh.
  ProfileFixture f{config_of("00000102", "11000162")};
  f.run_minutes(15);
  std::array<LogRecord, 1> record;
  REQUIRE(f.meter.access().read_log(LogId::load_profile, 0, record) == std::size_t{1});
  CHECK(record[0].values[3] == 1);
  CHECK(record[0].values[4] == 75);
  ProfileFixture primary{config_of("00000101", "11000162")};
  primary.run_minutes(15);
  REQUIRE(primary.meter.access().read_log(LogId::load_profile, 0, record) == std::size_t{1});
  CHECK(record[0].values[3] == 3);
  CHECK(record[0].values[4] == 30);
}

TEST_CASE("load profile: depth and columns follow the energy type") {
  struct Row {
    char const* type;
    std::uint32_t depth;
    std::size_t columns;
  };
  auto const row = GENERATE(Row{"68535CC153010", 26'400, 5}, Row{"68535CC253010", 22'176, 6},
                            Row{"68535CC353010", 22'176, 6}, Row{"68535CC453010", 16'800, 8});
  CAPTURE(row.type);
  ProfileFixture f{config_of("00000101", "31000162", row.type)};
  auto const info = f.meter.access().log_info(LogId::load_profile);
  CHECK(info.depth == row.depth);
  CHECK(info.columns.count == row.columns);
  CHECK(info.columns.column[0] == LogColumn{LogField::reading, RegisterId::rtc});
  CHECK(info.columns.column[4] == LogColumn{LogField::reading, RegisterId::active_energy_import});
  CHECK(info.newest_id == 0);
}

TEST_CASE("load profile: periods without supply are filled with the record before, and flagged") {
  ProfileFixture f;
  f.run_minutes(20);
  f.cut(45);
  f.run_minutes(10);  // 08:20 to 09:05 without supply
  // 120 kW for 20 and 10 minutes are 60 kWh. Bit 10: outage.
  CHECK(f.rows() == Rows{{815, 0, 0, 3'000},
                         {830, 0, 1'024, 3'000},
                         {845, 0, 1'024, 3'000},
                         {900, 0, 1'024, 3'000},
                         {915, 0, 1'024, 6'000}});
  f.run_minutes(15);
  CHECK(f.rows().back() == ProfileFixture::Row{930, 0, 0, 9'000});
}

TEST_CASE("load profile: an outage of up to 180 s inside a period is not one") {
  ProfileFixture f;
  f.run_minutes(5);
  f.cut(3);
  f.run_minutes(7);
  f.run_minutes(5);
  f.cut(4);
  f.run_minutes(6);
  CHECK(f.rows() == Rows{{815, 0, 0, 2'400}, {830, 0, 1'024, 4'600}});
}

TEST_CASE("load profile: a clock set forward fills what it leaves out") {
  ProfileFixture f;
  f.run_minutes(20);
  f.set_clock(9, 5);
  f.run_minutes(10);
  // Bits 3 and 4: by more than 60 s, forward; on those filled and the first after.
  CHECK(f.rows() == Rows{{815, 0, 0, 3'000},
                         {830, 0, 24, 3'000},
                         {845, 0, 24, 3'000},
                         {900, 0, 24, 3'000},
                         {915, 0, 24, 6'000}});
}

TEST_CASE("load profile: a clock set back marks records until it has caught up") {
  ProfileFixture f;
  f.run_minutes(35);
  f.set_clock(8, 10);
  f.run_minutes(35);
  // Bits 3 and 5 in the period of the setting, bit 5 until the stamps are new again.
  CHECK(f.rows() == Rows{{815, 0, 0, 3'000},
                         {830, 0, 0, 6'000},
                         {815, 0, 40, 8'000},
                         {830, 0, 32, 11'000},
                         {845, 0, 0, 14'000}});
}

TEST_CASE("load profile: how far the clock was set is told in steps") {
  struct Row {
    char const* name;
    std::uint8_t second;
    std::int64_t quality;
  };
  auto const row = GENERATE(Row{"7 s are no setting", 7, 0}, Row{"8 s", 8, 0x11}, Row{"15 s", 15, 0x11},
                            Row{"16 s", 16, 0x12}, Row{"31 s", 31, 0x14});
  CAPTURE(row.name);
  ProfileFixture f;
  f.run_minutes(5);
  f.set_clock(8, 5, row.second);
  f.run_minutes(10);
  REQUIRE(f.rows().size() == 1);
  CHECK(f.rows()[0].quality == row.quality);
}

TEST_CASE("load profile: a gap that is not filled is told") {
  // Bit 6 of the status in the record after it.
  ProfileFixture f;
  f.run_minutes(20);
  SECTION("more than 3024 periods") {
    f.cut(15 * 3'025);  // 31 days, 12 hours and a quarter: until 20:35
    f.run_minutes(10);
    CHECK(f.rows() == Rows{{815, 0, 0, 3'000}, {2'045, 64, 1'024, 6'000}});
  }
  SECTION("filling switched off") {
    f.state.loggers.fill_gaps = false;
    f.cut(45);
    f.run_minutes(10);
    CHECK(f.rows() == Rows{{815, 0, 0, 3'000}, {915, 64, 1'024, 6'000}});
  }
  SECTION("the clock was lost") {
    f.cut(45);
    f.state.rtc.valid = false;
    f.run_minutes(10);
    CHECK(f.rows() == Rows{{815, 0, 0, 3'000}, {915, 64, 1'024, 6'000}});
  }
}

TEST_CASE("load profile: exactly 3024 missing periods are filled") {
  ProfileFixture f;
  f.run_minutes(20);
  f.cut(15 * 3'024);  // 31 days and 12 hours: until 20:20
  f.run_minutes(10);
  auto const rows = f.rows();
  REQUIRE(rows.size() == 3'026);
  CHECK(rows[3'024].quality == 1'024);
  CHECK(rows[3'024].status == 0);
  CHECK(rows[3'025] == ProfileFixture::Row{2'030, 0, 1'024, 6'000});
}

TEST_CASE("load profile: nothing is filled before the first record") {
  ProfileFixture f;
  f.cut(120);
  f.run_minutes(15);
  CHECK(f.rows() == Rows{{1'015, 0, 0, 3'000}});
}

TEST_CASE("load profile: another integration period clears it, and the event log says so") {
  ProfileFixture f;
  f.run_minutes(45);
  f.state.configuration.e = 3;
  f.run_minutes(15);
  f.run_minutes(30);
  CHECK(f.rows() == Rows{{900, 256, 0, 12'000}, {930, 0, 0, 18'000}});
  CHECK(f.meter.access().log_info(LogId::load_profile).oldest_id == 4);
  std::array<LogRecord, 2> events;
  REQUIRE(f.meter.access().read_log(LogId::load_profile_events, 0, events) == std::size_t{1});
  CHECK(events[0].values[1] == 5);
}

TEST_CASE("load profile: another base clears it too") {
  ProfileFixture f;
  f.run_minutes(45);
  f.state.configuration.qq = 2;
  f.run_minutes(15);
  CHECK(f.rows() == Rows{{900, 128, 0, 300}});
  std::array<LogRecord, 2> events;
  REQUIRE(f.meter.access().read_log(LogId::load_profile_events, 0, events) == std::size_t{1});
  CHECK(events[0].values[1] == 2);
}

TEST_CASE("load profile: records are found by time") {
  ProfileFixture f;
  f.run_minutes(60);
  auto const access = f.meter.access();
  // 08:30 is 825'755'400 s after 2000.
  CHECK(access.first_at_or_after(LogId::load_profile, 825'755'400) == 2U);
  CHECK(access.first_at_or_after(LogId::load_profile, 825'755'401) == 3U);
  CHECK(access.first_at_or_after(LogId::load_profile, 825'760'000) == 0U);
  CHECK(access.last_at_or_before(LogId::load_profile, 825'755'400) == 2U);
  CHECK(access.last_at_or_before(LogId::load_profile, 825'755'399) == 1U);
  CHECK(access.last_at_or_before(LogId::load_profile, 825'754'499) == 0U);
}

TEST_CASE("load profile: a damaged page shows as lost records and in the status") {
  ProfileFixture f;
  f.run_minutes(30);
  auto const& head = head_of(f.state.loggers, LogId::load_profile);
  // The log of records of 8 numbers begins behind three event logs of 38 pages each.
  std::array<std::uint8_t, 1> const octet{0x77};
  REQUIRE(f.nv.write(65'536 + (3 * 38 + head.page) * 512, octet).has_value());
  std::array<LogRecord, 4> records;
  REQUIRE(f.meter.access().read_log(LogId::load_profile, 0, records) == std::size_t{2});
  CHECK(records[0].is_lost);
  CHECK(records[1].is_lost);
  CHECK(f.native(RegisterId::meter_status) == 3);
}

TEST_CASE("load profile: stopped at any write, it has every period once, and energy that does not go back") {
  auto const config = config_of();
  for (std::size_t stop_at = 1; stop_at < 150; ++stop_at) {
    MeterState state;
    FaultyNv nv{std::make_unique<RamNv>(nv_size_min, true)};
    Meter meter{state, config, nv};
    REQUIRE(meter.manufacture({.production_time = {.year = 2026, .month = 3, .day = 2, .hour = 8}}, SimTime{})
                .has_value());
    REQUIRE(meter.power_up(SimTime{}).has_value());
    SimTime now;
    int stops = 0;
    for (int minute = 0; minute < 240; ++minute) {
      if (minute == 20) {  // an empty log would not be filled
        nv.cut_power(stop_at, 31 * stop_at % 600);
      }
      now = now + SimDuration::seconds(60);
      ElementIncrement increment;
      increment.span = SimDuration::seconds(60);
      increment.element[0].active_uj = 60'000'000'000;
      if (!meter.handle_increment(increment, now)) {
        stops += 1;
        nv.restore_power();
        REQUIRE(meter.power_up(now).has_value());
      }
    }
    REQUIRE(stops == 1);
    std::array<LogRecord, 20> records;
    auto const access = meter.access();
    CAPTURE(stop_at, state.loggers.load_profile.last_end);
    auto const count = access.read_log(LogId::load_profile, 0, records);
    REQUIRE(count.has_value());
    REQUIRE(*count == 16);
    for (std::size_t n = 0; n < 16; ++n) {
      REQUIRE_FALSE(records[n].is_lost);
      REQUIRE(normal_seconds_of(records[n].values[0]) == 825'754'500 + 900 * static_cast<std::int64_t>(n));
      REQUIRE((n == 0 || records[n].values[4] >= records[n - 1].values[4]));
    }
  }
}

TEST_CASE("load profile: stopped while a long gap is filled, it goes on where the memory knows it ended") {
  auto const config = config_of();
  for (std::size_t stop_at = 1; stop_at < 2'900; stop_at += 193) {
    MeterState state;
    FaultyNv nv{std::make_unique<RamNv>(nv_size_min, true)};
    Meter meter{state, config, nv};
    REQUIRE(meter.manufacture({.production_time = {.year = 2026, .month = 3, .day = 2, .hour = 8}}, SimTime{})
                .has_value());
    SimTime now;
    ElementIncrement increment;
    increment.span = SimDuration::seconds(900);
    auto const power_up_and_run = [&] {
      REQUIRE(meter.power_up(now).has_value());
      now = now + increment.span;
      return meter.handle_increment(increment, now).has_value();
    };
    REQUIRE(power_up_and_run());
    REQUIRE(meter.power_down(now).has_value());
    now = now + SimDuration::seconds(900 * 3'000);
    nv.cut_power(stop_at, 0);
    REQUIRE_FALSE(power_up_and_run());
    nv.restore_power();
    REQUIRE(power_up_and_run());
    std::vector<LogRecord> records(3'100);
    CAPTURE(stop_at);
    auto const count = meter.access().read_log(LogId::load_profile, 0, records);
    REQUIRE(count.has_value());
    CHECK(*count == 3'003);
    for (std::size_t n = 0; n < 3'003; ++n) {
      REQUIRE(normal_seconds_of(records[n].values[0]) == 825'754'500 + 900 * static_cast<std::int64_t>(n));
    }
  }
}

TEST_CASE("analysis logger: the default set every 15 minutes, whatever the integration period") {
  ProfileFixture f{config_of("00000101", "31000164")};  // 60 minutes
  f.run_minutes(15);
  f.run_minutes(45);
  auto const info = f.meter.access().log_info(LogId::analysis);
  CHECK(info.columns.count == 14);
  // 554 400 octets, as for the load profile: 57 for ten registers.
  CHECK(info.depth == 9'726);
  CHECK(info.record_count == 4);
  CHECK(f.meter.access().log_info(LogId::load_profile).record_count == 1);
  CHECK(info.columns.column[4].register_id == RegisterId::average_active_power_import);
  CHECK(info.columns.column[13].register_id == RegisterId::average_current_l3);
}

TEST_CASE("analysis logger: another set clears it; 17 registers, odd intervals and text are refused") {
  ProfileFixture f;
  f.run_minutes(30);
  auto access = f.meter.access();
  std::array const set{RegisterId::active_energy_import_secondary, RegisterId::voltage_l1};
  CHECK(access.set_analysis(set, 5, Level::open).error().code == ErrorCode::forbidden);
  CHECK(access.set_analysis(set, 7, Level::operating).error() == Error{ErrorCode::out_of_range, 7});
  std::array<RegisterId, 17> many{};
  many.fill(RegisterId::voltage_l1);
  CHECK(access.set_analysis(many, 5, Level::operating).error() == Error{ErrorCode::out_of_range, 17});
  std::array const text{RegisterId::type_number};
  CHECK(access.set_analysis(text, 5, Level::operating).error().code == ErrorCode::unknown_register);
  CHECK(access.log_info(LogId::analysis).record_count == 2);
  REQUIRE(access.set_analysis(set, 5, Level::operating).has_value());
  CHECK(access.log_info(LogId::analysis).record_count == 0);
  f.run_minutes(10);
  std::array<LogRecord, 3> records;
  REQUIRE(access.read_log(LogId::analysis, 0, records) == std::size_t{2});
  // 3 kW for 35 and 40 minutes: 1.75 and 2 kWh; 230 V.
  CHECK(records[0].id == 3);
  CHECK(records[0].values[1] == 128);
  CHECK(records[0].values[4] == 175);
  CHECK(records[0].values[5] == 230);
  CHECK(records[1].values[1] == 0);
  CHECK(records[1].values[4] == 200);
}

TEST_CASE("load profile: an outage of unknown length, as no store carried the clock, is an outage") {
  // Without a battery the clock goes on after nine days from 08:20, what the memory knows.
  ProfileFixture f;
  f.state.backup.battery_ns = 0;
  f.run_minutes(20);
  f.cut(9 * 24 * 60);
  f.run_minutes(15);
  REQUIRE(f.rows().size() == 2);
  CHECK(f.rows()[1].clock == 830);
  CHECK(f.rows()[1].quality == 1 << 10);
}

}  // namespace blondel

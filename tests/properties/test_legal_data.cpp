#include <catch2/catch.hpp>

#include <limits>
#include <vector>

#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

bool is_energy(Unit unit) {
  return unit == Unit::watt_hour || unit == Unit::var_hour || unit == Unit::volt_ampere_hour;
}

/// All that the law protects, as numbers. @source device.md 14
std::vector<std::int64_t> legal_data(test::MeterFixture const& fixture) {
  auto const& s = fixture.state;
  std::vector<std::int64_t> data{s.configuration.a,
                                 s.configuration.b,
                                 s.ct_ratio,
                                 s.serial_number,
                                 static_cast<std::int64_t>(s.led.count),
                                 s.led.rest_uj,
                                 static_cast<std::int64_t>(s.s0.count),
                                 s.s0.rest_uj,
                                 s.powered_ns};
  for (auto const* registers : {&s.primary, &s.secondary}) {
    for (auto const& energy : *registers) {
      data.insert(data.end(), {energy.total_mj, energy.rest_uj});
    }
  }
  for (auto const& c : s.calibration) {
    data.insert(data.end(), {c.phase_delay_q30, c.power_gain, c.u_gain, c.i_gain, c.power_offset, c.i_noise});
  }
  for (auto const log : {LogId::status, LogId::ct_ratio, LogId::rtc, LogId::debiting}) {
    auto const info = fixture.meter.access().log_info(log);
    data.insert(data.end(), {info.newest_id, info.oldest_id});
  }
  for (auto const& row : catalogue()) {
    bool const is_named = row.id == RegisterId::serial_number || row.id == RegisterId::type_and_revision ||
                          row.id == RegisterId::type_number || row.id == RegisterId::meter_status ||
                          row.id == RegisterId::ct_ratio || row.id == RegisterId::ct_ratio_lock ||
                          row.id == RegisterId::ct_ratio_before;
    if (is_energy(row.unit) || is_named) {
      auto const reading = fixture.meter.access().read({row.id}, Level::open);
      REQUIRE(reading.has_value());
      data.push_back(reading->value);
      data.insert(data.end(), reading->octets().begin(), reading->octets().end());
    }
  }
  return data;
}

std::vector<Reading> extremes(Unit unit) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
  std::vector<Reading> values;
  for (auto const value : {least, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1}, std::int64_t{2},
                           std::int64_t{60}, std::int64_t{1'000}, std::int64_t{200'000}, greatest}) {
    values.push_back(Reading::number(unit, value));
  }
  for (auto const count : {0, 1, 2, 32}) {
    Reading octets;
    octets.kind = ReadingKind::octets;
    octets.unit = unit;
    octets.octet_data.fill(0xFF);
    octets.octet_count = static_cast<std::uint8_t>(count);
    values.push_back(octets);
  }
  Reading stamp;
  stamp.kind = ReadingKind::stamp;
  stamp.unit = unit;
  values.push_back(stamp);
  return values;
}

}  // namespace

TEST_CASE("writing: whatever is written to whatever register at whatever level, legal data stay") {
  bool const sealed = GENERATE(true, false);
  // OOO 002: tariffs are controlled by a register, so that writing them acts. DD 26: two relays.
  test::MeterFixture fixture{
      test::class_c_200_5("68535CC453010", {"11000262", "42301011", "00001100", "00200101", "00004011"})};
  if (sealed) {
    Command seal;
    seal.kind = CommandKind::seal;
    REQUIRE(fixture.meter.access().execute(seal, Level::factory).has_value());
  }
  for (int second = 0; second < 1'000; ++second) {
    fixture.run_second(575.0 - second, 230.0 - second);
  }
  auto const before = legal_data(fixture);
  int taken = 0;
  for (auto const level : {Level::open, Level::operating, Level::factory}) {
    for (auto const& row : catalogue()) {
      for (auto const& value : extremes(row.unit)) {
        CAPTURE(row.name, value.value, static_cast<int>(level));
        auto const done = fixture.meter.access().write(row.id, value, level);
        taken += done ? 1 : 0;
        if (level == Level::open || row.write.apply == nullptr) {
          CHECK(done.error().code == ErrorCode::forbidden);
        }
      }
      CAPTURE(row.name);
      REQUIRE(legal_data(fixture) == before);
    }
  }
  CHECK(taken > 150);
  // What was taken does no harm later either: no energy, a power cut, and the same again.
  for (int second = 0; second < 2'000; ++second) {
    fixture.run_second(0.0, 0.0);
  }
  auto const later = legal_data(fixture);
  REQUIRE(fixture.meter.power_down(fixture.now).has_value());
  REQUIRE(fixture.meter.power_up(fixture.now).has_value());
  CHECK(of(fixture.state.primary, Energy::a_plus).total_mj ==
        before[9 + 2 * static_cast<std::size_t>(Energy::a_plus)]);
  CHECK(later[9] == before[9]);
}

}  // namespace blondel

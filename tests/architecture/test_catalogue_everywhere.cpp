#include <catch2/catch.hpp>

#include <blondel/meter/register_def.hpp>

#include "client/kmp/kmp_client.hpp"
#include "protocol/kmp/kmp_machine.hpp"
#include "support/meter_fixture.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

using namespace blondel;

namespace {

/// Type numbers of the four energy types, and which of their energies count.
struct Variant {
  char const* name;
  char const* type_number;
  EnergyType energy;
};
constexpr std::array variants{
    Variant{"A+", "68535CC153010", EnergyType::a_plus},
    Variant{"A+/A-", "68535CC253010", EnergyType::a_plus_minus},
    Variant{"A+/R+", "68535CC353010", EnergyType::a_plus_r_plus},
    Variant{"A+/A-/R+/R-", "68535CC453010", EnergyType::four_quadrant},
};

/// Unit codes of KMP: what they count and the decimal prefix. @source device.md K3
struct UnitCode {
  std::uint8_t code;
  Unit unit;
  int prefix;
};
constexpr std::array unit_codes{
    UnitCode{1, Unit::watt_hour, 0},
    UnitCode{2, Unit::watt_hour, 3},
    UnitCode{13, Unit::var_hour, 0},
    UnitCode{14, Unit::var_hour, 3},
    UnitCode{17, Unit::volt_ampere_hour, 0},
    UnitCode{18, Unit::volt_ampere_hour, 3},
    UnitCode{21, Unit::watt, 0},
    UnitCode{22, Unit::watt, 3},
    UnitCode{25, Unit::var, 0},
    UnitCode{26, Unit::var, 3},
    UnitCode{29, Unit::volt_ampere, 0},
    UnitCode{30, Unit::volt_ampere, 3},
    UnitCode{33, Unit::volt, 0},
    UnitCode{34, Unit::ampere, 0},
    UnitCode{46, Unit::hour, 0},
    UnitCode{47, Unit::local_clock, 0},
    UnitCode{48, Unit::local_date, 0},
    UnitCode{51, Unit::none, 0},
    UnitCode{51, Unit::bits, 0},
    UnitCode{51, Unit::power_factor, 0},
    UnitCode{67, Unit::hertz, 0},
};

/// Runs client and meter against each other on one line until the client has finished.
void converse(KmpClient& client, KmpMachine& machine, SimTime now) {
  std::array<std::uint8_t, 64> octets{};
  for (int turn = 0; turn < 10'000 && client.state() == KmpClient::State::waiting; ++turn) {
    while (auto const size = client.poll_transmit(octets)) {
      machine.handle_bytes(ByteSpan{octets}.first(size), now);
    }
    while (auto const size = machine.poll_transmit(octets)) {
      client.handle_bytes(ByteSpan{octets}.first(size), now);
    }
    if (client.state() != KmpClient::State::waiting) {
      return;
    }
    now = std::min(client.next_deadline(), machine.next_deadline());
    REQUIRE(now < SimTime::never());
    machine.handle_deadline(now);
    client.handle_deadline(now);
  }
}

/// What a KMP number is worth in native steps of the row's unit, times 10^12 so that it stays whole.
/// Checks that the unit code is one of the row's unit.
__extension__ using Wide = __int128;
Wide picounits_of(KmpValue const& value, Unit unit) {
  auto const* const code = std::find_if(unit_codes.begin(), unit_codes.end(), [&](UnitCode const& known) {
    return known.code == value.unit && known.unit == unit;
  });
  REQUIRE(code != unit_codes.end());
  auto const number = value.number();
  REQUIRE(number.has_value());
  Wide worth = Wide{number->mantissa} * native_per_unit(unit);
  for (int n = -12; n < number->exponent + code->prefix; ++n) {
    worth *= 10;
  }
  return worth;
}

Wide magnitude(Wide value) {
  return value < 0 ? -value : value;
}

void check_number(KmpValue const& value, Reading const& reading) {
  auto const read = picounits_of(value, reading.unit);
  auto direct = Wide{reading.value};
  for (int n = 0; n < 12; ++n) {
    direct *= 10;
  }
  // One step of the last digit that the answer carries.
  auto one = value;
  one.octets = {1};
  one.sign_exponent &= 0x7F;
  auto const step = picounits_of(one, reading.unit);
  switch (reading.unit) {
    case Unit::watt:
    case Unit::var:
    case Unit::volt_ampere:
    case Unit::volt:
    case Unit::ampere:
    case Unit::hertz:
    case Unit::power_factor:  // momentary values: rounded once, to nearest
      CHECK(2 * magnitude(direct - read) <= step);
      break;
    case Unit::watt_hour:
    case Unit::var_hour:
    case Unit::volt_ampere_hour:
    case Unit::hour:
    case Unit::none:
    case Unit::local_clock:
    case Unit::local_date:
    case Unit::rtc:
    case Unit::text:
    case Unit::kilowatt_hours:
    case Unit::cubic_metres:
    case Unit::litres:
    case Unit::bits:  // all others: truncated once ...
      CHECK(magnitude(direct - read) < step);
      CHECK(magnitude(read) <= magnitude(direct));  // ... and towards zero
      break;
  }
}

void check_value(KmpValue const& value, Reading const& reading) {
  switch (reading.kind) {
    case ReadingKind::number:
      check_number(value, reading);
      break;
    case ReadingKind::stamp: {
      CHECK(value.unit == 53);
      auto const stamp = value.rtc();
      REQUIRE(stamp.has_value());
      CHECK(*stamp == reading.stamp);
      break;
    }
    case ReadingKind::octets: {
      std::vector<std::uint8_t> expected(reading.octets().begin(), reading.octets().end());
      if (reading.unit == Unit::text) {
        CHECK(value.unit == 54);
        std::reverse(expected.begin(), expected.end());  // device.md K2: last character first
      }
      CHECK(value.octets == expected);
      break;
    }
  }
}

/// A meter that has seen import, export and both kinds of reactive energy, each long enough to show.
void load(test::MeterFixture& fixture) {
  for (int second = 0; second < 1'000; ++second) {
    fixture.run_second(575.0, 230.0);
  }
  for (int second = 0; second < 700; ++second) {
    fixture.run_second(-400.0, 150.0);
  }
  for (int second = 0; second < 500; ++second) {
    fixture.run_second(-300.0, -110.0);
  }
  for (int second = 0; second < 300; ++second) {
    fixture.run_second(200.0, -90.0);
  }
}

}  // namespace

TEST_CASE("catalogue everywhere: what KMP reads is the direct reading, scaled once") {
  for (auto const& variant : variants) {
    test::MeterFixture fixture{test::class_c_200_5(variant.type_number)};
    load(fixture);
    auto const access = fixture.meter.access();
    for (auto const& row : catalogue()) {
      if (row.kmp.bytes == 0) {
        continue;
      }
      INFO(variant.name << ": " << row.name << ", KMP " << row.kmp.id);
      KmpMachine machine{access, KmpOptions{}, LinkObserver{}};
      KmpClient client;
      std::array const ids{row.kmp.id};
      client.request_registers(ids, fixture.now);
      converse(client, machine, fixture.now);

      REQUIRE(client.state() == KmpClient::State::done);
      auto const direct = access.read({row.id}, Level::open);
      CHECK(direct.has_value() == is_present(row, variant.energy));
      if (!direct.has_value()) {
        CHECK(client.values().empty());
        REQUIRE(client.left_out().size() == 1);
        CHECK(client.left_out()[0] == row.kmp.id);
        continue;
      }
      REQUIRE(client.values().size() == 1);
      CHECK(client.values()[0].id == row.kmp.id);
      check_value(client.values()[0], *direct);
    }
  }
}

TEST_CASE("catalogue everywhere: the loaded meter shows energy in every energy row") {
  // OOO 002: the tariff is written, so that each of the four takes all four loads.
  test::MeterFixture fixture{
      test::class_c_200_5("68535CC453010", {"11000162", "42301011", "00001100", "00200101", "00004011"})};
  for (std::uint8_t tariff = 1; tariff <= 4; ++tariff) {
    Command command;
    command.kind = CommandKind::set_tariff;
    command.tariff = tariff;
    REQUIRE(fixture.meter.access().execute(command, Level::operating).has_value());
    load(fixture);
  }
  for (auto const& row : catalogue()) {
    if (row.unit == Unit::watt_hour || row.unit == Unit::var_hour) {
      INFO(row.name);
      CHECK(fixture.native(row.id) != 0);
    }
  }
}

TEST_CASE("catalogue everywhere: every row says where it comes from") {
  for (auto const& row : catalogue()) {
    INFO(row.name);
    CHECK_FALSE(row.source.empty());
    CHECK_FALSE(row.title.empty());
    CHECK(&definition(row.id) == &row);
    CHECK(find_by_name(row.name) == &row);
    if (row.kmp.bytes != 0) {
      CHECK(find_by_kmp(row.kmp.id) == &row);
    }
  }
}

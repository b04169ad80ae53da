#include <catch2/catch.hpp>

#include <string>

#include "core/display/display.hpp"
#include "support/glass_reader.hpp"
#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

using test::read_text;
using test::read_value;

/// Lists of one reading each.
DisplaySetup fixed_on(RegisterId id) {
  DisplaySetup setup;
  setup.automatic.item[0] = {id, 0};
  setup.manual = {};
  for (auto const legal : {RegisterId::active_energy_import, RegisterId::active_energy_export,
                           RegisterId::reactive_energy_import, RegisterId::reactive_energy_export}) {
    setup.manual.add({legal, 0});
  }
  return setup;
}

/// A meter that shows one reading, past its start-up screens.
struct Shown {
  explicit Shown(RegisterId id, bool leading_zeroes = false, char const* configuration_1 = "11000162")
      : fixture{config_of(id, leading_zeroes, configuration_1)} {
    fixture.meter.advance(SimTime{} + SimDuration::seconds(10));
  }
  static MeterConfig config_of(RegisterId id, bool leading_zeroes, char const* configuration_1) {
    auto config = test::class_c_200_5("68535CC453010",
                                      {configuration_1, "42301011", "00001100", "00000101", "00004011"});
    config.display = fixed_on(id);
    config.display.leading_zeroes = leading_zeroes;
    return config;
  }
  [[nodiscard]] DisplayFrame frame() const { return fixture.meter.access().display(); }
  test::MeterFixture fixture;
};

constexpr std::int64_t kilowatt_hour_mj = 3'600'000'000;

}  // namespace

TEST_CASE("display: a register rolls over at the digits of its format, the count stays right") {
  struct Case {
    char const* name;
    char const* configuration_1;
    bool leading_zeroes;
    std::int64_t total_mj;
    char const* value;
  };
  // 12 345 678.9 kWh: seven digits before the point are left.
  auto const total = 12'345'678 * kilowatt_hour_mj + kilowatt_hour_mj / 10 * 9;
  auto const c = GENERATE_COPY(values<Case>({{"7.0", "11000162", false, total, "2345678"},
                                             {"7.1", "21000162", false, total, "2345678.9"},
                                             {"7.2", "31000162", false, total, "2345678.90"},
                                             {"7.2, leading zeroes", "31000162", true, 0, "0000000.00"},
                                             {"7.2, no leading zeroes", "31000162", false, 0, "0.00"},
                                             {"7.0, no leading zeroes", "11000162", false, 0, "0"}}));
  CAPTURE(c.name);
  Shown shown{RegisterId::active_energy_import, c.leading_zeroes, c.configuration_1};
  of(shown.fixture.state.primary, Energy::a_plus).total_mj = c.total_mj;
  CHECK(read_value(shown.frame()) == c.value);
  CHECK(of(shown.fixture.state.primary, Energy::a_plus).total_mj == c.total_mj);
}

TEST_CASE("display: secondary registers have the form 5.2 and verification 3.4") {
  // 1 234 567.891 23 kWh
  auto const total = 1'234'567 * kilowatt_hour_mj + kilowatt_hour_mj / 100'000 * 89'123;
  Shown secondary{RegisterId::active_energy_import_secondary};
  of(secondary.fixture.state.secondary, Energy::a_plus).total_mj = total;
  CHECK(read_value(secondary.frame()) == "34567.89");
  CHECK(read_text(secondary.frame()) == "A+ S");
  Shown verification{RegisterId::active_energy_import_verification};
  of(verification.fixture.state.secondary, Energy::a_plus).total_mj = total;
  CHECK(read_value(verification.frame()) == "567.8912");
}

TEST_CASE("display: a power of megawatts is shown whole, a negative power factor with its sign") {
  Shown power{RegisterId::active_power_import};
  power.fixture.state.live[0].p_mw = 61'234'567;  // times 40
  CHECK(read_value(power.frame()) == "2449.383");
  Shown factor{RegisterId::power_factor_l1};
  factor.fixture.state.live[0] = {.p_mw = -970, .q_mvar = 0, .s_mva = 1'000, .u_mv = 0, .i_ua = 0};
  CHECK(read_value(factor.frame()) == "-0.970");
}

TEST_CASE("display: the error symbol tells of inner errors, magnet and cover, of nothing else") {
  struct Case {
    char const* name;
    std::uint8_t status;
    DataSheet sheet;
    bool error;
  };
  auto const c =
      GENERATE(values<Case>({{"nothing", 0, DataSheet::english, false},
                             {"reset", status_reset, DataSheet::english, false},
                             {"EEPROM", status_eeprom, DataSheet::english, true},
                             {"magnet", status_magnet, DataSheet::english, true},
                             {"RAM", status_ram, DataSheet::english, true},
                             {"ROM", status_rom, DataSheet::english, true},
                             {"alarm input", status_alarm_input, DataSheet::english, false},
                             {"cover", status_meter_cover, DataSheet::english, true},
                             {"cover, Russian sheet", status_meter_cover, DataSheet::russian, false},
                             {"magnet, Russian sheet", status_magnet, DataSheet::russian, true}}));
  CAPTURE(c.name);
  auto config = Shown::config_of(RegisterId::meter_status, false, "11000162");
  config.data_sheet = c.sheet;
  test::MeterFixture fixture{config};
  fixture.meter.advance(SimTime{} + SimDuration::seconds(10));
  fixture.state.status = c.status;
  CHECK(fixture.meter.access().display().error == c.error);
}

TEST_CASE("display: the status stands bit by bit as digits from the right") {
  Shown shown{RegisterId::meter_status};
  shown.fixture.state.status = status_reset | status_magnet | status_meter_cover;  // bits 0, 2, 6
  CHECK(read_value(shown.frame()) == "01000101");
}

TEST_CASE("display: a register that the energy type lacks shows dashes") {
  auto config = test::class_c_200_5("68535CC153010");
  config.display = fixed_on(RegisterId::reactive_energy_import);
  test::MeterFixture fixture{config};
  fixture.meter.advance(SimTime{} + SimDuration::seconds(10));
  auto const frame = fixture.meter.access().display();
  CHECK(read_value(frame) == "---------");
  CHECK(read_text(frame) == "R+");
  CHECK(frame.unit == 0);
}

TEST_CASE("display: a phase has its mark from 160 V on") {
  Shown shown{RegisterId::voltage_l1};
  shown.fixture.state.live[0].u_mv = 159'999;
  shown.fixture.state.live[2].u_mv = 160'000;
  CHECK(shown.frame().voltages == 0b100);
}

TEST_CASE("display: the active tariff has its mark, none when tariffs are disabled") {
  Shown shown{RegisterId::voltage_l1};
  CHECK(shown.frame().tariffs == 0);
  shown.fixture.state.tariffs.active = 3;
  CHECK(shown.frame().tariffs == 0b100);
}

TEST_CASE("display: lists set in service hold through a loss of supply") {
  Shown shown{RegisterId::active_energy_import};
  auto& meter = shown.fixture.meter;
  auto const setup = fixed_on(RegisterId::serial_number);
  CHECK(meter.access().set_display(setup, Level::open).error().code == ErrorCode::forbidden);
  REQUIRE(meter.access().set_display(setup, Level::operating).has_value());
  CHECK(read_value(shown.frame()) == "12345678");
  auto const later = SimTime{} + SimDuration::seconds(20);
  REQUIRE(meter.power_down(later).has_value());
  shown.fixture.state.display = {};  // what is not in the memory is gone
  REQUIRE(meter.power_up(later).has_value());
  meter.advance(later + SimDuration::seconds(10));
  CHECK(read_value(shown.frame()) == "12345678");
}

TEST_CASE("display: lists that name rows of another catalogue give way to those of the order") {
  Shown shown{RegisterId::active_energy_import};
  REQUIRE(shown.fixture.meter.access()
              .set_display(fixed_on(RegisterId::serial_number), Level::operating)
              .has_value());
  ++shown.fixture.state.display.catalogue;
  CHECK(read_value(shown.frame()) == "0");
}

TEST_CASE("display: lists that break a rule are refused with the place") {
  Shown shown{RegisterId::active_energy_import};
  auto const refused = [&shown](DisplaySetup const& setup) {
    auto const set = shown.fixture.meter.access().set_display(setup, Level::operating);
    REQUIRE_FALSE(set.has_value());
    return set.error();
  };
  auto setup = fixed_on(RegisterId::serial_number);
  setup.automatic.add({RegisterId::active_energy_import, 1});
  CHECK(refused(setup) == Error{ErrorCode::out_of_range, 101});
  setup = fixed_on(RegisterId::serial_number);
  setup.backup.add({RegisterId::active_energy_import, 37});
  CHECK(refused(setup) == Error{ErrorCode::out_of_range, 300});
  setup = fixed_on(RegisterId{register_count});
  CHECK(refused(setup) == Error{ErrorCode::out_of_range, 100});
  setup = fixed_on(RegisterId::serial_number);
  // A register that exists, but in no debiting period.
  setup.manual.add({RegisterId::serial_number, 1});
  CHECK(refused(setup) == Error{ErrorCode::out_of_range, 204});
  auto const counted = [&refused](auto list, std::uint8_t count) {
    auto overfull = fixed_on(RegisterId::serial_number);
    (overfull.*list).count = count;
    return refused(overfull);
  };
  CHECK(counted(&DisplaySetup::automatic, 17) == Error{ErrorCode::out_of_range, 116});
  CHECK(counted(&DisplaySetup::manual, 31) == Error{ErrorCode::out_of_range, 230});
  CHECK(counted(&DisplaySetup::backup, 9) == Error{ErrorCode::out_of_range, 308});
  setup = fixed_on(RegisterId::serial_number);
  setup.automatic.count = 0;
  CHECK(refused(setup) == Error{ErrorCode::out_of_range, 100});
  setup = fixed_on(RegisterId::serial_number);
  --setup.manual.count;
  auto const lacks = static_cast<std::int64_t>(RegisterId::reactive_energy_export);
  CHECK(refused(setup) == Error{ErrorCode::contradiction, lacks});
}

}  // namespace blondel

#include <catch2/catch.hpp>

#include <string>

#include <blondel/meter/display_frame.hpp>

#include "support/glass_reader.hpp"
#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

constexpr std::int64_t kilowatt_hour_mj = 3'600'000'000;
constexpr std::int64_t hours_16_s = 16 * 3'600;

/// A meter whose manual list begins with the legal totals and goes on to A+ and R+ of verification and a trip
/// register. Its secondary registers hold 12.3456, 23.4567, 34.5678 and 45.6789.
struct Verified : test::MeterFixture {
  explicit Verified(char const* type = "68535CC453010") : MeterFixture{config_of(type)} {
    set(Energy::a_plus, 123'456);
    set(Energy::a_minus, 234'567);
    set(Energy::r_plus, 345'678);
    set(Energy::r_minus, 456'789);
    meter.advance(test::at_second(10));
  }
  static MeterConfig config_of(char const* type) {
    auto config = test::class_c_200_5(type);
    auto& list = config.display.manual;
    list = {};
    for (auto const id :
         {RegisterId::active_energy_import, RegisterId::active_energy_export,
          RegisterId::reactive_energy_import, RegisterId::reactive_energy_export,
          RegisterId::active_energy_import_verification, RegisterId::reactive_energy_import_verification,
          RegisterId::trip_active_energy_export}) {
      list.add({id, 0});
    }
    return config;
  }
  void set(Energy energy, std::int64_t ten_thousandths) {
    of(state.secondary, energy).total_mj = kilowatt_hour_mj / 10'000 * ten_thousandths;
  }
  /// Pushes until the n-th reading of the manual list stands there.
  void go_to(int n, std::int64_t second) {
    for (int push = 0; push < n; ++push) {
      meter.push_button(PushLength::brief, test::at_second(second));
    }
  }
  void push(PushLength length, std::int64_t second) { meter.push_button(length, test::at_second(second)); }
  [[nodiscard]] std::string shown() const { return test::read_line(meter.access().display()); }
};

}  // namespace

TEST_CASE("verification: a long push on its register begins it, short ones choose the energy") {
  Verified meter;
  meter.go_to(5, 20);
  CHECK(meter.shown() == "1.8.0|A+ H|12.3456");
  CHECK(meter.native(RegisterId::operation_mode) == 1);
  meter.push(PushLength::prolonged, 21);
  CHECK(meter.native(RegisterId::operation_mode) == 2);
  CHECK(meter.shown() == "1.8.0|A+ H|12.3456");
  meter.push(PushLength::brief, 22);
  CHECK(meter.shown() == "2.8.0|A- H|23.4567");
  CHECK(meter.native(RegisterId::operation_mode) == 3);
  meter.push(PushLength::brief, 23);
  CHECK(meter.shown() == "3.8.0|R+ H|34.5678");
  // 3 x 3.6 kvar for a second are 10 800 var.s, thirty pulses of 360; 3 x 1 kW would be eight.
  meter.now = test::at_second(23);
  meter.run_second(1'000.0, 3'600.0);
  CHECK(meter.meter.led_pulses() == 30);
  CHECK(meter.shown() == "3.8.0|R+ H|34.5708");  // and 0.0030 kvarh
  meter.push(PushLength::brief, 25);
  CHECK(meter.shown() == "4.8.0|R- H|45.6789");
  meter.push(PushLength::brief, 26);
  CHECK(meter.shown().starts_with("1.8.0|A+ H|12.34"));
}

TEST_CASE("verification: it passes over energies that the meter does not have") {
  Verified meter{"68535CC353010"};  // A+ and R+
  meter.go_to(6, 20);
  meter.push(PushLength::prolonged, 21);
  CHECK(meter.shown() == "3.8.0|R+ H|34.5678");
  meter.push(PushLength::brief, 22);
  CHECK(meter.shown() == "1.8.0|A+ H|12.3456");
}

TEST_CASE("verification: the two minutes of the manual list do not end it, a push of 6 s does") {
  Verified meter;
  meter.go_to(5, 20);
  meter.push(PushLength::prolonged, 21);
  meter.meter.advance(test::at_second(1'000));
  CHECK(meter.shown() == "1.8.0|A+ H|12.3456");
  meter.push(PushLength::extra, 1'001);
  CHECK(meter.native(RegisterId::operation_mode) == 1);
  CHECK(meter.shown() == "1.8.0|A+|0");
}

TEST_CASE("verification: it ends 16 h after the last push") {
  Verified meter;
  meter.go_to(5, 20);
  meter.push(PushLength::prolonged, 100);
  CHECK(meter.state.operation_mode_until == test::at_second(100 + hours_16_s));
  meter.push(PushLength::prolonged, 700);  // chooses nothing, but is a push
  auto const end = test::at_second(700 + hours_16_s);
  CHECK(meter.state.operation_mode_until == end);
  meter.meter.handle_deadline(end - SimDuration{1});
  CHECK(meter.shown() == "1.8.0|A+ H|12.3456");
  meter.meter.handle_deadline(end);
  CHECK(meter.shown() == "1.8.0|A+|0");
}

TEST_CASE("verification: the operation state shows it too, and a loss of supply ends it") {
  Verified meter;
  auto access = meter.meter.access();
  REQUIRE(
      access.write(RegisterId::operation_mode, Reading::number(Unit::none, 5), Level::operating).has_value());
  CHECK(meter.shown() == "4.8.0|R- H|45.6789");
  REQUIRE(meter.meter.power_down(test::at_second(30)).has_value());
  CHECK(meter.shown().empty());
  REQUIRE(meter.meter.power_up(test::at_second(31)).has_value());
  meter.meter.advance(test::at_second(41));
  CHECK(meter.shown() == "1.8.0|A+|0");
}

TEST_CASE("verification: a long push elsewhere shows all segments, as does one on the automatic list") {
  Verified meter;
  meter.go_to(1, 20);
  meter.push(PushLength::prolonged, 21);
  CHECK(meter.native(RegisterId::operation_mode) == 1);
  CHECK(meter.meter.access().display().unit == all_glass_units);
  auto config = Verified::config_of("68535CC453010");
  config.display.automatic.item[0] = {RegisterId::active_energy_import_verification, 0};
  test::MeterFixture automatic{config};
  automatic.meter.push_button(PushLength::prolonged, test::at_second(20));
  CHECK(automatic.native(RegisterId::operation_mode) == 1);
  CHECK(automatic.meter.access().display().unit == all_glass_units);
}

TEST_CASE("display: a push of 6 s on a trip register begins the trip registers anew") {
  Verified meter;
  of(meter.state.primary, Energy::a_minus).total_mj = 5 * kilowatt_hour_mj;
  of(meter.state.primary, Energy::a_plus).total_mj = 7 * kilowatt_hour_mj;
  meter.go_to(1, 20);
  meter.push(PushLength::extra, 21);  // on A+: nothing but back to the automatic list
  CHECK(meter.native(RegisterId::trip_active_energy_export) == 5 * kilowatt_hour_mj);
  meter.go_to(7, 22);
  CHECK(meter.shown() == "2.128.0|TRIP|5");
  meter.push(PushLength::extra, 23);
  CHECK(meter.native(RegisterId::trip_active_energy_export) == 0);
  CHECK(meter.native(RegisterId::trip_active_energy_import) == 0);
  CHECK(meter.shown() == "1.8.0|A+|7");
}

}  // namespace blondel

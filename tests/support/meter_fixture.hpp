#pragma once
/// A four-wire class C meter, 200/5, as tests want it: built by hand, in memory, powered.

#include <array>
#include <string_view>

#include <catch2/catch.hpp>

#include <blondel/meter/meter.hpp>

#include "core/meter/meter_state.hpp"
#include "twin/ram_nv.hpp"

namespace blondel::test {

/// Constants for a converter of 1000 V and 20 A full scale at 8 kS/s, worked out by hand:
/// power 1000/2^23 * 20/2^23/16 / 8000 * 1e6 * 2^57 = 320'000'000; voltage 1000/2^23/8 * 1e3 * 2^32 =
/// 64'000'000; current 20/2^23/16 * 1e6 * 2^32 = 640'000'000.
inline constexpr ElementCalibration ideal_calibration{
    .phase_delay_q30 = 0, .power_gain = 320'000'000, .u_gain = 64'000'000, .i_gain = 640'000'000};

inline MeterConfig class_c_200_5(std::string_view type_number = "68535CC453010",
                                 std::array<std::string_view, 5> numbers = {
                                     "11000162", "42301011", "00001100", "00000101", "00004011"}) {
  MeterConfig config;
  auto const type = parse_type_number(type_number, DataSheet::english);
  REQUIRE(type.has_value());
  config.type = *type;
  auto const configuration = parse_configuration(numbers, *type, DataSheet::english);
  REQUIRE(configuration.has_value());
  config.configuration = *configuration;
  config.nominal_calibration = {ideal_calibration, ideal_calibration, ideal_calibration};
  return config;
}

[[nodiscard]] inline SimTime at_second(std::int64_t second) {
  return SimTime{} + SimDuration::seconds(second);
}

/// Serial number 12345678, clock 2026-03-02 08:00:00 local (a Monday, normal time).
struct MeterFixture {
  explicit MeterFixture(MeterConfig const& configuration = class_c_200_5()) : config{configuration} {
    Nameplate nameplate;
    nameplate.serial_number = 12'345'678;
    nameplate.meter_numbers = {11, 22, 33};
    nameplate.production_time = {.year = 2026, .month = 3, .day = 2, .hour = 8};
    REQUIRE(meter.manufacture(nameplate, SimTime{}).has_value());
    REQUIRE(meter.power_up(SimTime{}).has_value());
  }
  MeterFixture(MeterFixture const&) = delete;
  MeterFixture& operator=(MeterFixture const&) = delete;

  /// One second of constant secondary powers on each phase, booked at the next second.
  void run_second(double p_w, double q_var, std::int32_t u_mv = 230'000, std::int32_t i_ua = 2'500'000) {
    ElementIncrement increment;
    increment.span = SimDuration::seconds(1);
    increment.frequency_mhz = 50'000;
    for (auto& share : increment.element) {
      share.active_uj = static_cast<std::int64_t>(p_w * 1e6);
      share.reactive_uvars = static_cast<std::int64_t>(q_var * 1e6);
      share.apparent_uvas = static_cast<std::int64_t>(std::int64_t{u_mv} * i_ua / 1'000);
      share.u_mv = u_mv;
      share.i_ua = i_ua;
    }
    now = now + increment.span;
    REQUIRE(meter.handle_increment(increment, now).has_value());
  }

  [[nodiscard]] std::int64_t native(RegisterId id) const {
    auto const reading = meter.access().read({id}, Level::open);
    REQUIRE(reading.has_value());
    return reading->value;
  }

  MeterConfig config;
  MeterState state;
  RamNv nv{nv_size_min, true};
  Meter meter{state, config, nv};
  SimTime now;
};

}  // namespace blondel::test

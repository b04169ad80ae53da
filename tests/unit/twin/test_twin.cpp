#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "core/nv/nv_layout.hpp"
#include "support/twin_fixture.hpp"

namespace blondel {
namespace {

using test::at_s;
using test::balanced_point;
using test::ideal_front_end;
using test::native;
using test::started_twin;
using test::twin_config;

/// Everything the meter sends until `until`, stepping from deadline to deadline.
std::vector<std::uint8_t> answer(Twin& twin, SessionId session, SimTime until) {
  std::vector<std::uint8_t> octets;
  std::array<std::uint8_t, 64> buffer{};
  while (twin.now() < until) {
    twin.step(std::min(until, twin.next_deadline()));
    for (auto count = twin.poll_transmit(session, buffer); count > 0;
         count = twin.poll_transmit(session, buffer)) {
      octets.insert(octets.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
    }
  }
  return octets;
}

}  // namespace

TEST_CASE("twin: interval tier with an ideal front end agrees with the closed form to 1e-6") {
  // 3 x 230 V x 100 A x cos 30 deg x 1 h = 59.7557529 kWh; sin 30 deg: 34.5 kvarh
  auto twin = started_twin(twin_config(Tier::interval, ideal_front_end()),
                           balanced_point(230.0, 100.0, std::numbers::pi / 6.0));
  twin->step(at_s(3600.0));
  CHECK(static_cast<double>(native(*twin, RegisterId::active_energy_import)) / 3.6e9 ==
        Approx(59.7557529).margin(6e-5));
  CHECK(static_cast<double>(native(*twin, RegisterId::reactive_energy_import)) / 3.6e9 ==
        Approx(34.5).margin(1.2e-4));
  CHECK(native(*twin, RegisterId::voltage_l1) == 230'000);
}

TEST_CASE("twin: waveform tier with an ideal front end agrees with the closed form to 1e-6") {
  // 20 s at 3 x 230 V x 100 A, pf 1: 1 380 000 J; whole cycles only, the last one may be open.
  auto twin = started_twin(twin_config(Tier::waveform, ideal_front_end()), balanced_point(230.0, 100.0, 0.0));
  twin->step(at_s(1.001));
  auto const first_mj = native(*twin, RegisterId::active_energy_import);
  twin->step(at_s(21.001));
  auto const grown_j = static_cast<double>(native(*twin, RegisterId::active_energy_import) - first_mj) / 1e3;
  CHECK(grown_j == Approx(1'380'000.0).margin(1.38));
  CHECK(native(*twin, RegisterId::active_power_import) == Approx(69'000'000).margin(100));
}

TEST_CASE("twin: every microjoule given to the core is found again") {
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  auto twin = started_twin(twin_config(tier, test::physical_front_end()), balanced_point(230.0, 100.0, 0.5));
  twin->step(at_s(3.0));
  twin->set_current(1, Amps{0.02}, Radians{0.0});  // 0.115 W: below the threshold
  twin->set_current(2, Amps{50.0}, Radians{3.0});  // export
  twin->step(at_s(9.3));
  static_cast<void>(twin->access());
  auto const balance = twin->balance();
  CHECK(balance.increments_uj == balance.registers_uj + balance.suppressed_uj + balance.withheld_uj);
  CHECK(balance.suppressed_uj > 0);
  CHECK(balance.source_export_j > 0.0);
}

TEST_CASE("twin: the hash tells what the phasor tier carries below a unit") {
  // 1e-7 W more on one phase are 0.1 uJ in the second: no unit of any register, but a different rest.
  auto const config = twin_config(Tier::phasor, test::ideal_front_end());
  auto point = balanced_point(230.0, 100.0, 0.0);
  auto const one = started_twin(config, point);
  auto const same = started_twin(config, point);
  point.phase[1].i = Amps{100.0 + 40.0 * 1e-7 / 230.0};
  auto const other = started_twin(config, point);
  for (auto const* twin : {&one, &same, &other}) {
    (*twin)->step(at_s(1.0));
  }
  CHECK(one->balance().increments_uj == other->balance().increments_uj);
  CHECK(one->state_hash() == same->state_hash());
  CHECK(one->state_hash() != other->state_hash());
}

TEST_CASE("twin: the same run in one step and in odd steps ends in the same state") {
  auto const tier = GENERATE(Tier::waveform, Tier::phasor, Tier::interval);
  auto const config = twin_config(tier, test::physical_front_end());
  auto const point = balanced_point(231.0, 63.0, 0.3, 49.9);
  auto straight = started_twin(config, point);
  straight->step(at_s(5.0));
  auto stepped = started_twin(config, point);
  for (std::int64_t ms = 7; ms < 5'000; ms += 13) {
    stepped->step(SimTime{ms * ns_per_ms + ms});
  }
  stepped->step(at_s(5.0));
  static_cast<void>(straight->access());
  static_cast<void>(stepped->access());
  CHECK(straight->state_hash() == stepped->state_hash());
  stepped->step(at_s(5.1));
  static_cast<void>(stepped->access());
  CHECK(straight->state_hash() != stepped->state_hash());
}

TEST_CASE("twin: a power cut switches the meter off after a second and keeps its registers") {
  auto twin = started_twin(twin_config(Tier::waveform, ideal_front_end()), balanced_point(230.0, 100.0, 0.0));
  twin->step(at_s(10.0));
  REQUIRE(twin->set_supply(false).has_value());
  twin->step(at_s(10.9));
  CHECK(twin->is_powered());
  twin->step(at_s(11.1));
  CHECK_FALSE(twin->is_powered());
  twin->step(at_s(3'600.0));
  REQUIRE(twin->set_supply(true).has_value());
  CHECK(twin->is_powered());
  // 10 s of 69 kW = 690 kJ within 1e-6: the cycle under way at the cut is booked, too
  CHECK(native(*twin, RegisterId::active_energy_import) == Approx(690'000'000).margin(700));
  CHECK(native(*twin, RegisterId::meter_status) == 1);
  CHECK(native(*twin, RegisterId::clock) == 90'000);
  CHECK(native(*twin, RegisterId::hour_counter) == 11);  // s: ten, and one of ride-through
  twin->step(at_s(3'610.0));
  // Ten seconds more without the cycle under way, 1380 J; 100 J for the first cycles after the start.
  CHECK(native(*twin, RegisterId::active_energy_import) == Approx(1'378'620'000).margin(100'000));
  auto const balance = twin->balance();
  CHECK(balance.increments_uj == balance.registers_uj + balance.suppressed_uj + balance.withheld_uj);
}

TEST_CASE("twin: a meter in service starts without the mark of a reset") {
  auto twin = started_twin(twin_config(Tier::interval, ideal_front_end()), balanced_point(230.0, 100.0, 0.0));
  CHECK(native(*twin, RegisterId::meter_status) == 0);
}

TEST_CASE("twin: a brown-out below 160 V on all phases switches the meter off after a second") {
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  auto twin = started_twin(twin_config(tier, ideal_front_end()), balanced_point(230.0, 100.0, 0.0));
  twin->step(at_s(10.0));
  auto all = [&](double u_v) {
    for (int phase = 0; phase < element_count; ++phase) {
      twin->set_voltage(phase, Volts{u_v});
    }
  };
  all(159.0);
  twin->set_voltage(2, Volts{161.0});  // one phase is enough
  twin->step(at_s(20.0));
  CHECK(twin->is_powered());
  all(159.0);
  twin->step(at_s(20.9));
  CHECK(twin->is_powered());
  all(230.0);  // the dip was shorter than the ride-through
  twin->step(at_s(30.0));
  CHECK(twin->is_powered());
  all(159.0);
  twin->step(at_s(31.1));
  CHECK_FALSE(twin->is_powered());
  twin->step(at_s(40.0));
  all(161.0);
  twin->step(at_s(41.0));
  // 100 A: 10 s at 3 x 230 V, 10 s at 479 V in sum, 0.9 s at 477, 9.1 s at 690, 1 s at 477, 9 s of nothing, 1
  // s at 3 x 161: 690 + 479 + 42.93 + 627.9 + 47.7 + 48.3 = 1935.83 kJ. In the waveform tier the last cycle,
  // 966 J, is under way; 100 J for the cycles in which the voltage changes.
  auto const under_way_mj = tier == Tier::waveform ? 966'000 : 0;
  CHECK(native(*twin, RegisterId::active_energy_import) ==
        Approx(1'935'830'000 - under_way_mj).margin(100'000));
}

TEST_CASE("twin: what flows while the meter is off is the source's and not the meter's") {
  // 3 x 159 V x 100 A = 47.7 kW for 10 s, too low a voltage to start with
  auto twin = started_twin(twin_config(Tier::interval, ideal_front_end()), balanced_point(159.0, 100.0, 0.0));
  CHECK_FALSE(twin->is_powered());
  twin->step(at_s(5.0));
  twin->set_current(0, Amps{100.0}, Radians{0.0});  // nothing new, but the source is counted up to here
  twin->step(at_s(10.0));
  CHECK(twin->balance().source_unsupplied_j == Approx(477'000.0).margin(0.5));
  CHECK(twin->balance().increments_uj == 0);
}

TEST_CASE("twin: the noise after a power cut is another one") {
  auto model = ideal_front_end();
  for (auto& adc : model.adc) {
    adc.i_noise_a = 0.01;
  }
  auto config = twin_config(Tier::waveform, model);
  config.calibrated = false;
  auto twin = started_twin(config, balanced_point(230.0, 0.0, 0.0));
  twin->step(at_s(2.0));
  auto const before_ua = native(*twin, RegisterId::current_l1);
  REQUIRE(twin->set_supply(false).has_value());
  twin->step(at_s(10.0));
  REQUIRE(twin->set_supply(true).has_value());
  twin->step(at_s(12.0));
  CHECK(before_ua > 0);
  CHECK(native(*twin, RegisterId::current_l1) != before_ua);
}

TEST_CASE("twin: a meter leaves its maker sealed or open as ordered") {
  auto const sealed = GENERATE(true, false);
  auto config = twin_config(Tier::interval, ideal_front_end());
  config.sealed = sealed;
  auto twin = started_twin(config, balanced_point(230.0, 100.0, 0.0));
  Command start;
  start.kind = CommandKind::start_calibration;
  CHECK(twin->access().execute(start, Level::factory).has_value() == !sealed);
}

TEST_CASE("twin: values are right a tenth of a second after power-up") {
  auto twin = started_twin(twin_config(Tier::waveform, ideal_front_end()), balanced_point(230.0, 100.0, 0.5));
  twin->step(at_s(0.1));
  for (auto const id : {RegisterId::voltage_l1, RegisterId::voltage_l2, RegisterId::voltage_l3}) {
    CHECK(native(*twin, id) == Approx(230'000).margin(12));
  }
}

TEST_CASE("twin: a constant load that nobody reads for a month is all counted") {
  // 30 days x 69 kW = 49 680 kWh
  auto twin = started_twin(twin_config(Tier::interval, ideal_front_end()), balanced_point(230.0, 100.0, 0.0));
  twin->step(at_s(30.0 * 86'400.0));
  CHECK(static_cast<double>(native(*twin, RegisterId::active_energy_import)) / 3.6e9 ==
        Approx(49'680.0).margin(0.05));
  CHECK_FALSE(twin->fault().has_value());
}

TEST_CASE("twin: the sample rate of the front end reaches the measuring system") {
  auto const rate = GENERATE(4'096.0, 6'400.0, 16'000.0);
  auto model = ideal_front_end();
  for (auto& adc : model.adc) {
    adc.sample_rate_hz = rate;
  }
  auto twin = started_twin(twin_config(Tier::waveform, model), balanced_point(230.0, 100.0, 0.0));
  twin->step(at_s(3.0));
  CHECK(native(*twin, RegisterId::voltage_l1) == Approx(230'000).margin(12));  // 5e-5 at 82 samples a cycle
  CHECK(native(*twin, RegisterId::active_power_import) == Approx(69'000'000).margin(700));
}

TEST_CASE("twin: a read in the first nanoseconds of an increment does no harm") {
  auto twin = started_twin(twin_config(Tier::interval, ideal_front_end()), balanced_point(230.0, 100.0, 0.0));
  twin->step(SimTime{10});
  CHECK(native(*twin, RegisterId::active_power_import) == 0);
  twin->step(at_s(1.0));
  CHECK(native(*twin, RegisterId::active_power_import) == Approx(69'000'000).margin(700));
}

TEST_CASE("twin: the image of another meter is refused") {
  auto config = twin_config(Tier::interval, ideal_front_end());
  auto nv = std::make_unique<RamNv>();
  MeterState other;
  other.serial_number = 7;
  REQUIRE(save(other, *nv).has_value());
  Twin twin{config, std::make_unique<test::ConstantSource>(balanced_point(230.0, 100.0, 0.0)), std::move(nv)};
  auto const refused = twin.start();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error() == Error{ErrorCode::contradiction, 7});
}

TEST_CASE("twin: one lost phase leaves the other two counting") {
  auto twin = started_twin(twin_config(Tier::waveform, ideal_front_end()), balanced_point(230.0, 100.0, 0.0));
  twin->lose_phase(0, true);
  twin->step(at_s(4.0));
  CHECK(native(*twin, RegisterId::voltage_l1) < 1'000);
  CHECK(native(*twin, RegisterId::voltage_l2) == 230'000);
  CHECK(native(*twin, RegisterId::active_power_import) == Approx(46'000'000).margin(1'000));
}

TEST_CASE("twin: pulses of LED and S0 come when their energy has flowed") {
  // 3 x 230 V x 5 A are 3450 W: 360 J every 104.348 ms, 720 J every 208.696 ms.
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  auto twin = started_twin(twin_config(tier, ideal_front_end()), balanced_point(230.0, 200.0, 0.0));
  std::vector<SimTime> led;
  std::vector<SimTime> s0;
  auto const keep = [](void* context, SimTime at) {
    static_cast<std::vector<SimTime>*>(context)->push_back(at);
  };
  twin->watch_led({keep, &led});
  twin->watch_s0({keep, &s0});
  twin->step(at_s(10.0));
  static_cast<void>(twin->access());
  REQUIRE(led.size() >= 94);
  CHECK(led.size() == twin->led_pulses());
  CHECK(s0.size() == twin->s0_pulses());
  CHECK(static_cast<double>((led[90] - led[10]).ns()) * 1e-9 == Approx(80 * 0.104347826).margin(2e-5));
  CHECK(static_cast<double>((s0[40] - s0[4]).ns()) * 1e-9 == Approx(36 * 0.208695652).margin(2e-5));
  CHECK(led.back() <= at_s(10.0));
}

TEST_CASE("twin: a request on the optical port is answered after the reply delay") {
  auto twin = started_twin(twin_config(Tier::waveform, ideal_front_end()), balanced_point(230.0, 100.0, 0.0));
  twin->step(at_s(1.0));
  auto const session = twin->open_optical({});
  // GetType and its answer for a 351 C with software H1. @source device.md K1, 0.4; CRC by another program
  std::array<std::uint8_t, 6> const request{0x80, 0x3F, 0x01, 0x05, 0x8A, 0x0D};
  twin->handle_bytes(session, request);
  CHECK(answer(*twin, session, at_s(1.029)).empty());
  auto const reply = answer(*twin, session, at_s(1.031));
  REQUIRE(reply.size() >= 10);
  CHECK(std::vector<std::uint8_t>(reply.begin(), reply.begin() + 7) ==
        std::vector<std::uint8_t>{0x40, 0x3F, 0x01, 0x75, 0x00, 0x08, 0x01});
  twin->close_session(session);
  twin->handle_bytes(session, request);
  CHECK(answer(*twin, session, at_s(2.0)).empty());
}

TEST_CASE("twin: without supply the optical port is silent and says so") {
  auto twin = started_twin(twin_config(Tier::interval, ideal_front_end()), balanced_point(230.0, 100.0, 0.0));
  Error seen;
  auto const session = twin->open_optical(
      {[](void* context, LinkEvent const& event) { *static_cast<Error*>(context) = event.reason; }, &seen});
  REQUIRE(twin->set_supply(false).has_value());
  twin->step(at_s(2.0));
  std::array<std::uint8_t, 6> const request{0x80, 0x3F, 0x01, 0x05, 0x8A, 0x0D};
  twin->handle_bytes(session, request);
  CHECK(seen.code == ErrorCode::meter_off);
  CHECK(answer(*twin, session, at_s(3.0)).empty());
}

}  // namespace blondel

#include <catch2/catch.hpp>

#include <cmath>
#include <functional>
#include <numbers>

#include <lab/quality/power_quality.hpp>

using namespace blondel;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double rate_hz = 8'000.0;
constexpr double volt_code = 1e-4;
constexpr double ampere_code = 2e-6;

QualitySettings settings() {
  QualitySettings settings;
  settings.volts_per_code.fill(volt_code);
  settings.amps_per_code.fill(ampere_code);
  return settings;
}

/// A signal of time, one for each element. @units V or A over s
using Signal = std::function<double(double t, std::size_t element)>;

void play(PowerQualityMeter& meter, double duration_s, Signal const& u, Signal const& i,
          double from_s = 0.0) {
  std::vector<SampleFrame> frames;
  auto const count = static_cast<int>(duration_s * rate_hz);
  for (int n = 0; n < count; ++n) {
    SampleFrame frame;
    for (std::size_t k = 0; k < element_count; ++k) {
      auto const t = from_s + n / rate_hz;
      frame.u[k] = static_cast<std::int32_t>(std::lround(u(t, k) / volt_code));
      frame.i[k] = static_cast<std::int32_t>(std::lround(i(t, k) / ampere_code));
    }
    frames.push_back(frame);
  }
  // In blocks of a size that divides nothing.
  for (std::size_t at = 0; at < frames.size(); at += 157) {
    auto const block = std::span{frames}.subspan(at, std::min<std::size_t>(157, frames.size() - at));
    auto const first_s = from_s + static_cast<double>(at) / rate_hz;
    meter.handle_samples(block, SimTime{std::llround(first_s * 1e9)});
  }
}

double sine(double rms, double frequency_hz, double t, double angle) {
  return std::numbers::sqrt2 * rms * std::sin(2.0 * pi * frequency_hz * t + angle);
}
double phase_of(std::size_t element) {
  return -2.0 * pi / 3.0 * static_cast<double>(element);
}

}  // namespace

TEST_CASE("power quality: half-cycle values of a steady voltage are its rms value, between 45 and 57 Hz") {
  auto const frequency_hz = GENERATE(45.0, 49.7, 50.0, 50.3, 57.0);
  PowerQualityMeter meter{settings()};
  play(
      meter, 1.0, [&](double t, std::size_t k) { return sine(230.0, frequency_hz, t, phase_of(k)); },
      [&](double t, std::size_t k) { return sine(5.0, frequency_hz, t, phase_of(k) - 1.0); });
  REQUIRE(meter.half_cycles.size() > 200);
  for (auto const& value : meter.half_cycles) {
    CHECK(value.rms_v == Approx(230.0).epsilon(2e-5).scale(0));
  }
  REQUIRE(meter.windows.size() >= 3);
  CHECK(meter.windows.back().frequency_hz == Approx(frequency_hz).epsilon(1e-5).scale(0));
  CHECK(meter.windows.back().u[1].rms == Approx(230.0).epsilon(2e-5).scale(0));
  CHECK(meter.windows.back().i[2].rms == Approx(5.0).epsilon(2e-5).scale(0));
  CHECK(meter.windows.back().unbalance_percent < 0.01);
  CHECK(meter.windows.back().u[0].thd_percent() < 0.01);
}

TEST_CASE("power quality: a dip from crossing to crossing gives the half-cycle values of its definition") {
  // L1 falls to 40 % at 0.5 s, a rising crossing, for five cycles. One half of a cycle at 230 V and one at 92
  // V: 230 x sqrt((1 + 0.16) / 2) = 175.16 V.
  PowerQualityMeter meter{settings()};
  play(
      meter, 1.0,
      [](double t, std::size_t k) {
        auto const share = k == 0 && t >= 0.5 && t < 0.6 ? 0.4 : 1.0;
        return share * sine(230.0, 50.0, t, phase_of(k));
      },
      [](double, std::size_t) { return 0.0; });
  std::vector<double> values;
  for (auto const& value : meter.half_cycles) {
    auto const end_s = static_cast<double>(value.end.ns()) * 1e-9;
    if (value.phase == 0 && end_s > 0.495 && end_s < 0.635) {
      values.push_back(value.rms_v);
    }
  }
  REQUIRE(values.size() == 14);
  CHECK(values[0] == Approx(230.0).margin(0.5));
  CHECK(values[1] == Approx(175.16).margin(1.5));
  for (std::size_t n = 2; n <= 9; ++n) {
    CHECK(values[n] == Approx(92.0).margin(1.5));
  }
  CHECK(values[10] == Approx(92.0).margin(1.5));
  CHECK(values[11] == Approx(175.16).margin(1.5));
  CHECK(values[12] == Approx(230.0).margin(0.5));
  // Below 90 % from the window that begins at 0.49 s to the one that ends at 0.62 s.
  REQUIRE(meter.events.size() == 1);
  CHECK(meter.events[0].kind == VoltageEventKind::dip);
  CHECK(meter.events[0].extreme_percent == Approx(40.0).margin(0.5));
  CHECK(static_cast<double>(meter.events[0].start.ns()) * 1e-9 == Approx(0.49).margin(0.0005));
  CHECK(static_cast<double>(meter.events[0].duration.ns()) * 1e-9 == Approx(0.13).margin(0.0005));
}

TEST_CASE("power quality: harmonics come back at their size, droop of the converters and all") {
  // 5th 20 %, 7th 14.3 %, 36th 2 %: THD = sqrt(0.04 + 0.020449 + 0.0004) = 24.67 %, made by the converters of
  // a meter.
  auto const frequency_hz = GENERATE(46.0, 49.9, 51.0, 60.0);
  auto const sample_rate_hz = GENERATE(4096.0, 8000.0, 16000.0);
  CAPTURE(frequency_hz, sample_rate_hz);
  AdcBank u_bank;
  AdcBank i_bank;
  AdcChannel const u_channel{.signal_gain = 1.0 / volt_code,
                             .converter_gain = 1.0 / volt_code,
                             .filter_tau_s = 33e-6,
                             .sinc3 = true};
  AdcChannel const i_channel{.signal_gain = 1.0 / ampere_code,
                             .converter_gain = 1.0 / ampere_code,
                             .filter_tau_s = 33e-6,
                             .sinc3 = true};
  u_bank.set_channels({u_channel, u_channel, u_channel}, 1.0 / sample_rate_hz);
  i_bank.set_channels({i_channel, i_channel, i_channel}, 1.0 / sample_rate_hz);
  auto const fundamental = 2.0 * pi * 50.0 / sample_rate_hz;  // the codes are worth what they are at 50 Hz
  auto const worth = std::abs(u_bank.response(0, fundamental)) * volt_code * u_bank.droop(fundamental);
  QualitySettings of_meter{.sample_rate_hz = sample_rate_hz, .filter_tau_s = 33e-6, .sinc3 = true};
  of_meter.volts_per_code.fill(volt_code / worth);
  of_meter.amps_per_code.fill(ampere_code / worth);
  PowerQualityMeter meter{of_meter};
  auto const count = static_cast<std::size_t>(sample_rate_hz);
  std::vector<SampleFrame> frames(count);
  AdcPass<Single, false, true> pass{u_bank, i_bank};
  for (std::size_t n = 0; n < count; ++n) {
    auto const t = static_cast<double>(n) / sample_rate_hz;
    Lanes u{};
    Lanes i{};
    for (std::size_t k = 0; k < element_count; ++k) {
      u[k] = sine(230.0, frequency_hz, t, phase_of(k));
      for (auto const& [order, share] : {std::pair{1.0, 1.0}, {5.0, 0.2}, {7.0, 0.143}, {36.0, 0.02}}) {
        i[k] += share * sine(5.0, frequency_hz * order, t, order * phase_of(k) + 0.3);
      }
    }
    pass.convert(u, i, Lanes{}, Lanes{}, frames[n]);
  }
  meter.handle_samples(frames, SimTime{});
  REQUIRE(meter.windows.size() >= 3);
  auto const& current = meter.windows.back().i[1];
  CHECK(meter.windows.back().frequency_hz == Approx(frequency_hz).epsilon(1e-5).scale(0));
  CHECK(current.subgroup[1] == Approx(5.0).epsilon(2e-4).scale(0));
  CHECK(current.subgroup[5] == Approx(1.0).epsilon(3e-4).scale(0));
  CHECK(current.subgroup[7] == Approx(0.715).epsilon(3e-4).scale(0));
  CHECK(current.subgroup[11] < 1e-4);
  if (36.0 * frequency_hz < 0.45 * sample_rate_hz) {
    CHECK(current.subgroup[36] == Approx(0.1).epsilon(2e-3).scale(0));
    CHECK(current.thd_percent() == Approx(24.67).margin(0.01));
  } else {
    CHECK(std::isnan(current.subgroup[36]));
  }
}

TEST_CASE("power quality: a supply far off its frequency is followed, from 40 to 70 Hz") {
  auto const frequency_hz = GENERATE(40.5, 43.0, 59.0, 62.0, 69.5);
  PowerQualityMeter meter{settings()};
  play(
      meter, 2.0, [&](double t, std::size_t k) { return sine(218.5, frequency_hz, t, phase_of(k)); },
      [](double, std::size_t) { return 0.0; });
  CHECK(meter.events.empty());
  REQUIRE(meter.windows.size() >= 3);
  CHECK(meter.windows.back().frequency_hz == Approx(frequency_hz).epsilon(1e-5).scale(0));
  CHECK(meter.windows.back().u[0].thd_percent() < 0.01);
  for (auto const& value : meter.half_cycles) {
    CHECK(value.rms_v == Approx(218.5).epsilon(5e-5).scale(0));
  }
}

TEST_CASE("power quality: a frequency that drifts is followed") {
  // From 50 Hz up by 0.25 Hz a second: 51 Hz after 4 s. A window of 20 ms where 19.61 ms are due would be off
  // by up to sin(2 pi 0.02) / (4 pi) = 1 %.
  PowerQualityMeter meter{settings()};
  play(
      meter, 4.0,
      [](double t, std::size_t k) {
        return std::numbers::sqrt2 * 230.0 * std::sin(2.0 * pi * (50.0 * t + 0.125 * t * t) + phase_of(k));
      },
      [](double, std::size_t) { return 0.0; });
  CHECK(meter.windows.back().frequency_hz == Approx(50.95).margin(0.05));
  REQUIRE(meter.half_cycles.size() > 1000);
  for (std::size_t n = meter.half_cycles.size() - 100; n < meter.half_cycles.size(); ++n) {
    CHECK(meter.half_cycles[n].rms_v == Approx(230.0).margin(0.23));  // class A: 0.1 % of Udin
  }
}

TEST_CASE("power quality: a voltage whose period cannot be followed gives no values at all") {
  PowerQualityMeter meter{settings()};
  play(
      meter, 2.0, [](double t, std::size_t k) { return sine(230.0, 80.0, t, phase_of(k)); },
      [](double, std::size_t) { return 0.0; });
  CHECK(meter.half_cycles.empty());
  CHECK(meter.windows.empty());
  CHECK(meter.events.empty());
}

TEST_CASE("power quality: a phase that is gone for good is an event that has not ended") {
  PowerQualityMeter meter{settings()};
  play(
      meter, 2.0,
      [](double t, std::size_t k) { return k == 1 && t > 1.0 ? 0.0 : sine(230.0, 50.0, t, phase_of(k)); },
      [](double, std::size_t) { return 0.0; });
  CHECK(meter.events.empty());
  auto const running = meter.running_events();
  REQUIRE(running.size() == 1);
  CHECK(running[0].kind == VoltageEventKind::dip);
  CHECK(static_cast<double>(running[0].start.ns()) * 1e-9 == Approx(1.0).margin(0.02));
  CHECK(static_cast<double>(running[0].duration.ns()) * 1e-9 == Approx(1.0).margin(0.02));
}

TEST_CASE(
    "power quality: an interharmonic beside a harmonic counts into its subgroup, one between does not") {
  // 255 Hz is the bin next to the 5th; 275 Hz lies half way to the 6th.
  PowerQualityMeter meter{settings()};
  play(
      meter, 1.0, [](double t, std::size_t k) { return sine(230.0, 50.0, t, phase_of(k)); },
      [](double t, std::size_t k) {
        return sine(5.0, 50.0, t, 0.0) + sine(1.0, k == 0 ? 255.0 : 275.0, t, 0.7);
      });
  auto const& window = meter.windows.back();
  CHECK(window.i[0].subgroup[5] == Approx(1.0).epsilon(1e-3).scale(0));
  CHECK(window.i[1].subgroup[5] < 1e-3);
  CHECK(window.i[1].subgroup[6] < 1e-3);
  CHECK(window.i[1].rms == Approx(std::sqrt(26.0)).epsilon(1e-4).scale(0));
}

TEST_CASE("power quality: unbalance is negative over positive sequence") {
  // 230, 230 and 200 V at 120 degrees: positive (230 + 230 + 200) / 3 = 220, negative (230 - 200) / 3 =
  // 10: 4.545 %.
  PowerQualityMeter meter{settings()};
  play(
      meter, 1.0, [](double t, std::size_t k) { return sine(k == 2 ? 200.0 : 230.0, 50.0, t, phase_of(k)); },
      [](double, std::size_t) { return 0.0; });
  CHECK(meter.windows.back().unbalance_percent == Approx(4.5455).margin(0.002));
  CHECK(std::isnan(meter.windows.back().i[0].thd_percent()));
}

TEST_CASE("power quality: swells and interruptions have their own limits") {
  PowerQualityMeter meter{settings()};
  auto const share = [](double t) {
    if (t >= 0.5 && t < 0.6) {
      return 1.15;
    }
    return t >= 1.0 && t < 1.4 ? 0.0 : 1.0;
  };
  play(
      meter, 2.0, [&](double t, std::size_t k) { return share(t) * sine(230.0, 50.0, t, phase_of(k)); },
      [](double, std::size_t) { return 0.0; });
  REQUIRE(meter.events.size() == 3);
  CHECK(meter.events[0].kind == VoltageEventKind::swell);
  CHECK(meter.events[0].extreme_percent == Approx(115.0).margin(0.1));
  CHECK(meter.events[1].kind == VoltageEventKind::interruption);
  CHECK(meter.events[1].extreme_percent < 0.1);
  CHECK(static_cast<double>(meter.events[1].duration.ns()) * 1e-9 == Approx(0.4).margin(0.03));
  CHECK(meter.events[2].kind == VoltageEventKind::dip);
}

TEST_CASE("power quality: after a gap the windows start anew and a running event goes on") {
  PowerQualityMeter meter{settings()};
  auto const low = [](double t, std::size_t k) { return 0.8 * sine(230.0, 50.0, t, phase_of(k)); };
  auto const full = [](double t, std::size_t k) { return sine(230.0, 50.0, t, phase_of(k)); };
  auto const none = [](double, std::size_t) { return 0.0; };
  play(meter, 0.5, low, none);
  play(meter, 0.5, full, none, 10.0);
  REQUIRE(meter.events.size() == 1);
  CHECK(static_cast<double>(meter.events[0].duration.ns()) * 1e-9 == Approx(10.0).margin(0.06));
  for (auto const& window : meter.windows) {
    CHECK((window.end - window.begin).ns() == Approx(2e8).margin(2e5));
  }
}

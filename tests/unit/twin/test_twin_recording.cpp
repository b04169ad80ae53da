#include <catch2/catch.hpp>

#include <cmath>
#include <memory>
#include <numbers>
#include <utility>

#include "frontend/source/recording.hpp"
#include "support/twin_fixture.hpp"

using namespace blondel;
using namespace blondel::test;

namespace {

/// Two seconds of 230 V and 100 A in phase behind one second of lead-in, 800 samples a second, positive
/// sequence. 23 kW a line.
RecordingData two_seconds() {
  RecordingData data;
  data.rate_hz = 800;
  data.lead_in = SimDuration::seconds(1);
  data.lead_in_samples = 16;
  for (std::size_t k = 0; k < element_count; ++k) {
    for (int n = 0; n < 1600; ++n) {
      auto const angle = 2 * std::numbers::pi * (n / 16.0 - static_cast<double>(k) / 3);
      data.u_v[k].push_back(230 * std::numbers::sqrt2 * std::sin(angle));
      data.i_a[k].push_back(100 * std::numbers::sqrt2 * std::sin(angle));
    }
  }
  return data;
}

/// U12, nothing and U32 in the place of the three voltages.
RecordingData line_voltages_of(RecordingData data) {
  for (std::size_t n = 0; n < data.u_v[0].size(); ++n) {
    data.u_v[0][n] -= data.u_v[1][n];
    data.u_v[2][n] -= data.u_v[1][n];
    data.u_v[1][n] = 0;
  }
  data.has_line_voltages = true;
  return data;
}

class PlayedSource final : public Source {
 public:
  explicit PlayedSource(RecordingData data) : recording_{std::move(data)} {}
  [[nodiscard]] OperatingPoint point_at(SimTime now) override { return recording_.point_at(now); }
  [[nodiscard]] SimTime next_change(SimTime now) const override { return recording_.next_change(now); }
  [[nodiscard]] Recording const* recording() const override { return &recording_; }

 private:
  Recording recording_;
};

std::unique_ptr<Twin> playing_twin(TwinConfig const& config, RecordingData data) {
  auto twin = std::make_unique<Twin>(config, std::make_unique<PlayedSource>(std::move(data)),
                                     std::make_unique<RamNv>());
  REQUIRE(twin->start().has_value());
  return twin;
}

TwinConfig aron_config() {
  auto config = twin_config(Tier::waveform, ideal_front_end());
  config.meter.type.phases = Phases::aron_50hz;
  config.meter.phase_sum = PhaseSum::algebraic;
  return config;
}

/// Secondary, J. @param twin with a ratio of 40
double registers_j(Twin const& twin) {
  return static_cast<double>(twin.balance().registers_uj) * 1e-6;
}

// What one second holds: 69 kW primary over 40 is 1725 J. A meter books whole cycles, so up to 34.5 J wait.
constexpr double second_j = 1725.0;
constexpr double cycle_j = 34.5;

}  // namespace

TEST_CASE("twin: a recording is registered, and the source's truth is its closed form") {
  auto const twin = playing_twin(twin_config(Tier::waveform, ideal_front_end()), two_seconds());
  twin->step(at_s(2.5));
  auto const balance = twin->balance();
  // 69 kW for 2.5 s; the interpolator is good for 1e-6
  CHECK(balance.source_import_j == Approx(172'500.0).margin(0.2));
  CHECK(balance.source_export_j == 0.0);
  // 1e-4 for calibration by a bench with noise-free converters, and the cycle under way
  CHECK(registers_j(*twin) == Approx(2.5 * second_j - cycle_j / 2).margin(cycle_j / 2 + 0.5));
  CHECK(native(*twin, RegisterId::voltage_l2) == Approx(230'000).margin(50));
}

TEST_CASE("twin: the end of a recording takes the meter's supply away") {
  auto const twin = playing_twin(twin_config(Tier::waveform, ideal_front_end()), two_seconds());
  twin->step(at_s(3.9));
  CHECK(twin->is_powered());
  twin->step(at_s(4.1));
  CHECK_FALSE(twin->is_powered());
  auto const balance = twin->balance();
  // Three seconds but half a sample: the last one reaches half a sample to either side, the first one's left
  // half is lead-in. 207000 - 69000 / 1600 J, secondary 5173.92 J; the cut rings a little.
  CHECK(balance.source_import_j == Approx(206'956.9).margin(1.0));
  CHECK(registers_j(*twin) == Approx(5173.92).margin(0.6));
  CHECK(std::abs(balance.source_unsupplied_j) < 1e-6);
}

TEST_CASE("twin: a phase that is lost is lost to a recording too") {
  auto const twin = playing_twin(twin_config(Tier::waveform, ideal_front_end()), two_seconds());
  twin->step(at_s(1.0));
  twin->lose_phase(1, true);
  twin->step(at_s(2.0));
  twin->lose_phase(1, false);
  twin->step(at_s(2.9));
  CHECK(twin->balance().source_import_j == Approx(2.9 * 69'000.0 - 23'000.0).margin(0.2));
  CHECK(registers_j(*twin) == Approx(2.9 * second_j - second_j / 3 - cycle_j / 2).margin(cycle_j / 2 + 0.6));
}

TEST_CASE("twin: a supply that comes back goes on where the recording is") {
  auto const twin = playing_twin(twin_config(Tier::waveform, ideal_front_end()), two_seconds());
  twin->step(at_s(0.5));
  REQUIRE(twin->set_supply(false).has_value());
  twin->step(at_s(1.7));
  CHECK_FALSE(twin->is_powered());
  REQUIRE(twin->set_supply(true).has_value());
  twin->step(at_s(2.7));
  CHECK(twin->balance().source_import_j == Approx(1.5 * 69'000.0).margin(0.2));
  // Supply returns anywhere in a cycle: the first, incomplete one is registered as well.
  CHECK(registers_j(*twin) == Approx(1.5 * second_j - cycle_j / 2).margin(cycle_j / 2 + 2.0));
}

TEST_CASE("twin: two elements register what three wires carry, from phase voltages or line voltages",
          "[FE-04]") {
  auto const phases = playing_twin(aron_config(), two_seconds());
  auto const lines = playing_twin(aron_config(), line_voltages_of(two_seconds()));
  for (auto const* twin : {phases.get(), lines.get()}) {
    const_cast<Twin*>(twin)->step(at_s(2.5));
    CHECK(twin->balance().source_import_j == Approx(172'500.0).margin(0.2));
    CHECK(registers_j(*twin) == Approx(2.5 * second_j - cycle_j / 2).margin(cycle_j / 2 + 0.5));
  }
  // sqrt 3 times 230 V between conductors
  CHECK(native(*phases, RegisterId::voltage_l1) == Approx(398'372).margin(100));
  CHECK(native(*lines, RegisterId::voltage_l3) == Approx(398'372).margin(100));
  CHECK(native(*lines, RegisterId::voltage_l2) < 100);
}

TEST_CASE("twin: a recording ends in one state, however it is stepped") {
  auto const at_once = playing_twin(twin_config(Tier::waveform, physical_front_end()), two_seconds());
  auto const in_parts = playing_twin(twin_config(Tier::waveform, physical_front_end()), two_seconds());
  at_once->step(at_s(2.8));
  for (std::int64_t n = 1; n <= 400; ++n) {
    in_parts->step(SimTime{n * 7'000'000});
  }
  CHECK(at_once->state_hash() == in_parts->state_hash());
}

#include <blondel/sim/epoch_loop.hpp>

#include "ports/host_pacer.hpp"
#include "support/twin_fixture.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

using namespace blondel;

namespace {

// SetClock 2024-02-29 12:34:56 and GetType. @source device.md K1; CRC and stuffing by another program
constexpr std::array<std::uint8_t, 15> set_clock{0x80, 0x3F, 0x09, 0x00, 0x03, 0xAA, 0x65, 0x00,
                                                 0x01, 0xE2, 0x1B, 0xBF, 0xB5, 0xF1, 0x0D};
constexpr std::array<std::uint8_t, 6> get_type{0x80, 0x3F, 0x01, 0x05, 0x8A, 0x0D};

struct TwinPlant {
  Twin* twin;
  bool step(SimTime until) {
    twin->step(until);
    return true;
  }
  std::uint32_t open_session(std::string const&) { return twin->open_optical({}); }
  void close_session(std::uint32_t handle) { twin->close_session(handle); }
  void handle_bytes(std::uint32_t handle, ByteSpan bytes) { twin->handle_bytes(handle, bytes); }
  std::size_t poll_transmit(std::uint32_t handle, MutableByteSpan out) {
    return twin->poll_transmit(handle, out);
  }
};

struct NoRecord {
  bool record(JournalEntry const&) { return true; }
  bool commit() { return true; }
};

using Loop = EpochLoop<TwinPlant, NoRecord>;

struct Outcome {
  std::uint64_t state_hash{};
  std::uint64_t led_pulses{};
  std::vector<std::uint8_t> answers;
  friend bool operator==(Outcome const&, Outcome const&) = default;
};

constexpr SimTime end{10 * ns_per_s};

/// A visit that crosses the ports at 2, 3, 5 and 8 s: whole seconds are instants of both pacings.
void feed(Loop& loop) {
  switch ((loop.now() + loop.epoch()).ns()) {
    case 2 * ns_per_s:
      loop.open("optical");
      break;
    case 3 * ns_per_s:
      loop.receive(1, set_clock);
      break;
    case 5 * ns_per_s:
      loop.receive(1, get_type);
      break;
    case 8 * ns_per_s:
      loop.close(1);
      break;
    default:
      break;
  }
}

std::unique_ptr<Twin> noisy_twin(Tier tier) {
  auto front_end = test::physical_front_end();
  for (auto& adc : front_end.adc) {
    adc.u_noise_v = 0.005;
    adc.i_noise_a = 0.0002;
  }
  return test::started_twin(test::twin_config(tier, front_end), test::balanced_point(230.0, 100.0, 0.3));
}

/// @param drive runs epochs of the loop, by calling its argument, until the end
Outcome run(Tier tier, Pacing const& pacing, std::function<void(std::function<bool()> const&)> const& drive) {
  auto const twin = noisy_twin(tier);
  twin->set_line_ratio(line_ratio_ppm(pacing));
  TwinPlant plant{twin.get()};
  NoRecord record;
  Loop loop{plant, record, epoch_of(pacing)};
  Outcome outcome;
  drive([&] {
    feed(loop);
    auto const ran = loop.run_epoch([&](std::uint32_t, ByteSpan bytes) {
      outcome.answers.insert(outcome.answers.end(), bytes.begin(), bytes.end());
    });
    REQUIRE(ran == Loop::Outcome::ran);
    return loop.now() < end;
  });
  outcome.state_hash = twin->state_hash();
  outcome.led_pulses = twin->led_pulses();
  return outcome;
}

Outcome run_free(Tier tier) {
  return run(tier, {Pacing::Kind::free, 1'000'000}, [](auto const& run_epoch) {
    while (run_epoch()) {
    }
  });
}

/// A host that looks at its clock every 37 ms and catches up with what is due.
Outcome run_paced(Tier tier) {
  Pacing const pacing{Pacing::Kind::real, 1'000'000};
  return run(tier, pacing, [&](auto const& run_epoch) {
    HostPacer const pacer{pacing, HostInstant{}};
    std::int64_t epochs = 0;
    bool goes_on = true;
    for (HostInstant now{}; goes_on; now += HostInstant{37 * ns_per_ms}) {
      for (; goes_on && epochs < pacer.epochs_due(now); ++epochs) {
        goes_on = run_epoch();
      }
    }
  });
}

}  // namespace

TEST_CASE("pacing: a twin ends alike free running and paced when the same octets come at the same instants") {
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  CAPTURE(static_cast<int>(tier));
  auto const free = run_free(tier);
  CHECK(run_paced(tier) == free);
  REQUIRE_FALSE(free.answers.empty());
  CHECK(free.answers[0] == 0x06);  // the clock was set: the visit did change the meter
  CHECK(free.led_pulses > 0);
}

#include <catch2/catch.hpp>

#include <blondel/base/time.hpp>
#include <blondel/frontend/front_end.hpp>
#include <blondel/meter/register_def.hpp>

#include "core/metrology/sample_pipeline.hpp"
#include "support/meter_fixture.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>

namespace {

/// Calls of operator new in this program. Tests run on one thread.
std::int64_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (auto* const memory = std::malloc(size)) {
    return memory;
  }
  throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

using namespace blondel;

namespace {

/// 230 V, power factor 0.9 inductive, a current that differs from minute to minute, reversed every seventh.
OperatingPoint point_of_minute(int minute) {
  OperatingPoint point;
  for (std::size_t n = 0; n < point.phase.size(); ++n) {
    auto& phase = point.phase[n];
    phase.u = Volts{230.0};
    phase.u_angle = Radians{-2.0943951 * static_cast<double>(n)};
    phase.i = Amps{1.0 + minute % 100};
    phase.lag = Radians{minute % 7 == 0 ? 3.6 : 0.45};
  }
  return point;
}

}  // namespace

TEST_CASE("no allocation: the counter sees an allocation") {
  auto const before = allocations;
  auto const one = std::make_unique<int>(1);
  CHECK(*one == 1);
  CHECK(allocations - before == 1);
}

TEST_CASE("no allocation: a day of the core behind the interval tier needs no heap") {
  test::MeterFixture fixture;
  fixture.nv.reserve();
  IntervalFrontEnd front_end{AccuracySurface{}, 40.0, SimTime{}};
  bool accepted = true;
  std::int64_t registers_read = 0;

  auto const before = allocations;
  for (int minute = 0; minute < 24 * 60; ++minute) {
    front_end.set_signals(line_signals(point_of_minute(minute)));
    auto const until = SimTime{} + SimDuration::seconds(60) * (minute + 1);
    while (fixture.meter.next_deadline() < until) {
      auto const due = fixture.meter.next_deadline();
      auto const part = front_end.accrue(due);
      accepted &= part.span == SimDuration{} || fixture.meter.handle_increment(part, due).has_value();
      fixture.meter.handle_deadline(due);
    }
    accepted &= fixture.meter.handle_increment(front_end.accrue(until), until).has_value();
    for (auto const& row : catalogue()) {
      registers_read += fixture.meter.access().read({row.id}, Level::open).has_value() ? 1 : 0;
    }
  }
  auto const made = allocations - before;

  CHECK(made == 0);
  CHECK(accepted);
  CHECK(registers_read == 1440 * static_cast<std::int64_t>(register_count));
  CHECK(fixture.native(RegisterId::active_energy_import) > 0);
}

TEST_CASE("no allocation: losing and finding the supply needs no heap") {
  test::MeterFixture fixture;
  fixture.nv.reserve();
  auto const before = allocations;
  auto const down = fixture.meter.power_down(SimTime{} + SimDuration::seconds(1));
  auto const up = fixture.meter.power_up(SimTime{} + SimDuration::seconds(2));
  auto const made = allocations - before;
  CHECK(made == 0);
  CHECK(down.has_value());
  CHECK(up.has_value());
}

TEST_CASE("no allocation: the sample pipeline needs no heap") {
  // 20 periods of 160 samples: 325.27 V and 7.07 A peak in codes of 1000 V and 20 A full scale.
  std::array<SampleFrame, 160> period{};
  for (std::size_t n = 0; n < period.size(); ++n) {
    auto const angle = 6.283185307179586 * static_cast<double>(n) / 160.0;
    for (std::size_t e = 0; e < period[n].u.size(); ++e) {
      auto const phase_angle = angle - 2.0943951 * static_cast<double>(e);
      period[n].u[e] = static_cast<std::int32_t>(2'728'555 * std::sin(phase_angle));
      period[n].i[e] = static_cast<std::int32_t>(2'965'821 * std::sin(phase_angle));
    }
  }
  auto const state = std::make_unique<MeasuringState>();
  std::array const calibration{test::ideal_calibration, test::ideal_calibration, test::ideal_calibration};
  int cycles = 0;

  auto const before = allocations;
  SamplePipeline pipeline{*state, MeasuringSetup{}, calibration};
  for (int n = 0; n < 20; ++n) {
    std::span<SampleFrame const> rest{period};
    while (!rest.empty()) {
      ElementIncrement increment;
      auto const progress = pipeline.process(rest, increment);
      cycles += progress.closed ? 1 : 0;
      rest = rest.subspan(progress.consumed);
    }
  }
  auto const made = allocations - before;

  CHECK(made == 0);
  CHECK(cycles >= 18);
}

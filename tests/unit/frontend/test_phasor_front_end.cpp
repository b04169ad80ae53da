#include <blondel/frontend/front_end.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using blondel::FrontEndModel;
using blondel::Hertz;
using blondel::line_signals;
using blondel::PhasorFrontEnd;
using blondel::SimDuration;
using blondel::SimTime;
using blondel::Volts;
using blondel::test::balanced;
using blondel::test::within;

namespace {

SimTime at_us(std::int64_t us) {
  return SimTime{us * 1'000};
}

}  // namespace

TEST_CASE("phasor: a cycle gives its energy, and remainders are carried from cycle to cycle") {
  // 230 V * 1/3 A = 76.6667 W: 1 533 333.3 uJ a cycle, 4 600 000 in three
  PhasorFrontEnd front_end{{}, {}, 1.0, 1, 0, SimTime{}};
  front_end.set_signals(line_signals(balanced(1.0 / 3.0)), SimTime{});
  std::int64_t sum_uj = 0;
  for (int n = 0; n < 3; ++n) {
    CHECK(front_end.cycle_end() == at_us(20'000 * (n + 1)));
    auto const cycle = front_end.cycle();
    CHECK(cycle.span == SimDuration::milliseconds(20));
    CHECK(cycle.element[1].active_uj == within(1'533'333, 1));
    CHECK(cycle.element[1].i_ua == 333'333);
    sum_uj += cycle.element[1].active_uj;
  }
  CHECK(sum_uj == within(4'600'000, 1));
}

TEST_CASE("phasor: cycles of no whole nanoseconds do not drift") {
  // 60 cycles of 16 666 666.67 ns are a second
  PhasorFrontEnd front_end{{}, {}, 1.0, 1, 0, SimTime{}};
  auto point = balanced(1.0);
  point.frequency = Hertz{60.0};
  front_end.set_signals(line_signals(point), SimTime{});
  for (int n = 0; n < 59; ++n) {
    static_cast<void>(front_end.cycle());
  }
  CHECK(front_end.cycle_end() == at_us(1'000'000));
}

TEST_CASE("phasor: a cycle with a change has the energy of its parts and their rms value") {
  // A quarter of the cycle at 115 V, the rest at 230 V, 2 A: 2 * (115 * 5 + 230 * 15) = 8050 mJ;
  // sqrt((115^2 + 3 * 230^2) / 4) = 207.3192 V
  PhasorFrontEnd front_end{{}, {}, 1.0, 1, 0, SimTime{}};
  front_end.set_signals(line_signals(balanced(2.0, 0.0, 115.0)), SimTime{});
  front_end.set_signals(line_signals(balanced(2.0)), at_us(5'000));
  CHECK(front_end.cycle_end() == at_us(20'000));
  auto const cycle = front_end.cycle();
  CHECK(cycle.span == SimDuration::milliseconds(20));
  CHECK(cycle.element[0].active_uj == within(8'050'000, 1));
  CHECK(cycle.element[0].u_mv == 207'319);
  CHECK(cycle.element[0].i_ua == 2'000'000);
  CHECK(front_end.cycle().element[0].u_mv == 230'000);
}

TEST_CASE("phasor: a change of frequency turns what is left of the cycle at its own speed") {
  // Half a cycle at 50 Hz, half at 40 Hz: 10 ms + 12.5 ms
  PhasorFrontEnd front_end{{}, {}, 1.0, 1, 0, SimTime{}};
  auto point = balanced(1.0);
  front_end.set_signals(line_signals(point), SimTime{});
  point.frequency = Hertz{40.0};
  front_end.set_signals(line_signals(point), at_us(10'000));
  CHECK(front_end.cycle_end() == at_us(22'500));
  CHECK(front_end.cycle().frequency_mhz == 40'000);
}

TEST_CASE("phasor: a cut hands over the open cycle and begins another") {
  PhasorFrontEnd front_end{{}, {}, 1.0, 1, 0, SimTime{}};
  front_end.set_signals(line_signals(balanced(1.0)), SimTime{});
  auto const part = front_end.cut(at_us(3'000));
  CHECK(part.span == SimDuration::milliseconds(3));
  CHECK(part.element[2].active_uj == within(690'000, 1));
  CHECK(front_end.cycle_end() == at_us(23'000));
  CHECK(front_end.cut(at_us(3'000)).span == SimDuration{});
}

TEST_CASE("phasor: noise is keyed by seed and element, and a span takes its share of it") {
  FrontEndModel model;
  for (auto& adc : model.adc) {
    adc.i_noise_a = 1e-3;
  }
  auto const cycle_of = [&](std::uint64_t seed) {
    PhasorFrontEnd front_end{{}, model, 1.0, seed, 0, SimTime{}};
    front_end.set_signals(line_signals(balanced(1.0)), SimTime{});
    return front_end.cycle();
  };
  auto const once = cycle_of(1);
  CHECK(once.element[0].active_uj == cycle_of(1).element[0].active_uj);
  CHECK(once.element[0].active_uj != cycle_of(2).element[0].active_uj);
  CHECK(once.element[0].active_uj != once.element[1].active_uj);
  // 230 V * 1 mA * sqrt(20 ms / 8 kHz) = 364 uJ, bounded by 3.46 of it; in 1 ns nothing of it is left
  CHECK(once.element[0].active_uj == within(4'600'000, 1'260));
  PhasorFrontEnd front_end{{}, model, 1.0, 1, 0, SimTime{}};
  front_end.set_signals(line_signals(balanced(1.0)), SimTime{});
  CHECK(front_end.cut(SimTime{1}).element[0].active_uj == within(0, 1));
}

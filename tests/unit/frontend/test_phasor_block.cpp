#include <blondel/base/rng.hpp>
#include <blondel/frontend/front_end.hpp>
#include <blondel/frontend/phasor_block.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <vector>

using namespace blondel;
using blondel::test::within;

namespace {

constexpr std::uint64_t seed = 20261121;

/// Every number of it at random, the influences so large that none is lost in rounding.
AccuracySurface random_surface() {
  RandomStream random{seed, 0, "test.surface"};
  auto const fill = [&random](auto& values, double size) {
    for (auto& value : values) {
      value = {size * (random.uniform() - 0.5), size * (random.uniform() - 0.5)};
    }
  };
  AccuracySurface surface;
  for (auto& element : surface.element) {
    fill(element.gain_error, 0.02);
    fill(element.voltage_v.at, 0.01);
    for (auto& rows : element.drift) {
      for (auto& row : rows) {
        fill(row, 0.01);
      }
    }
    element.drift_error = {{{0.001, -0.002}, {0.002, -0.001}, {0.003, 0.0}, {0.004, 0.002}}};
    element.crosstalk = {1e-5 * random.uniform(), 1e-5 * random.uniform(), 1e-5 * random.uniform()};
  }
  return surface;
}

/// Steps with all angles, currents from below to beyond the surface's grid, and now and then nothing at all.
std::unique_ptr<PhasorBlock> random_block(std::uint64_t number, Hertz frequency, Celsius temperature) {
  RandomStream random{seed, number, "test.block"};
  auto block = std::make_unique<PhasorBlock>();
  block->frequency = frequency;
  block->temperature = temperature;
  for (auto& element : block->element) {
    for (std::size_t n = 0; n < PhasorBlock::steps_max; ++n) {
      auto const u_v = n % 16 == 3 ? 0.0 : n % 16 == 5 ? 230.0 : 500.0 * random.uniform();
      auto const i_a = n % 16 == 7 ? 0.0 : 1e-3 * std::exp2(16.0 * random.uniform());
      auto const u_angle = n % 16 == 5 ? 0.0 : 6.28 * random.uniform();
      auto const i_angle = 6.28 * random.uniform();
      element.u_real_v[n] = u_v * std::cos(u_angle);
      element.u_imaginary_v[n] = u_v * std::sin(u_angle);
      element.i_real_a[n] = i_a * std::cos(i_angle);
      element.i_imaginary_a[n] = i_a * std::sin(i_angle);
    }
  }
  return block;
}

Signals signals_of(PhasorBlock const& block, std::size_t n) {
  Signals signals{.frequency = block.frequency,
                  .temperature = block.temperature,
                  .count = 1,
                  .component = {SignalComponent{.quarters = fundamental_quarters}}};
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& element = block.element[k];
    signals.component[0].u_v[k] = {element.u_real_v[n], element.u_imaginary_v[n]};
    signals.component[0].i_a[k] = {element.i_real_a[n], element.i_imaginary_a[n]};
  }
  return signals;
}

bool is_same(ElementIncrement const& a, ElementIncrement const& b) {
  auto const is_same_share = [](ElementShare const& x, ElementShare const& y) {
    return x.active_uj == y.active_uj && x.reactive_uvars == y.reactive_uvars &&
           x.apparent_uvas == y.apparent_uvas && x.u_mv == y.u_mv && x.i_ua == y.i_ua;
  };
  return a.span == b.span &&
         std::equal(a.element.begin(), a.element.end(), b.element.begin(), is_same_share) &&
         a.i_neutral_ua == b.i_neutral_ua && a.frequency_mhz == b.frequency_mhz &&
         a.reversed_sequence == b.reversed_sequence;
}

bool has(InstructionSet set) {
  return set <= best_instruction_set();
}

/// Two blocks under different conditions, with a point set by hand before, between and after; point by point
/// it is the reference. @return the first step that differs, or how many there are
std::size_t same_steps(InstructionSet set, SimDuration span, std::size_t count) {
  auto const surface = random_surface();
  MeasuredRates one{surface, 40.0};
  MeasuredRates many{surface, 40.0};
  std::vector<ElementIncrement> increments(count);
  std::size_t same = 0;
  for (std::uint64_t number = 0; number < 2; ++number) {
    auto const block = number == 0 ? random_block(0, Hertz{50.0}, Celsius{23.0})
                                   : random_block(1, Hertz{49.3}, Celsius{-17.0});
    many.add(1, 12345678901234567, -12345678901234567);
    one.add(1, 12345678901234567, -12345678901234567);
    many.take(*block, span, increments, set);
    for (std::size_t n = 0; n < count; ++n, ++same) {
      one.set_signals(signals_of(*block, n));
      if (!is_same(one.take(span), increments[n])) {
        return same;
      }
    }
  }
  return same;
}

}  // namespace

TEST_CASE("frontend: a block of steps gives the bits of single points with every instruction set") {
  for (auto const set : {InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512}) {
    if (has(set)) {
      CAPTURE(static_cast<int>(set));
      CHECK(same_steps(set, SimDuration::seconds(1), PhasorBlock::steps_max) == 2 * PhasorBlock::steps_max);
      CHECK(same_steps(set, SimDuration::seconds(4), 13) == 26);
      CHECK(same_steps(set, SimDuration::seconds(900), 100) == 200);
      CHECK(same_steps(set, SimDuration{1'234'567'891}, 3) == 6);
    }
  }
}

TEST_CASE("frontend: the point that was set holds again after a block") {
  auto const block = random_block(2, Hertz{50.0}, Celsius{60.0});
  MeasuredRates rates{random_surface(), 1.0};
  auto point = blondel::test::balanced(5.0);
  rates.set_signals(line_signals(point));
  auto const before = rates.take(SimDuration::seconds(1));
  std::vector<ElementIncrement> increments(8);
  rates.take(*block, SimDuration::seconds(1), increments);
  auto const after = rates.take(SimDuration::seconds(1));
  // The rests of the steps between may carry one unit over.
  CHECK(after.element[0].active_uj == within(static_cast<double>(before.element[0].active_uj), 1));
  CHECK(after.element[2].u_mv == before.element[2].u_mv);
}

TEST_CASE("frontend: a block takes powers at the nominal angles") {
  // 1150 W and 690 var at 230 V: I = 5 - 3j A in the voltage's own frame, sqrt(34) = 5.830952 A, 1341.118935
  // VA; L2 has no voltage and therefore no current; L3 exports at 200 V: -400 W, 0 var, 2 A.
  auto block = std::make_unique<PhasorBlock>();
  block->element[0].set_powers(0, std::array{230.0}, std::array{1150.0}, std::array{690.0});
  block->element[1].set_powers(1, std::array{0.0}, std::array{100.0}, std::array{0.0});
  block->element[2].set_powers(2, std::array{200.0}, std::array{-400.0}, std::array{0.0});
  std::vector<ElementIncrement> increments(1);
  MeasuredRates{{}, 1.0}.take(*block, SimDuration::seconds(1), increments);
  auto const& share = increments[0].element;
  CHECK(share[0].active_uj == within(1'150'000'000, 1));
  CHECK(share[0].reactive_uvars == within(690'000'000, 1));
  CHECK(share[0].apparent_uvas == within(1'341'118'935, 1));
  CHECK(share[0].i_ua == 5'830'952);
  CHECK(share[1].u_mv == 0);
  CHECK(share[1].i_ua == 0);
  CHECK(share[1].active_uj == 0);
  CHECK(share[2].active_uj == within(-400'000'000, 1));
  CHECK(share[2].reactive_uvars == within(0, 1));
  // L1 5 - 3j, L3 at 120 deg reversed: -2 (-0.5 + 0.8660254j) = 1 - 1.7320508j; sum 6 - 4.7320508j
  CHECK(increments[0].i_neutral_ua == 7'641'486);
  CHECK_FALSE(increments[0].reversed_sequence);
}

TEST_CASE("frontend: prepared cubics are those of the accuracy surface") {
  // Two formulations of one interpolation; the gain of a current alone shows in P and Q at U.
  auto surface = random_surface();
  for (auto& element : surface.element) {
    element.crosstalk = {};
  }
  MeasuredRates rates{surface, 1.0};
  auto const block = random_block(3, Hertz{51.1}, Celsius{44.0});
  for (std::size_t n = 0; n < PhasorBlock::steps_max; ++n) {
    auto const signals = signals_of(*block, n);
    rates.set_signals(signals);
    for (std::size_t k = 0; k < element_count; ++k) {
      auto const u = signals.component[0].u_v[k];
      auto const i = signals.component[0].i_a[k];
      auto const expected = u * std::conj(i) * surface.gain(k, std::abs(i), signals);
      auto const size = std::abs(u) * std::abs(i);
      CAPTURE(n, k);
      CHECK(std::abs(rates.element(k).active_w - expected.real()) <= 1e-13 * size);
      CHECK(std::abs(rates.element(k).reactive_var - expected.imag()) <= 1e-13 * size);
    }
  }
}

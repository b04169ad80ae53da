#include <frontend/ct/hysteresis.hpp>
#include <unit/frontend/frontend_points.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>
#include <vector>

using namespace blondel;
using blondel::test::within;

namespace {

// Ms 0.98e6 A/m, a 4 A/m, k 1.5 A/m, c 0.2, alpha 5e-6: metrology.md 3.1
HysteresisModel nanocrystalline(double pinning_a_per_m = 1.5) {
  return {.present = true, .pinning_a_per_m = pinning_a_per_m};
}

struct Point {
  double h_a_per_m;
  double b_t;
};

/// Walks He to a value in small steps and appends every point.
void walk(HysteresisCore const& core, HysteresisCore::State& state, double to, std::vector<Point>& points) {
  constexpr int steps = 2000;
  auto const from = state.effective_a_per_m;
  for (int n = 1; n <= steps; ++n) {
    state = core.moved(state, n == steps ? to : from + (to - from) * n / steps);
    points.push_back({core.field_a_per_m(state), core.flux_density_t(state)});
  }
}

/// The integral of H dB along points, J/m3.
double energy_density(std::vector<Point> const& points) {
  double sum = 0.0;
  for (std::size_t n = 1; n < points.size(); ++n) {
    sum += 0.5 * (points[n].h_a_per_m + points[n - 1].h_a_per_m) * (points[n].b_t - points[n - 1].b_t);
  }
  return sum;
}

/// The third cycle between plus and minus an effective field, from the positive tip on.
std::vector<Point> third_cycle(HysteresisCore const& core, double amplitude_a_per_m) {
  HysteresisCore::State state;
  std::vector<Point> points;
  for (double const tip : {1.0, -1.0, 1.0, -1.0, 1.0}) {
    walk(core, state, tip * amplitude_a_per_m, points);
  }
  std::vector<Point> cycle{points.back()};
  walk(core, state, -amplitude_a_per_m, cycle);
  walk(core, state, amplitude_a_per_m, cycle);
  return cycle;
}

/// The field where the flux density of a falling branch is closest to zero.
double coercive_field(std::vector<Point> const& cycle) {
  Point best = cycle.front();
  for (std::size_t n = 0; n < cycle.size() / 2; ++n) {
    best = std::abs(cycle[n].b_t) < std::abs(best.b_t) ? cycle[n] : best;
  }
  return best.h_a_per_m;
}

/// A ring of 60 turns, 300 mm2, 220 mm with the core above, 0.15 ohm around it, 125 us a sample.
CtModel ring(double pinning_a_per_m = 1.5) {
  CtModel model;
  model.turns = 60;
  model.core_area_m2 = 300e-6;
  model.core_length_m = 0.22;
  model.winding = Ohms{0.05};
  model.burden = Ohms{0.1};
  model.loss = Ohms{1e9};  // hysteresis alone
  model.hysteresis = nanocrystalline(pinning_a_per_m);
  return model;
}

constexpr double interval_s = 125e-6;
constexpr double loop_ohm = 0.15;

HysteresisCt transformer(CtModel const& model) {
  HysteresisCt ct{model};
  ct.set_law(make_ct_law(model, Ohms{}, Celsius{23.0}, interval_s));
  ct.start(0.0, 0.0);
  return ct;
}

double sine(int n) {
  return std::sin(2 * std::numbers::pi * n / 160);
}

}  // namespace

TEST_CASE("hysteresis: the Langevin function to the last digits") {
  // coth x - 1/x, in Python
  CHECK(langevin(0.0) == 0.0);
  CHECK(langevin(0.1) == within(0.0333111322539903, 1e-15));
  CHECK(langevin(-1.0) == within(-0.31303528549933146, 1e-15));
  CHECK(langevin(10.0) == within(0.9000000041223074, 1e-15));
  CHECK(langevin(19.999) == within(1 - 1 / 19.999, 1e-15));  // coth 19.999 - 1 = 9e-18
  CHECK(langevin(30.0) == within(0.9666666666666667, 1e-15));
}

// A Runge-Kutta integration of dMirr/dHe with 200000 steps a branch, in Python, finds the loops below.

TEST_CASE("hysteresis: the major loop has its tip, its coercive field and its area") {
  auto const cycle = third_cycle(HysteresisCore{nanocrystalline()}, 40.0);
  CHECK(cycle.front().h_a_per_m == within(35.60595, 1e-3));
  CHECK(cycle.front().b_t == within(1.104390, 1e-4));
  CHECK(coercive_field(cycle) == within(-1.1771, 0.02));  // a step of the walk is 0.02 A/m
  CHECK(energy_density(cycle) == within(5.28969, 5e-3));
}

TEST_CASE("hysteresis: a loop closes in steady state and turns so that it costs energy") {
  auto const cycle = third_cycle(HysteresisCore{nanocrystalline()}, 40.0);
  CHECK(cycle.back().b_t == within(cycle.front().b_t, 1e-9));
  CHECK(cycle.back().h_a_per_m == within(cycle.front().h_a_per_m, 1e-6));
  auto const small = third_cycle(HysteresisCore{nanocrystalline()}, 2.0);
  CHECK(energy_density(small) == within(0.23273, 1e-3));
}

TEST_CASE("hysteresis: without pinning the core follows its anhysteretic curve") {
  // M = Ms L((H + alpha M) / a) by fixed point in Python: B at H = 0.5, 2 and 10 A/m
  HysteresisCore const core{nanocrystalline(1e-3)};
  for (auto const& [h_a_per_m, b_t] :
       {Point{0.5, 0.0862946067}, Point{2.0, 0.3228374037}, Point{10.0, 0.8683606078}}) {
    HysteresisCore::State state;
    std::vector<Point> points;
    walk(core, state, 20.0, points);   // there,
    walk(core, state, -20.0, points);  // back,
    // and up to the field asked for
    double low = -20.0;
    double high = 20.0;
    for (int n = 0; n < 60; ++n) {
      auto const middle = 0.5 * (low + high);
      (core.field_a_per_m(core.moved(state, middle)) < h_a_per_m ? low : high) = middle;
    }
    // the lag of k = 1 mA/m on a slope of at most 0.2 T per A/m
    CHECK(core.flux_density_t(core.moved(state, low)) == within(b_t, 3e-4));
  }
}

TEST_CASE("hysteresis: where the walk turns the susceptibility is the reversible one, never negative") {
  HysteresisCore const core{nanocrystalline()};
  auto const up = core.moved({}, 3.0);
  // c Ms / a L'(0.75); L'(x) = 1/x^2 - 1/sinh^2 x = 1.7777778 - 1.4788419
  CHECK(core.susceptibility(up, -1.0) == within(0.2 * 0.98e6 / 4 * 0.2989359, 1.0));
  CHECK(core.susceptibility(up, 1.0) > core.susceptibility(up, -1.0));
}

TEST_CASE("hysteresis: the transformer loses per cycle what its loop encloses") {
  auto const model = ring();
  auto ct = transformer(model);
  double energy_j = 0.0;  // what the magnetising current takes out of the circuit: the integral of ie d(flux)
  double top_wb = 0.0;
  double bottom_wb = 0.0;
  for (int n = 0; n < 160 * 20; ++n) {
    auto const flux_wb = ct.flux_wb();
    auto const excitation_a = ct.excitation_a();
    (void)ct.step(60.0 * 5 * std::numbers::sqrt2 * sine(n + 40));  // from its peak: flux without offset
    if (n >= 160 * 19) {
      energy_j += 0.5 * (excitation_a + ct.excitation_a()) * (ct.flux_wb() - flux_wb);
      top_wb = std::max(top_wb, ct.flux_wb());
      bottom_wb = std::min(bottom_wb, ct.flux_wb());
    }
  }
  auto const loop_t = 0.5 * (top_wb - bottom_wb) / (60 * 300e-6);
  // Flux is 0.15 ohm * 5 A / (314.159 Hz) * sqrt 2: 0.1876 T over 60 turns and 300 mm2, less 0.2 %
  CHECK(loop_t == within(0.1876, 2e-3));
  // The loop between the same flux densities, walked alone
  HysteresisCore const core{model.hysteresis};
  double low = 0.0;
  double high = 40.0;
  for (int n = 0; n < 60; ++n) {
    auto const middle = 0.5 * (low + high);
    (third_cycle(core, middle).front().b_t < loop_t ? low : high) = middle;
  }
  auto const density_j_per_m3 = energy_density(third_cycle(core, low));
  CHECK(density_j_per_m3 > 0.1);
  CHECK(energy_j == Approx(density_j_per_m3 * 300e-6 * 0.22).epsilon(0.01));
}

TEST_CASE("hysteresis: an interrupted current leaves flux that falls to remanence and stays") {
  auto ct = transformer(ring());
  for (int n = 0; n < 40 + 160; ++n) {
    (void)ct.step(60.0 * 40 * std::numbers::sqrt2 * sine(n));  // 8 times rated, so the flux goes to its knee
  }
  for (int n = 0; n < 160 && std::abs(ct.flux_wb()) < 0.7 * 300e-6 * 60; ++n) {
    (void)ct.step(60.0 * 40 * std::numbers::sqrt2 * sine(40 + n));
  }
  auto const peak_wb = ct.flux_wb();
  REQUIRE(std::abs(peak_wb) > 0.6 * 300e-6 * 60);
  // From now on only the loop's resistance works on the flux: d(flux) = -(Rct + Rb) ie dt
  double fallen_wb = 0.0;
  (void)ct.step(0.0);  // the sample in which the current ends
  auto const from_wb = ct.flux_wb();
  auto last_wb = std::abs(from_wb);
  for (int n = 0; n < 8000 * 60; ++n) {
    auto const before_a = ct.excitation_a();
    (void)ct.step(0.0);
    fallen_wb += loop_ohm * interval_s * 0.5 * (before_a + ct.excitation_a());
    REQUIRE(std::abs(ct.flux_wb()) <= last_wb);
    last_wb = std::abs(ct.flux_wb());
  }
  CHECK(from_wb - ct.flux_wb() == Approx(fallen_wb).epsilon(1e-6));
  CHECK(std::abs(ct.excitation_a()) < 1e-6);  // the field is gone, the flux is not
  CHECK(last_wb > 0.1 * std::abs(from_wb));
  CHECK(last_wb < 0.9 * std::abs(from_wb));
}

TEST_CASE("hysteresis: 20 times the largest current with full direct offset for half a second is survived") {
  auto ct = transformer(ring());
  double largest_a = 0.0;
  for (int n = 0; n < 4000; ++n) {
    auto const offset = std::exp(-n * interval_s / 0.1);
    auto const out_a =
        ct.step(60.0 * 120 * std::numbers::sqrt2 * (std::cos(2 * std::numbers::pi * n / 160) - offset));
    REQUIRE(std::isfinite(out_a));
    largest_a = std::max(largest_a, std::abs(out_a));
  }
  // Never more than what stands at the primary: 2 * 120 A * sqrt 2, and the trapezoid's first overshoot
  CHECK(largest_a < 1.5 * 2 * 120 * std::numbers::sqrt2);
  CHECK(std::abs(ct.flux_wb()) < 2.0 * 300e-6 * 60);
}

TEST_CASE("hysteresis: an unmagnetised core that starts at a flux stands on its first curve") {
  HysteresisCt ct{ring()};
  ct.set_law(make_ct_law(ring(), Ohms{}, Celsius{23.0}, interval_s));
  ct.start(0.3 * 300e-6 * 60, 0.0);
  HysteresisCore const core{nanocrystalline()};
  HysteresisCore::State state;
  std::vector<Point> points;
  walk(core, state, 20.0, points);
  Point before{};
  for (auto const& point : points) {
    if (point.b_t > 0.3) {
      break;
    }
    before = point;
  }
  // ie = H l / N, H within a step of the walk, 0.01 A/m
  CHECK(ct.excitation_a() == within(before.h_a_per_m * 0.22 / 60, 0.01 * 0.22 / 60));
}

/// The cheaper tiers, one meter: blocks of steps of one second, each with an operating point of its own, a
/// single such step of one second with an operating point of its own, and a cycle of the phasor tier at a
/// point that stays. Both end in the registers of the core.

#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <span>
#include <vector>

#include <blondel/frontend/front_end.hpp>
#include <blondel/meter/meter.hpp>

#include "core/meter/meter_state.hpp"
#include "timing.hpp"
#include "twin/factory.hpp"
#include "twin/ram_nv.hpp"

namespace {

using namespace blondel;

/// One element's input of a step.
struct Given {
  double u_v, i_a, lag_rad;
};
using Step = std::array<Given, element_count>;

std::vector<Step> made_steps(std::size_t count) {
  RandomStream random{1, 0, "bench.tiers"};
  std::vector<Step> steps(count);
  for (auto& step : steps) {
    for (auto& given : step) {
      given = {207.0 + 46.0 * random.uniform(), 0.01 * std::exp2(9.0 * random.uniform()),
               2.0 * random.uniform() - 1.0};
    }
  }
  return steps;
}

/// U, I, phi to phasors; the first component is all there is.
void set_phasors(Signals& signals, Step const& step) {
  constexpr double root_3_half = 0.86602540378443864676;
  constexpr std::array<std::complex<double>, element_count> turn{
      {{1.0, 0.0}, {-0.5, -root_3_half}, {-0.5, root_3_half}}};
  auto& fundamental = signals.component[0];
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& given = step[k];
    fundamental.u_v[k] = turn[k] * given.u_v;
    fundamental.i_a[k] =
        turn[k] * std::complex{given.i_a * std::cos(given.lag_rad), -given.i_a * std::sin(given.lag_rad)};
  }
}

/// A meter under power with memory in RAM.
struct Core {
  Core() {
    config.type = *parse_type_number("68535CC423010", DataSheet::english);
    config.configuration = *parse_configuration({"31000162", "42301011", "00001000", "00000101", "00000111"},
                                                config.type, DataSheet::english);
    config.nominal_calibration = nominal_calibration({});
    Nameplate const nameplate{.production_time = {.year = 2026, .month = 1, .day = 5}};
    powered = meter.manufacture(nameplate, SimTime{}) && meter.power_up(SimTime{});
    state.sealed = true;  // as in the field: the service measurement is over
  }
  MeterConfig config;
  MeterState state;
  RamNv nv;
  Meter meter{state, config, nv};
  bool powered{};
};

/// A fleet's use: U, P, Q from memory, a point of its own each second, block by block, meter by meter.
bool bench_blocks(AccuracySurface const& surface, InstructionSet set, char const* name, double reference) {
  constexpr std::size_t count = PhasorBlock::steps_max;
  constexpr std::size_t meters = 16;
  auto const steps = made_steps(count * meters);
  std::array<std::array<std::vector<double>, 3>, element_count> columns;
  for (auto const& step : steps) {
    for (std::size_t k = 0; k < element_count; ++k) {
      auto const [u_v, i_a, lag_rad] = step[k];
      columns[k][0].push_back(u_v);
      columns[k][1].push_back(u_v * i_a * std::cos(lag_rad));
      columns[k][2].push_back(u_v * i_a * std::sin(lag_rad));
    }
  }
  std::vector<Core> cores(meters);
  std::vector<MeasuredRates> rates(meters, MeasuredRates{surface, 1.0});
  auto const block = std::make_unique<PhasorBlock>();
  block->temperature = Celsius{31.0};
  std::array<ElementIncrement, count> increments;
  bool good = true;
  SimTime now;
  auto const run = [&](bool with_core) {
    for (std::size_t m = 0; m < meters; ++m) {
      for (std::size_t k = 0; k < element_count; ++k) {
        auto const part = [&](std::size_t n) { return std::span{columns[k][n]}.subspan(m * count, count); };
        block->element[k].set_powers(k, part(0), part(1), part(2));
      }
      rates[m].take(*block, SimDuration::seconds(1), increments, set);
      for (std::size_t n = 0; n < count && with_core; ++n) {
        auto const end = now + SimDuration::seconds(static_cast<std::int64_t>(n) + 1);
        good = cores[m].meter.handle_increment(increments[n], end).has_value() && good;
      }
    }
    now = now + SimDuration::seconds(with_core ? static_cast<std::int64_t>(count) : 0);
  };
  auto const units = static_cast<double>(steps.size());
  auto const rates_ns = bench::best_ns(100, units, [&] { run(false); });
  auto const all_ns = bench::best_ns(100, units, [&] { run(true); });
  std::printf(
      "blocks of %zu steps of 1 s, U, P, Q from memory, %s: rates %.1f ns = %.1f M steps/s, %.2f x "
      "calibration; with "
      "core %.1f ns = %.1f M steps/s, %.1f x calibration\n",
      count, name, rates_ns, 1e3 / rates_ns, rates_ns / reference, all_ns, 1e3 / all_ns, all_ns / reference);
  return good;
}

/// @param noisy with the converters' noise on
bool bench_cycles(AccuracySurface const& surface, FrontEndModel model, bool noisy, double reference) {
  Core core;
  if (noisy) {
    for (auto& adc : model.adc) {
      adc.u_noise_v = 0.01;
      adc.i_noise_a = 0.2e-3;
    }
  }
  PhasorFrontEnd front_end{surface, model, 1.0, 1, 0, SimTime{}};
  Signals signals{.count = 1, .component = {SignalComponent{.quarters = fundamental_quarters}}};
  set_phasors(signals, made_steps(1)[0]);
  front_end.set_signals(signals, SimTime{});
  constexpr int cycles = 50'000;
  bool good = core.powered;
  auto const ns = bench::best_ns(20, cycles, [&] {
    for (int n = 0; n < cycles; ++n) {
      auto const end = front_end.cycle_end();
      good = core.meter.handle_increment(front_end.cycle(), end).has_value() && good;
    }
  });
  std::printf(
      "phasor tier, a cycle at a point that stays, %s noise: %.1f ns, %.1f x calibration, %.0f x real time\n",
      noisy ? "with" : "without", ns, ns / reference, 20e6 / ns);
  return good;
}

}  // namespace

int main() {
  auto const reference = bench::calibration_ns();
  std::printf("calibration kernel: %.2f ns/unit\n", reference);

  FrontEndModel model;
  for (auto& crosstalk : model.crosstalk) {
    crosstalk.fill(3e-6);
  }
  Core core;
  auto const surface = fit_surface(model, core.config, core.config.nominal_calibration);
  auto const steps = made_steps(4096);
  Signals signals{.temperature = Celsius{31.0},
                  .count = 1,
                  .component = {SignalComponent{.quarters = fundamental_quarters}}};
  MeasuredRates rates{surface, 1.0};

  auto const phasors_ns = bench::best_ns(50, static_cast<double>(steps.size()), [&] {
    for (auto const& step : steps) {
      set_phasors(signals, step);
      asm volatile("" : : "r"(&signals) : "memory");
    }
  });
  auto const rates_ns = bench::best_ns(50, static_cast<double>(steps.size()), [&] {
    for (auto const& step : steps) {
      set_phasors(signals, step);
      rates.set_signals(signals);
    }
  });
  bool good = core.powered;
  SimTime now;
  auto const step_ns = bench::best_ns(50, static_cast<double>(steps.size()), [&] {
    for (auto const& step : steps) {
      set_phasors(signals, step);
      rates.set_signals(signals);
      now = now + SimDuration::seconds(1);
      good = core.meter.handle_increment(rates.take(SimDuration::seconds(1)), now).has_value() && good;
    }
  });
  std::printf("phasor step of 1 s with a point of its own: %.1f ns = %.1f M steps/s, %.1f x calibration\n",
              step_ns, 1e3 / step_ns, step_ns / reference);
  std::printf("  of it U, I, phi to phasors %.1f ns; surface and rates %.1f ns; increment and core %.1f ns\n",
              phasors_ns, rates_ns - phasors_ns, step_ns - rates_ns);
  auto const best = best_instruction_set();
  good = bench_blocks(surface, InstructionSet::baseline, "no AVX", reference) && good;
  good =
      (best < InstructionSet::avx2 || bench_blocks(surface, InstructionSet::avx2, "AVX2", reference)) && good;
  good = (best < InstructionSet::avx512 ||
          bench_blocks(surface, InstructionSet::avx512, "AVX-512", reference)) &&
         good;
  good = bench_cycles(surface, model, false, reference) && good;
  good = bench_cycles(surface, model, true, reference) && good;
  return good ? 0 : 1;
}

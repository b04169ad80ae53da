#include <lab/lot.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <string>

#include <blondel/base/rng.hpp>
#include <blondel/frontend/ratings.hpp>
#include <lab/parallel.hpp>
#include <lab/test_plan_tables.hpp>

namespace blondel {
namespace {

constexpr double reference_c = 23.0;

double limit_of(TestPlan const& plan, TestPoint const& wanted) {
  auto const kind = wanted.temperature_c == reference_c ? TestKind::intrinsic : TestKind::composite;
  for (auto const& point : plan.points) {
    if (point.kind == kind && point.quantity == TestQuantity::active_import &&
        point.load == TestLoad::balanced && !point.capacitive && point.factor == wanted.factor &&
        std::abs(point.current_a - wanted.current_a) < 1e-9 && point.temperature_c == wanted.temperature_c) {
      return point.limit;
    }
  }
  return 0.0;
}

/// Moves constants by what the calibration of a real bench leaves.
Result<void> leave_residuals(Bench& bench, TwinConfig const& meter) {
  auto constants = bench.constants();
  if (!constants) {
    return tl::unexpected{constants.error()};
  }
  auto const nominal_hz = nominal_frequency(meter.meter.type.phases);
  auto const samples_per_radian =
      meter.front_end.adc[0].sample_rate_hz / (2.0 * std::numbers::pi * nominal_hz);
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const phase = std::to_string(e + 1);
    RandomStream gain{meter.seed, meter.index, "lab.gain." + phase};
    RandomStream angle{meter.seed, meter.index, "lab.phase." + phase};
    auto& constant = (*constants)[e];
    constant.power_gain = static_cast<std::uint32_t>(std::llround(
        static_cast<double>(constant.power_gain) * (1.0 + gain_residual * standard_normal(gain))));
    constant.phase_delay_q30 += static_cast<std::int32_t>(
        std::lround(phase_residual_rad * standard_normal(angle) * samples_per_radian * 0x1.0p30));
  }
  return bench.write_constants(*constants);
}

void judge(LotMember& member, std::vector<LotPoint> const& points) {
  member.released = member.accepted = member.is_read();
  for (std::size_t n = 0; n < points.size(); ++n) {
    auto const limit = points[n].limit_pct;
    if (limit == 0) {
      continue;
    }
    auto const at_reference = member.error_pct[points[n].reference];
    auto const found = std::hypot(at_reference, member.error_pct[n] - at_reference);
    member.accepted = member.accepted && found <= limit;
    if (points[n].point.temperature_c == reference_c) {
      member.released = member.released && found <= release_share * limit;
    }
  }
}

Result<LotMember> measured(TwinConfig const& design, LotSpread const& spread, LotSettings const& settings,
                           std::vector<LotPoint> const& points, std::uint64_t number) {
  auto config = design;
  config.seed = settings.seed;
  config.index = number;
  config.sealed = false;
  config.front_end = draw_meter(design.front_end, spread, settings.seed, number);
  // Two pulses tell the power to 0.004 % at Imin: the converter's noise over 10 s.
  auto bench = Bench::mount(config, {.ideal = true, .seed = settings.seed, .pulse_intervals = 1});
  if (!bench) {
    return tl::unexpected{bench.error()};
  }
  if (!settings.ideal_calibration) {
    if (auto const left = leave_residuals(*bench, config); !left) {
      return tl::unexpected{left.error()};
    }
  }
  LotMember member{.number = number, .error_pct = {}};
  for (auto const& point : points) {
    member.error_pct.push_back(bench->measure(point.point).error_pct);
  }
  judge(member, points);
  return member;
}

}  // namespace

bool LotMember::is_read() const {
  return std::all_of(error_pct.begin(), error_pct.end(), [](double error) { return std::isfinite(error); });
}

std::vector<LotPoint> lot_points(TypeNumber const& type) {
  auto const plan = type_test_plan(type);
  std::vector<LotPoint> points;
  for (double const temperature_c : {reference_c, -40.0, 70.0}) {
    std::size_t load = 0;  // those at 23 C stand first
    for (double const factor : {1.0, 0.5}) {
      for (double const current_a : type_test::main_currents_a) {
        LotPoint point;
        point.point.current_a = current_a;
        point.point.factor = factor;
        point.point.temperature_c = temperature_c;
        point.limit_pct = limit_of(plan, point.point);
        point.reference = load++;
        points.push_back(point);
      }
    }
  }
  return points;
}

Result<LotResult> run_lot(TwinConfig const& design, LotSpread const& spread, LotSettings const& settings,
                          std::function<bool()> const& go_on) {
  LotResult lot{.points = lot_points(design.meter.type), .members = {}, .wanted = settings.meters};
  std::vector<std::optional<Result<LotMember>>> found(settings.meters);
  parallel_for(found.size(), settings.jobs, go_on,
               [&](std::size_t n) { found[n] = measured(design, spread, settings, lot.points, n); });
  for (auto& member : found) {
    if (!member) {
      break;
    }
    if (!*member) {
      return tl::unexpected{member->error()};
    }
    lot.members.push_back(std::move(**member));
  }
  return lot;
}

Distribution distribution_of(std::vector<double> values) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  if (values.empty()) {
    constexpr auto nan = std::numeric_limits<double>::quiet_NaN();
    return {.mean = nan, .deviation = nan, .worst = nan, .p05 = nan, .median = nan, .p95 = nan};
  }
  std::sort(values.begin(), values.end());
  auto const count = static_cast<double>(values.size());
  double sum = 0.0;
  for (double const value : values) {
    sum += value;
  }
  Distribution found{.count = values.size()};
  found.mean = sum / count;
  double squares = 0.0;
  for (double const value : values) {
    squares += (value - found.mean) * (value - found.mean);
  }
  found.deviation = values.size() > 1 ? std::sqrt(squares / (count - 1)) : 0.0;
  found.worst = std::abs(values.front()) > std::abs(values.back()) ? values.front() : values.back();
  auto const at = [&](double share) {  // linear between the ranked values
    auto const place = share * (count - 1);
    auto const below = static_cast<std::size_t>(place);
    auto const above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
  };
  found.p05 = at(0.05);
  found.median = at(0.5);
  found.p95 = at(0.95);
  return found;
}

}  // namespace blondel

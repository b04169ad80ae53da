#include <scenario/lab_meter.hpp>

#include <array>
#include <string_view>

namespace blondel {
namespace {

struct Angle {
  std::string_view name;
  double factor;
};
constexpr std::array angles{Angle{"cos 1", 1.0}, Angle{"cos 0.5 ind", 0.5}};
constexpr double transitional_a = 0.25;
constexpr double rated_a = 5.0;

std::string subtitle(LabIdentity const& identity) {
  return "model " + identity.model + ", blondel " + identity.version + ", seed " +
         std::to_string(identity.seed) + (identity.ideal_bench ? ", ideal bench" : "");
}

/// Limits of balanced load at reference conditions, from the plan's own points.
ChartLimit limits_of(TypeNumber const& type, double factor) {
  ChartLimit limit{.name = factor == 1.0 ? "limit at cos 1" : "limit at cos 0.5", .steps = {}};
  double from_a = 0.0;
  double last = 0.0;
  double to_a = 0.0;
  for (auto const& point : type_test_plan(type).points) {
    if (point.kind != TestKind::intrinsic || point.quantity != TestQuantity::active_import ||
        point.load != TestLoad::balanced || point.factor != factor || point.capacitive) {
      continue;
    }
    if (last != 0 && point.limit != last) {
      limit.steps.push_back({from_a, point.current_a, last});
      from_a = point.current_a;
    } else if (last == 0) {
      from_a = point.current_a;
    }
    last = point.limit;
    to_a = point.current_a;
  }
  if (to_a > from_a) {
    limit.steps.push_back({from_a, to_a, last});
  }
  return limit;
}

}  // namespace

Chart load_curve(Bench& bench, TypeNumber const& type, LabIdentity const& identity) {
  Chart chart;
  chart.title = "Error over current, " + identity.type_number;
  chart.subtitle = subtitle(identity);
  chart.x.label = "current in A, secondary";
  chart.y.label = "error in %";
  chart.logarithmic_x = true;
  for (auto const& angle : angles) {
    ChartSeries series{.name = std::string{angle.name}, .points = {}};
    for (double const current_a :
         {0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.25, 0.4, 0.7, 1.0, 1.5, 2.5, 4.0, 5.0, 6.0, 7.2}) {
      TestPoint point;
      point.current_a = current_a;
      point.factor = angle.factor;
      series.points.push_back({current_a, bench.error_pct(point)});
    }
    chart.series.push_back(std::move(series));
    auto limit = limits_of(type, angle.factor);
    if (!limit.steps.empty()) {
      chart.limits.push_back(std::move(limit));
    }
  }
  chart.marks = {{0.05, "Imin"}, {transitional_a, "Itr"}, {rated_a, "In"}, {6.0, "Imax"}};
  return chart;
}

Chart influence_curve(Bench& bench, TypeNumber const& type, CurveQuantity quantity,
                      LabIdentity const& identity) {
  struct Axis {
    std::string_view title, label;
    double from, step;
    int points;
  };
  constexpr std::array<Axis, 3> axes{Axis{"temperature", "temperature in C", -40.0, 10.0, 12},
                                     Axis{"voltage", "voltage in % of Un", 80.0, 5.0, 8},
                                     Axis{"frequency", "frequency in % of fn", 98.0, 0.5, 9}};
  auto const& axis = axes[static_cast<std::size_t>(quantity)];
  Chart chart;
  chart.title = "Error over " + std::string{axis.title} + ", " + identity.type_number;
  chart.subtitle = subtitle(identity);
  chart.x.label = axis.label;
  chart.y.label = "error in %";
  for (auto const& angle : angles) {
    for (double const current_a : {transitional_a, rated_a}) {
      ChartSeries series{.name = std::string{angle.name} + (current_a == rated_a ? ", 20 Itr" : ", Itr"),
                         .points = {}};
      for (int n = 0; n < axis.points; ++n) {
        auto const x = axis.from + axis.step * n;
        TestPoint point;
        point.current_a = current_a;
        point.factor = angle.factor;
        (quantity == CurveQuantity::temperature ? point.temperature_c
         : quantity == CurveQuantity::voltage   ? point.u_ratio
                                                : point.f_ratio) =
            quantity == CurveQuantity::temperature ? x : x / 100;
        series.points.push_back({x, bench.error_pct(point)});
      }
      chart.series.push_back(std::move(series));
    }
  }
  if (quantity == CurveQuantity::temperature) {
    // The composite limits of balanced load from Itr on, band by band. @source directive 2014/32/EU, Annex V
    ChartLimit limit{.name = "MPE, Itr to Imax", .steps = {}};
    struct Band {
      double from_c, to_c, b, c;
    };
    for (auto const& band :
         {Band{-40, -25, 4.0, 1.5}, Band{-25, -10, 3.5, 1.3}, Band{-10, 5, 2.5, 1.0}, Band{5, 30, 2.0, 0.7},
          Band{30, 40, 2.5, 1.0}, Band{40, 55, 3.5, 1.3}, Band{55, 70, 4.0, 1.5}}) {
      if (type.accuracy == AccuracyClass::b || type.accuracy == AccuracyClass::c) {
        limit.steps.push_back({band.from_c, band.to_c, type.accuracy == AccuracyClass::b ? band.b : band.c});
      }
    }
    if (!limit.steps.empty()) {
      chart.limits.push_back(std::move(limit));
    }
  }
  return chart;
}

}  // namespace blondel

#include <scenario/lab_curves.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>

#include <lab/test_plan_tables.hpp>

namespace blondel {
namespace {

constexpr double transitional_a = type_test::i_tr * rated_i_a;
constexpr double overload_a = 7.2;  ///< 1.2 Imax

struct Angle {
  std::string_view name;
  double factor;
};
constexpr std::array angles{Angle{"cos 1", 1.0}, Angle{"cos 0.5 ind", 0.5}};

/// One series before it is measured.
struct PlannedSeries {
  std::string name;
  bool is_angle{};  ///< at cos 0.5: dashed
  bool is_rated{};  ///< an influence at 20 Itr
  std::vector<double> x;
  std::vector<TestPoint> points;
};

std::string class_of(TypeNumber const& type) {
  return type_test::active_tables(type.accuracy).class_name;
}

/// From the current at which the class must start. With an angle the same power needs more current.
std::vector<double> currents(TypeNumber const& type, double factor) {
  auto const start_a = type_test::active_tables(type.accuracy).starting * rated_i_a / factor;
  std::vector<double> currents{start_a};
  for (double const current_a : {0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15,
                                 0.25,  0.4,   0.7,  1.0,   1.5,  2.5,  4.0,  5.0,  6.0, overload_a}) {
    if (current_a > 1.01 * start_a) {
      currents.push_back(current_a);
    }
  }
  return currents;
}

std::vector<PlannedSeries> load_series(TypeNumber const& type) {
  std::vector<PlannedSeries> planned;
  for (auto const& angle : angles) {
    PlannedSeries series{.name = std::string{angle.name},
                         .is_angle = angle.factor != 1.0,
                         .is_rated = false,
                         .x = {},
                         .points = {}};
    for (double const current_a : currents(type, angle.factor)) {
      TestPoint point;
      point.current_a = current_a;
      point.factor = angle.factor;
      series.x.push_back(current_a);
      series.points.push_back(point);
    }
    planned.push_back(std::move(series));
  }
  return planned;
}

struct InfluenceAxis {
  std::string_view title, label;
  double from, step;
  int points;
  void (*set)(TestPoint& point, double x);
};

/// @source metrology.md 3.4: the captions left in the sheets
InfluenceAxis const& axis_of(CurveQuantity quantity) {
  static constexpr std::array<InfluenceAxis, 3> axes{
      InfluenceAxis{"temperature", "temperature in C", -40.0, 10.0, 12,
                    [](TestPoint& point, double x) { point.temperature_c = x; }},
      InfluenceAxis{"voltage", "voltage in % of Un", 80.0, 5.0, 8,
                    [](TestPoint& point, double x) { point.u_ratio = x / 100; }},
      InfluenceAxis{"frequency", "frequency in % of fn", 98.0, 0.5, 9,
                    [](TestPoint& point, double x) { point.f_ratio = x / 100; }}};
  return axes[static_cast<std::size_t>(quantity) - 1];
}

std::vector<PlannedSeries> influence_series(InfluenceAxis const& axis) {
  std::vector<PlannedSeries> planned;
  for (auto const& angle : angles) {
    for (double const current_a : {transitional_a, rated_i_a}) {
      PlannedSeries series{.name = std::string{angle.name} + (current_a == rated_i_a ? ", 20 Itr" : ", Itr"),
                           .is_angle = angle.factor != 1.0,
                           .is_rated = current_a == rated_i_a,
                           .x = {},
                           .points = {}};
      for (int n = 0; n < axis.points; ++n) {
        TestPoint point;
        point.current_a = current_a;
        point.factor = angle.factor;
        series.x.push_back(axis.from + axis.step * n);
        axis.set(point, series.x.back());
        series.points.push_back(point);
      }
      planned.push_back(std::move(series));
    }
  }
  return planned;
}

std::vector<PlannedSeries> planned_for(TypeNumber const& type, CurveQuantity quantity) {
  return quantity == CurveQuantity::current ? load_series(type) : influence_series(axis_of(quantity));
}

/// Limits of balanced load at reference conditions, from the plan's own points.
ChartLimit load_limit(TypeNumber const& type, Angle const& angle) {
  ChartLimit limit{.name = "limit " + std::string{angle.factor == 1.0 ? "cos 1" : "cos 0.5"},
                   .steps = {},
                   .dotted = angle.factor != 1.0};
  double from_a = 0.0;
  double last = 0.0;
  double to_a = 0.0;
  for (auto const& point : type_test_plan(type).points) {
    if (point.kind != TestKind::intrinsic || point.quantity != TestQuantity::active_import ||
        point.load != TestLoad::balanced || point.factor != angle.factor || point.capacitive) {
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

/// The composite limits of balanced load from Itr on, band by band. @source directive 2014/32/EU, Annex V
ChartLimit temperature_limit(TypeNumber const& type) {
  ChartLimit limit{.name = "MPE Itr to Imax", .steps = {}};
  struct Band {
    double from_c, to_c, b, c;
  };
  if (type.accuracy == AccuracyClass::b || type.accuracy == AccuracyClass::c) {
    for (auto const& band :
         {Band{-40, -25, 4.0, 1.5}, Band{-25, -10, 3.5, 1.3}, Band{-10, 5, 2.5, 1.0}, Band{5, 30, 2.0, 0.7},
          Band{30, 40, 2.5, 1.0}, Band{40, 55, 3.5, 1.3}, Band{55, 70, 4.0, 1.5}}) {
      limit.steps.push_back({band.from_c, band.to_c, type.accuracy == AccuracyClass::b ? band.b : band.c});
    }
  }
  return limit;
}

std::vector<ChartLimit> limits_of(TypeNumber const& type, CurveQuantity quantity) {
  std::vector<ChartLimit> limits;
  if (quantity == CurveQuantity::current) {
    for (auto const& angle : angles) {
      limits.push_back(load_limit(type, angle));
    }
  } else if (quantity == CurveQuantity::temperature) {
    limits.push_back(temperature_limit(type));
  }
  std::erase_if(limits, [](auto const& limit) { return limit.steps.empty(); });
  return limits;
}

/// What tells a meter from the others: its class, or its type number when another has the class too.
std::string name_of(std::vector<CurveMeter> const& meters, std::size_t m) {
  auto const alike = std::count_if(meters.begin(), meters.end(), [&](auto const& meter) {
    return meter.type.accuracy == meters[m].type.accuracy;
  });
  return alike == 1 ? "class " + class_of(meters[m].type) : meters[m].identity.type_number;
}

/// Limits that an earlier meter of the same class has brought.
bool has_limits(std::vector<CurveMeter> const& meters, std::size_t m) {
  return std::any_of(meters.begin(), meters.begin() + static_cast<std::ptrdiff_t>(m),
                     [&](auto const& meter) { return meter.type.accuracy == meters[m].type.accuracy; });
}

/// The head of a chart: one meter's whole identity, or the types and what they have in common.
void add_head(Chart& chart, std::vector<CurveMeter> const& meters, std::string_view quantity) {
  auto const& identity = meters.front().identity;
  chart.title = "Error over " + std::string{quantity};
  if (meters.size() == 1) {
    chart.title += ", " + identity.type_number;
    chart.subtitle = "model " + identity.model + ", ";
  } else {
    for (auto const& meter : meters) {
      chart.subtitle += "class " + class_of(meter.type) + ": " + meter_text(meter.identity) + "; ";
    }
  }
  chart.subtitle += making_text(identity);
}

/// Measures one series and adds it.
void add_series(Chart& chart, CurveMeter& meter, PlannedSeries const& planned) {
  ChartSeries series{.name = planned.name, .points = {}, .colour = {}, .dashed = planned.is_angle};
  for (std::size_t n = 0; n < planned.points.size(); ++n) {
    auto const error_pct = meter.bench.error_pct(planned.points[n]);
    if (std::isfinite(error_pct)) {  // below the no-load threshold there is no pulse and no error
      series.points.push_back({planned.x[n], error_pct});
    }
  }
  chart.series.push_back(std::move(series));
}

/// @param is_shown tells which of the planned series stand in this chart
template<class IsShown>
Chart accuracy_chart(std::vector<CurveMeter>& meters, CurveQuantity quantity, IsShown const& is_shown) {
  Chart chart;
  bool const over_current = quantity == CurveQuantity::current;
  bool const shares = meters.size() > 1;
  add_head(chart, meters, over_current ? "current" : axis_of(quantity).title);
  chart.x.label = over_current ? "current in A, secondary" : std::string{axis_of(quantity).label};
  chart.y.label = "error in %";
  chart.logarithmic_x = over_current;
  for (std::size_t m = 0; m < meters.size(); ++m) {
    auto& meter = meters[m];
    // Equal parts give equal errors, equal limits coincide too: they show as nested stripes.
    auto const stripes = static_cast<double>(meters.size() - m);
    for (auto const& planned : planned_for(meter.type, quantity)) {
      if (!is_shown(planned)) {
        continue;
      }
      add_series(chart, meter, planned);
      if (shares) {
        auto& series = chart.series.back();
        series.name.insert(0, name_of(meters, m) + ", ");
        series.colour = m;
        series.markers = false;
        series.width_px = 1.6 * stripes;
      }
    }
    for (auto& limit : has_limits(meters, m) ? std::vector<ChartLimit>{} : limits_of(meter.type, quantity)) {
      if (shares) {
        limit.name += ", " + class_of(meter.type);
        limit.colour = m;
        limit.width_px = stripes;
      }
      chart.limits.push_back(std::move(limit));
    }
  }
  if (over_current) {
    chart.marks = {{type_test::i_min * rated_i_a, "Imin"},
                   {transitional_a, "Itr"},
                   {rated_i_a, "In"},
                   {type_test::i_max * rated_i_a, "Imax"}};
  }
  return chart;
}

}  // namespace

void measure_curve(CurveMeter& meter, CurveQuantity quantity, unsigned jobs,
                   std::function<bool()> const& go_on) {
  std::vector<TestPoint> points;
  for (auto const& series : planned_for(meter.type, quantity)) {
    points.insert(points.end(), series.points.begin(), series.points.end());
  }
  meter.bench.measure_ahead(points, jobs, go_on);
}

std::vector<Chart> accuracy_charts(std::vector<CurveMeter>& meters, CurveQuantity quantity) {
  if (quantity == CurveQuantity::current || meters.size() == 1) {
    return {accuracy_chart(meters, quantity, [](auto const&) { return true; })};
  }
  std::vector<Chart> charts;
  for (bool const is_rated : {false, true}) {
    charts.push_back(
        accuracy_chart(meters, quantity, [&](auto const& planned) { return planned.is_rated == is_rated; }));
    charts.back().title += is_rated ? " at 20 Itr" : " at Itr";
  }
  return charts;
}

DataTable curve_table(std::vector<Chart> const& charts) {
  auto table = table_of(charts.front());
  for (auto const& chart : charts) {
    for (auto& row : table_of(chart).rows) {
      if (std::find(table.rows.begin(), table.rows.end(), row) == table.rows.end()) {
        table.rows.push_back(std::move(row));
      }
    }
  }
  return table;
}

LabHead curve_head(std::vector<CurveMeter> const& meters, std::size_t drawn, std::size_t planned) {
  LabHead head{.meters = {}, .unit = "charts", .done = drawn, .planned = planned};
  for (auto const& meter : meters) {
    head.meters.push_back(meter.identity);
  }
  return head;
}

}  // namespace blondel

#include <report/axis.hpp>
#include <report/chart.hpp>
#include <report/markup.hpp>

#include <string_view>

namespace blondel {
namespace {

/// "series 2 'cos 1'": how a message names a part of a chart.
std::string place_of(std::string_view kind, std::size_t index, std::string const& name) {
  std::string place{kind};
  place += ' ' + std::to_string(index + 1) + " '" + name + '\'';
  return place;
}

std::string fault_of(ChartSeries const& series, bool logarithmic_x, std::string const& place) {
  for (std::size_t n = 0; n < series.points.size(); ++n) {
    auto const point = place + " point " + std::to_string(n + 1);
    if (auto fault = fault_of_value(series.points[n].x, logarithmic_x, point + " x"); !fault.empty()) {
      return fault;
    }
    if (auto fault = fault_of_value(series.points[n].y, false, point + " y"); !fault.empty()) {
      return fault;
    }
  }
  return {};
}

std::string fault_of(LimitStep const& step, bool logarithmic_x, std::string const& place) {
  for (double const x : {step.x_from, step.x_to}) {
    if (auto fault = fault_of_value(x, logarithmic_x, place + " x"); !fault.empty()) {
      return fault;
    }
  }
  if (auto fault = fault_of_value(step.y, false, place + " y"); !fault.empty()) {
    return fault;
  }
  if (!(step.x_from < step.x_to)) {
    return place + " runs from " + number_text(step.x_from) + " to " + number_text(step.x_to) +
           ", allowed is an end above the start";
  }
  if (step.y < 0.0) {
    return place + " y is " + number_text(step.y) + ", allowed are numbers from 0";
  }
  return {};
}

std::string fault_of(ChartLimit const& limit, bool logarithmic_x, std::string const& place) {
  for (std::size_t n = 0; n < limit.steps.size(); ++n) {
    auto const& step = limit.steps[n];
    auto const where = place + " step " + std::to_string(n + 1);
    if (auto fault = fault_of(step, logarithmic_x, where); !fault.empty()) {
      return fault;
    }
    if (n > 0 && step.x_from < limit.steps[n - 1].x_to) {
      return where + " starts at " + number_text(step.x_from) + ", allowed are numbers from " +
             number_text(limit.steps[n - 1].x_to) + ", where the step before it ends";
    }
  }
  return {};
}

}  // namespace

std::string fault_of(Chart const& chart) {
  if (auto fault = fault_of(chart.x, chart.logarithmic_x, "x axis"); !fault.empty()) {
    return fault;
  }
  if (auto fault = fault_of(chart.y, false, "y axis"); !fault.empty()) {
    return fault;
  }
  for (std::size_t n = 0; n < chart.series.size(); ++n) {
    auto const& series = chart.series[n];
    auto fault = fault_of(series, chart.logarithmic_x, place_of("series", n, series.name));
    if (!fault.empty()) {
      return fault;
    }
  }
  for (std::size_t n = 0; n < chart.limits.size(); ++n) {
    auto const& limit = chart.limits[n];
    auto fault = fault_of(limit, chart.logarithmic_x, place_of("limit", n, limit.name));
    if (!fault.empty()) {
      return fault;
    }
  }
  for (std::size_t n = 0; n < chart.marks.size(); ++n) {
    auto const& mark = chart.marks[n];
    auto fault = fault_of_value(mark.x, chart.logarithmic_x, place_of("mark", n, mark.label));
    if (!fault.empty()) {
      return fault;
    }
  }
  return {};
}

}  // namespace blondel

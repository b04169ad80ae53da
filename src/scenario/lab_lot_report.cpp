#include <scenario/lab_lot_report.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <lab/type_test.hpp>
#include <report/summary.hpp>

namespace blondel {
namespace {

constexpr int decimals = 4;

std::string point_text(TestPoint const& point) {
  auto text = text_of(point);
  return text + (point.temperature_c == 23.0 ? ", 23 C" : "");
}

std::vector<double> values_at(LotResult const& lot, std::size_t n) {
  std::vector<double> values;
  for (auto const& member : lot.members) {
    if (std::isfinite(member.error_pct[n])) {
      values.push_back(member.error_pct[n]);
    }
  }
  return values;
}

std::size_t count_of(LotResult const& lot, bool LotMember::*property) {
  return static_cast<std::size_t>(std::count_if(lot.members.begin(), lot.members.end(),
                                                [&](auto const& member) { return member.*property; }));
}

std::string share_text(LotResult const& lot, bool LotMember::*property) {
  auto const count = count_of(lot, property);
  return std::to_string(count) + " of " + std::to_string(lot.members.size()) + ", " +
         fixed_text(100.0 * static_cast<double>(count) / static_cast<double>(lot.members.size()), 1) + " %";
}

/// "3 of 20", or "20" of the whole.
std::string count_text(LotResult const& lot) {
  return std::to_string(lot.members.size()) + (lot.is_complete() ? "" : " of " + std::to_string(lot.wanted));
}

/// Meters that gave no reading at some point, by number; "none".
std::string no_reading_text(LotResult const& lot) {
  std::string numbers;
  std::size_t count = 0;
  for (auto const& member : lot.members) {
    if (!member.is_read()) {
      numbers += (count++ == 0 ? ": number " : ", ") + std::to_string(member.number);
    }
  }
  return count == 0 ? "none" : std::to_string(count) + numbers;
}

/// A figure of a point, or that there is none.
std::string figure(double value) {
  return std::isfinite(value) ? fixed_text(value, decimals) : "-";
}

std::string signed_figure(double value) {
  auto text = figure(value);
  return text.front() == '-' ? text : text.insert(0, 1, '+');
}

bool is_let_through(LotMember const& member) {
  return member.released && !member.accepted;
}

/// Whether a released meter leaves a limit when it is warm or cold.
std::string acceptance_text(LotResult const& lot) {
  if (!lot.is_complete()) {
    return interruption_text(lot_head({}, lot));
  }
  auto const outside = std::count_if(lot.members.begin(), lot.members.end(), is_let_through);
  return outside == 0 ? "accepted: every released meter is inside all limits"
                      : "refused: " + std::to_string(outside) + " released meters are outside a limit";
}

constexpr auto calibrated_text =
    "Each meter is drawn from the spreads of its model and calibrated through its own service commands: "
    "phase, "
    "gain and noise, no offset. Calibration leaves 0.02 % of gain and 0.1 mrad of phase (1 sigma, each "
    "phase) unless "
    "the bench is ideal. Errors are those an ideal bench sees.";
constexpr auto judged_text =
    "Released: at 23 C inside 0.8 of the limits of the intrinsic error. Accepted: inside the limits "
    "themselves, at "
    "the other temperatures those of the composite error, with load and temperature as its parts.";

}  // namespace

LabHead lot_head(LabIdentity const& identity, LotResult const& lot) {
  return {.meters = {identity},
          .unit = "meters",
          .done = lot.members.size(),
          .planned = lot.wanted,
          .inside_limits = std::none_of(lot.members.begin(), lot.members.end(), is_let_through)};
}

DataTable lot_table(LotResult const& lot) {
  DataTable table{.columns = {"point", "current_a", "cos_phi", "temperature_c", "meters", "no_reading",
                              "mean_percent", "deviation_percent", "worst_percent", "p05_percent",
                              "median_percent", "p95_percent", "limit_percent"},
                  .rows = {}};
  for (std::size_t n = 0; n < lot.points.size(); ++n) {
    auto const& point = lot.points[n].point;
    auto const found = distribution_of(values_at(lot, n));
    TableCell limit;
    if (lot.points[n].limit_pct != 0) {
      limit = lot.points[n].limit_pct;
    }
    table.rows.push_back({point_text(point), point.current_a, point.factor, point.temperature_c,
                          static_cast<std::int64_t>(lot.members.size()),
                          static_cast<std::int64_t>(lot.members.size() - found.count), found.mean,
                          found.deviation, found.worst, found.p05, found.median, found.p95, limit});
  }
  return table;
}

DataTable lot_members_table(LotResult const& lot) {
  DataTable table{.columns = {"number", "released", "accepted", "no_reading"}, .rows = {}};
  for (auto const& point : lot.points) {
    table.columns.push_back(point_text(point.point));
  }
  for (auto const& member : lot.members) {
    std::vector<TableCell> row{
        static_cast<std::int64_t>(member.number), std::string{member.released ? "yes" : "no"},
        std::string{member.accepted ? "yes" : "no"}, std::string{member.is_read() ? "no" : "yes"}};
    row.insert(row.end(), member.error_pct.begin(), member.error_pct.end());
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string lot_text(LotResult const& lot) {
  std::string text = "error in %, " + std::to_string(lot.members.size()) +
                     " meters               mean       sd    worst       5%      95%  limit\n";
  for (std::size_t n = 0; n < lot.points.size(); ++n) {
    auto const found = distribution_of(values_at(lot, n));
    char line[160];
    std::snprintf(line, sizeof line, "%-36s %8s %8s %8s %8s %8s  %s\n",
                  point_text(lot.points[n].point).c_str(), signed_figure(found.mean).c_str(),
                  figure(found.deviation).c_str(), signed_figure(found.worst).c_str(),
                  signed_figure(found.p05).c_str(), signed_figure(found.p95).c_str(),
                  lot.points[n].limit_pct == 0 ? "-" : fixed_text(lot.points[n].limit_pct, 1).c_str());
    text += line;
  }
  text += "released (inside 0.8 of the limits at 23 C): " + share_text(lot, &LotMember::released) +
          "\ninside every limit: " + share_text(lot, &LotMember::accepted) +
          "\nno reading: " + no_reading_text(lot) + "\n";
  return lot.is_complete() ? text + acceptance_text(lot) + "\n" : text;
}

std::vector<std::pair<std::string, Histogram>> lot_histograms(LotResult const& lot, LabHead const& head) {
  std::vector<std::pair<std::string, Histogram>> drawings;
  for (std::size_t n = 0; n < lot.points.size(); ++n) {
    auto const& point = lot.points[n].point;
    char name[80];
    std::snprintf(name, sizeof name, "lot_%.0fma_cos%.0f_%+.0fc", point.current_a * 1e3, point.factor * 100,
                  point.temperature_c);
    Histogram drawing;
    drawing.title = "Lot of " + count_text(lot) + ", " + point_text(point);
    drawing.subtitle = run_text(head);
    drawing.x.label = "error in %";
    drawing.y_label = "meters";
    drawing.values = values_at(lot, n);
    if (auto const limit = lot.points[n].limit_pct; limit != 0) {
      drawing.limits = {{-limit, "-" + fixed_text(limit, 1)}, {limit, "+" + fixed_text(limit, 1)}};
    }
    drawings.emplace_back(name, std::move(drawing));
  }
  return drawings;
}

HtmlReport lot_report(LotResult const& lot, LabHead const& head) {
  auto report = begin_report(head, "Lot of " + count_text(lot) + " meters");
  report.blocks.emplace_back(HtmlKeyValues{{{"released", share_text(lot, &LotMember::released)},
                                            {"inside every limit", share_text(lot, &LotMember::accepted)},
                                            {"no reading", no_reading_text(lot)},
                                            {"lot", acceptance_text(lot)}}});
  report.blocks.emplace_back(HtmlParagraph{calibrated_text});
  report.blocks.emplace_back(HtmlParagraph{judged_text});
  HtmlTable table{.caption = "Error in %",
                  .columns = {{"point"},
                              {"mean", true},
                              {"sd", true},
                              {"worst", true},
                              {"5 %", true},
                              {"median", true},
                              {"95 %", true},
                              {"limit", true}},
                  .rows = {}};
  for (std::size_t n = 0; n < lot.points.size(); ++n) {
    auto const found = distribution_of(values_at(lot, n));
    std::vector<HtmlCell> row{{point_text(lot.points[n].point)}};
    for (double const value :
         {found.mean, found.deviation, found.worst, found.p05, found.median, found.p95}) {
      row.push_back({figure(value)});
    }
    row.push_back({lot.points[n].limit_pct == 0 ? "-" : fixed_text(lot.points[n].limit_pct, 1)});
    table.rows.push_back(std::move(row));
  }
  report.blocks.emplace_back(std::move(table));
  for (auto& [name, drawing] : lot_histograms(lot, head)) {
    report.blocks.emplace_back(HtmlFigure{std::move(drawing), ""});
  }
  return report;
}

}  // namespace blondel

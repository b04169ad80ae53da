#include <scenario/lab_lot_report.hpp>

#include <algorithm>
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
    values.push_back(member.error_pct[n]);
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

/// Whether a released meter leaves a limit when it is warm or cold.
std::string acceptance_text(LotResult const& lot) {
  if (!lot.is_complete()) {
    return "stopped after " + std::to_string(lot.members.size()) + " of " + std::to_string(lot.wanted) +
           " meters: no verdict";
  }
  auto const outside = std::count_if(lot.members.begin(), lot.members.end(),
                                     [](auto const& member) { return member.released && !member.accepted; });
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

DataTable lot_table(LotResult const& lot) {
  DataTable table{.columns = {"point", "current_a", "cos_phi", "temperature_c", "meters", "mean_percent",
                              "deviation_percent", "worst_percent", "p05_percent", "median_percent",
                              "p95_percent", "limit_percent"},
                  .rows = {}};
  for (std::size_t n = 0; n < lot.points.size(); ++n) {
    auto const& point = lot.points[n].point;
    auto const found = distribution_of(values_at(lot, n));
    TableCell limit;
    if (lot.points[n].limit_pct != 0) {
      limit = lot.points[n].limit_pct;
    }
    table.rows.push_back({point_text(point), point.current_a, point.factor, point.temperature_c,
                          static_cast<std::int64_t>(lot.members.size()), found.mean, found.deviation,
                          found.worst, found.p05, found.median, found.p95, limit});
  }
  return table;
}

DataTable lot_members_table(LotResult const& lot) {
  DataTable table{.columns = {"number", "released", "accepted"}, .rows = {}};
  for (auto const& point : lot.points) {
    table.columns.push_back(point_text(point.point));
  }
  for (auto const& member : lot.members) {
    std::vector<TableCell> row{static_cast<std::int64_t>(member.number),
                               std::string{member.released ? "yes" : "no"},
                               std::string{member.accepted ? "yes" : "no"}};
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
    std::snprintf(line, sizeof line, "%-36s %+8.4f %8.4f %+8.4f %+8.4f %+8.4f  %s\n",
                  point_text(lot.points[n].point).c_str(), found.mean, found.deviation, found.worst,
                  found.p05, found.p95,
                  lot.points[n].limit_pct == 0 ? "-" : fixed_text(lot.points[n].limit_pct, 1).c_str());
    text += line;
  }
  return text + "released (inside 0.8 of the limits at 23 C): " + share_text(lot, &LotMember::released) +
         "\ninside every limit: " + share_text(lot, &LotMember::accepted) + "\n" + acceptance_text(lot) +
         "\n";
}

std::vector<std::pair<std::string, Histogram>> lot_histograms(LotResult const& lot,
                                                              LabIdentity const& identity) {
  std::vector<std::pair<std::string, Histogram>> drawings;
  for (std::size_t n = 0; n < lot.points.size(); ++n) {
    auto const& point = lot.points[n].point;
    char name[80];
    std::snprintf(name, sizeof name, "lot_%.0fma_cos%.0f_%+.0fc", point.current_a * 1e3, point.factor * 100,
                  point.temperature_c);
    Histogram drawing;
    drawing.title = "Lot of " + std::to_string(lot.members.size()) + ", " + point_text(point);
    drawing.subtitle = text_of(identity);
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

HtmlReport lot_report(LotResult const& lot, LabIdentity const& identity) {
  HtmlReport report{.title = "Lot of " + std::to_string(lot.members.size()) +
                             (lot.is_complete() ? "" : " of " + std::to_string(lot.wanted)) + " meters",
                    .subtitle = text_of(identity),
                    .blocks = {}};
  report.blocks.emplace_back(HtmlKeyValues{{{"released", share_text(lot, &LotMember::released)},
                                            {"inside every limit", share_text(lot, &LotMember::accepted)},
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
      row.push_back({fixed_text(value, decimals)});
    }
    row.push_back({lot.points[n].limit_pct == 0 ? "-" : fixed_text(lot.points[n].limit_pct, 1)});
    table.rows.push_back(std::move(row));
  }
  report.blocks.emplace_back(std::move(table));
  for (auto& [name, drawing] : lot_histograms(lot, identity)) {
    report.blocks.emplace_back(HtmlFigure{std::move(drawing), ""});
  }
  return report;
}

}  // namespace blondel

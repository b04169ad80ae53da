#pragma once
/// A lot's spread as tables, drawings and a report.

#include <string>
#include <utility>
#include <vector>

#include <lab/lot.hpp>
#include <report/histogram.hpp>
#include <report/html.hpp>
#include <report/table.hpp>
#include <scenario/lab_head.hpp>

namespace blondel {

/// Meters done of those planned, and whether a released one is outside a limit.
[[nodiscard]] LabHead lot_head(LabIdentity const& identity, LotResult const& lot);
/// How the errors lie, a row for each point.
[[nodiscard]] DataTable lot_table(LotResult const& lot);
/// Every meter's errors, a row for each meter.
[[nodiscard]] DataTable lot_members_table(LotResult const& lot);
/// The same as lot_table, as lines for people, with release, meters without a reading and, for the whole lot,
/// acceptance.
[[nodiscard]] std::string lot_text(LotResult const& lot);
/// One for each point, with the name of its file without ending.
[[nodiscard]] std::vector<std::pair<std::string, Histogram>> lot_histograms(LotResult const& lot,
                                                                            LabHead const& head);
[[nodiscard]] HtmlReport lot_report(LotResult const& lot, LabHead const& head);

}  // namespace blondel

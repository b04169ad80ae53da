#pragma once
/// Sensitivities and calibrations as tables and reports.

#include <string>
#include <vector>

#include <lab/calibration.hpp>
#include <lab/sensitivity.hpp>
#include <report/html.hpp>
#include <report/table.hpp>
#include <scenario/lab_head.hpp>

namespace blondel {

/// Whether measured and closed form differ where they must not.
[[nodiscard]] bool is_apart(SensitivityLine const& line);
/// Lines done of those planned, and whether all agree with the closed form.
[[nodiscard]] LabHead sensitivity_head(LabIdentity const& identity,
                                       std::vector<SensitivityLine> const& lines);
[[nodiscard]] DataTable sensitivity_table(std::vector<SensitivityLine> const& lines);
[[nodiscard]] HtmlReport sensitivity_report(std::vector<SensitivityLine> const& lines, LabHead const& head);

[[nodiscard]] LabHead calibration_head(LabIdentity const& identity, CalibrationReport const& calibration);
/// Columns what, element, unit, before, after, bench: constants, then readings, then errors.
[[nodiscard]] DataTable calibration_table(CalibrationReport const& calibration);
/// The same as lines for people.
[[nodiscard]] std::string calibration_text(CalibrationReport const& calibration);
[[nodiscard]] HtmlReport calibration_report(CalibrationReport const& calibration, LabHead const& head,
                                            bool is_uncertain);

}  // namespace blondel

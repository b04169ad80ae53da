#pragma once
/// Sensitivities and calibrations as tables and reports.

#include <string>
#include <vector>

#include <lab/calibration.hpp>
#include <lab/sensitivity.hpp>
#include <report/html.hpp>
#include <report/table.hpp>
#include <scenario/lab_meter.hpp>

namespace blondel {

[[nodiscard]] DataTable sensitivity_table(std::vector<SensitivityLine> const& lines);
[[nodiscard]] HtmlReport sensitivity_report(std::vector<SensitivityLine> const& lines,
                                            LabIdentity const& identity);

/// Columns what, element, unit, before, after, bench: constants, then readings, then errors.
[[nodiscard]] DataTable calibration_table(CalibrationReport const& calibration);
/// The same as lines for people.
[[nodiscard]] std::string calibration_text(CalibrationReport const& calibration);
[[nodiscard]] HtmlReport calibration_report(CalibrationReport const& calibration, LabIdentity const& identity,
                                            bool is_uncertain);

}  // namespace blondel

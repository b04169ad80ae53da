#pragma once
/// What every file of a laboratory result says of itself: which meter, made by what, and whether it is whole.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include <report/html.hpp>
#include <report/table.hpp>
#include <scenario/lab_meter.hpp>

namespace blondel {

struct LabHead {
  std::vector<LabIdentity> meters;  ///< one; several of the same making share curves
  std::string unit;                 ///< of the work: "lines", "meters"
  std::size_t done{};
  std::size_t planned{};                ///< more than done: the work was interrupted
  std::optional<bool> inside_limits{};  ///< what was done; none: nothing is judged
  [[nodiscard]] bool is_interrupted() const { return done < planned; }
  /// On the whole: none of half the work.
  [[nodiscard]] std::optional<bool> verdict() const {
    return is_interrupted() ? std::nullopt : inside_limits;
  }
};

/// "68535CC453010, model k351c_four_wire_class_c, English data sheet, blondel 0.1.0, seed 1, interrupted: 3
/// of 952 lines"
[[nodiscard]] std::string run_text(LabHead const& head);
/// "interrupted: 3 of 952 lines, no verdict"; empty for the whole.
[[nodiscard]] std::string interruption_text(LabHead const& head);

/// The table with a last column "run", as in the files of a scenario's run.
[[nodiscard]] std::string csv_text(LabHead const& head, DataTable table);
/// An object: version, type_number and model (a list of them in "meters" for several), data_sheet, seed,
/// ideal_bench, interrupted, <unit>_done, <unit>_planned, verdict (pass, fail or null), then `rows` under
/// `key`.
[[nodiscard]] std::string json_text(LabHead const& head, std::string const& key,
                                    nlohmann::ordered_json const& rows);
/// A report with its title and origin, and with a notice first when the work was interrupted.
[[nodiscard]] HtmlReport begin_report(LabHead const& head, std::string title);

}  // namespace blondel

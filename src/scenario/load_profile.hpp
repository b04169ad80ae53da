#pragma once
/// A load profile: columns of numbers from text files, one row per interval.

#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include <blondel/base/time.hpp>
#include <scenario/document.hpp>

namespace blondel {

/// What the three phases take, row by row; import and inductive are positive.
struct LoadProfile {
  SimDuration interval;
  std::array<std::vector<double>, 3> active_w;  ///< equal lengths
  std::array<std::vector<double>, 3> reactive_var;
  bool hold_after_end{};          ///< else nothing flows
  std::vector<std::string> sums;  ///< "L1 active: a.csv + b.csv": where several series meet, for people

  [[nodiscard]] std::size_t rows() const { return active_w[0].size(); }
  /// @param u_v of the phase
  [[nodiscard]] double current_a(std::size_t phase, std::size_t row, double u_v) const {
    return std::hypot(active_w[phase][row], reactive_var[phase][row]) / u_v;
  }
};

/// Which column of which file.
struct ColumnRequest {
  std::filesystem::path file;
  std::size_t column{1};    ///< from 1; not used when a name is given
  std::string column_name;  ///< in the last header line; empty = by number
  std::size_t header_lines{};
  bool is_only_column{};  ///< nobody said which: a row must hold one cell
};

/// Reads one column of numbers. Cells are parted by the first of ; , tab or blanks that the first data line
/// holds; empty lines at the end are skipped.
/// A last line without its end that has fewer decimals than all before is taken for cut off.
/// @errors invalid when the file cannot be read, and with file, line and text when a row has too few
///         cells or holds no number, or when there is no such column
/// @cost reads the whole file
[[nodiscard]] ScenarioResult<std::vector<double>> read_column(ColumnRequest const& request);
/// The same from a stream. @param request its file is for messages
[[nodiscard]] ScenarioResult<std::vector<double>> read_column(std::istream& stream,
                                                              ColumnRequest const& request);

/// Builds a profile from the document's "load_profile". @errors as above
[[nodiscard]] ScenarioResult<LoadProfile> load_profile_of(Node const& spec, SimDuration scenario_duration);

}  // namespace blondel

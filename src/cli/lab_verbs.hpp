#pragma once
/// What the laboratory's subcommands do.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace blondel {

struct LabArguments {
  std::vector<std::string> type_numbers;  ///< one; several for curves
  std::string models{"models"};
  std::string output;  ///< empty: a folder of its own for each type number
  std::string data_sheet{"en"};
  std::string bench{"accredited"};
  std::uint64_t seed{1};
  unsigned jobs{};  ///< 0: as many as the machine has
  std::size_t meters{200};
  bool bench_uncertainty{};
  bool json{};
  bool quiet{};
};

/// @return the exit code of the program: 4 when a limit is left or an expectation fails, 130 or 143 when
///         a signal ended the work early; what was measured until then is written
int lab_type_test(LabArguments const& arguments);
int lab_curve(LabArguments const& arguments);
int lab_lot(LabArguments const& arguments);
int lab_sensitivity(LabArguments const& arguments);
int lab_calibrate(LabArguments const& arguments);

}  // namespace blondel

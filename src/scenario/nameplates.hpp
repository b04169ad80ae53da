#pragma once
/// What a data sheet states that does not act: models/nameplate/en.json and ru.json.

#include <filesystem>
#include <string>
#include <vector>

#include <blondel/meter/config.hpp>
#include <scenario/document.hpp>

namespace blondel {

/// One line of plate or sheet. @source features.md TYP-08
struct NameplateLine {
  std::string what;
  std::string value;
  std::vector<std::string> type_numbers;  ///< patterns; none: it holds for all
  std::string source;
};

/// A whole sheet.
struct SheetLines {
  std::string name;  ///< "en"
  std::vector<NameplateLine> lines;
};

/// Whether a type number of 13 characters fits a pattern, in which a point stands for any one.
[[nodiscard]] bool fits_type_number(std::string const& pattern, std::string const& type_number);

/// Reads a file of models/nameplate. @errors as Document::load; invalid when its name is not the file's
[[nodiscard]] ScenarioResult<SheetLines> load_sheet_lines(std::filesystem::path const& file);

/// The lines that hold for a meter, in the order of its sheet. @param type_number 13 characters
/// @errors as load_sheet_lines
[[nodiscard]] ScenarioResult<std::vector<NameplateLine>> load_nameplate(std::filesystem::path const& models,
                                                                        std::string const& type_number,
                                                                        DataSheet data_sheet);

}  // namespace blondel

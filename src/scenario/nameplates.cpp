#include <scenario/nameplates.hpp>

#include <scenario/model_nodes.hpp>

#include <algorithm>

namespace blondel {

bool fits_type_number(std::string const& pattern, std::string const& type_number) {
  return pattern.size() == type_number.size() &&
         std::equal(pattern.begin(), pattern.end(), type_number.begin(),
                    [](char p, char c) { return p == '.' || p == c; });
}

ScenarioResult<SheetLines> load_sheet_lines(std::filesystem::path const& file) {
  auto const document = Document::load(file, DocumentKind::nameplate);
  if (!document) {
    return tl::unexpected{document.error()};
  }
  if (auto fault = wrong_name(*document)) {
    return tl::unexpected{*fault};
  }
  SheetLines sheet;
  sheet.name = document->root().at("name").text();
  for (auto const& item : document->root().at("lines").items()) {
    NameplateLine line{item.at("what").text(), item.at("value").text(), {}, item.at("source").text()};
    if (auto const patterns = item.find("type_numbers")) {
      for (auto const& pattern : patterns->items()) {
        line.type_numbers.push_back(pattern.text());
      }
    }
    sheet.lines.push_back(std::move(line));
  }
  return sheet;
}

ScenarioResult<std::vector<NameplateLine>> load_nameplate(std::filesystem::path const& models,
                                                          std::string const& type_number,
                                                          DataSheet data_sheet) {
  auto const* const name = data_sheet == DataSheet::english ? "en.json" : "ru.json";
  auto sheet = load_sheet_lines(models / "nameplate" / name);
  if (!sheet) {
    return tl::unexpected{sheet.error()};
  }
  auto& lines = sheet->lines;
  lines.erase(std::remove_if(lines.begin(), lines.end(),
                             [&](NameplateLine const& line) {
                               auto const& patterns = line.type_numbers;
                               return !patterns.empty() &&
                                      std::none_of(patterns.begin(), patterns.end(),
                                                   [&](auto const& pattern) {
                                                     return fits_type_number(pattern, type_number);
                                                   });
                             }),
              lines.end());
  return std::move(lines);
}

}  // namespace blondel

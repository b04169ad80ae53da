#pragma once
/// The log files of a run, line by line.

#include <string>
#include <vector>

#include "conformance/meter/document.hpp"

namespace blondel::test {

/// The lines of a log's file without head, meter and the run's name: "1,2026-01-05T12:15:00,0,...".
inline std::vector<std::string> rows_of(Folder const& folder, std::string const& log) {
  auto const text = folder.read("results/log_" + log + ".csv");
  std::vector<std::string> rows;
  for (auto from = text.find("\r\n"); from + 2 < text.size(); from = text.find("\r\n", from + 2)) {
    auto const begin = from + 2 + std::string{"35100001,"}.size();
    rows.push_back(text.substr(begin, text.find(",\"blondel ", begin) - begin));
  }
  return rows;
}

}  // namespace blondel::test

#include "cli/models_hash.hpp"

#include <blondel/sim/journal.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

namespace blondel {

namespace {

std::vector<std::filesystem::path> files_below(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code wrong;
  std::filesystem::recursive_directory_iterator entry{folder, wrong};
  for (; !wrong && entry != std::filesystem::recursive_directory_iterator{}; entry.increment(wrong)) {
    std::error_code unknown;
    if (entry->is_regular_file(unknown) && entry->path().extension() == ".json") {
      files.push_back(entry->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::uint64_t hash_of_models(std::filesystem::path const& folder) {
  std::ostringstream all;
  for (auto const& file : files_below(folder)) {
    std::ostringstream octets;
    octets << std::ifstream{file, std::ios::binary}.rdbuf();
    auto const text = octets.str();
    // The size keeps the end of one file apart from the start of the next.
    all << file.lexically_relative(folder).generic_string() << '\n' << text.size() << '\n' << text;
  }
  return fnv1a(all.str());
}

}  // namespace blondel

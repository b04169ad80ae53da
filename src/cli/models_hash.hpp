#pragma once
/// Names what a folder of models holds, so that a replay can tell that it is another.

#include <cstdint>
#include <filesystem>

namespace blondel {

/// FNV-1a over the names and octets of all JSON files below the folder, in order of their names.
/// A folder that cannot be read whole has the hash of what could be.
/// @cost reads every file once
[[nodiscard]] std::uint64_t hash_of_models(std::filesystem::path const& folder);

}  // namespace blondel

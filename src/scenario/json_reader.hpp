#pragma once
/// JSON text to a JSON value, with line and column of whatever is wrong with it.
/// Only document.cpp, schema.cpp and this reader see the JSON library.

#include <cstddef>
#include <string>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

namespace blondel {

/// How deep arrays and objects may stand in each other; the schemas need 8. What walks a value recurses, so
/// the depth must have a bound.
inline constexpr int json_depth_max = 32;

/// Reads a whole text. Beside the grammar it refuses what the library would take silently or without a place:
/// a key that stands twice, a number beyond a double, a depth beyond json_depth_max.
/// @errors a message that begins with the place: "line 2, column 13: ..."
[[nodiscard]] tl::expected<nlohmann::json, std::string> read_json(std::string const& text);

}  // namespace blondel

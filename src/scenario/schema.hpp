#pragma once
/// Checks a parsed document against its schema and says for a person what is wrong.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <scenario/document.hpp>

namespace blondel {

/// @param json a nlohmann::json, opaque so that this header does not need the library
/// @return "$.path: value: what is wrong and what is allowed", the first fault found; none when all is well
/// @cost parses the schema on each call
[[nodiscard]] std::optional<std::string> check_document(void const* json, DocumentKind kind);

/// The value as compact JSON, cut when it is long. @param json as above
[[nodiscard]] std::string short_value(void const* json);

/// The one of `names` that is written most like `name`; empty when none is near.
[[nodiscard]] std::string nearest_name(std::string_view name, std::vector<std::string> const& names);

}  // namespace blondel

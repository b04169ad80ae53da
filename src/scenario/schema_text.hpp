#pragma once
/// The schemas as they stand in the JSON files beside this one, compiled in.

#include <string_view>

namespace blondel {

/// Without the actions, which bring their own part, and without the tariff table, which is that of its own
/// schema.
[[nodiscard]] std::string_view scenario_schema_text();
[[nodiscard]] std::string_view meter_model_schema_text();
[[nodiscard]] std::string_view ct_model_schema_text();
[[nodiscard]] std::string_view display_model_schema_text();
[[nodiscard]] std::string_view tariff_table_schema_text();
[[nodiscard]] std::string_view calendar_schema_text();
[[nodiscard]] std::string_view nameplate_schema_text();

}  // namespace blondel

#include <scenario/action.hpp>
#include <scenario/load_parts.hpp>
#include <scenario/site.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  std::vector<RegisterId> registers;
  ActionBody body;
  for (auto const& item : value.at("registers").items()) {
    auto const found = find_register(item);
    if (!found) {
      return tl::unexpected{found.error()};
    }
    auto const& row = *found->row;
    if (row.kmp.bytes == 0 || row.unit == Unit::text || row.unit == Unit::rtc) {
      return item.refuse(
          "cannot be logged; allowed: registers with a KMP number that hold a number, see docs/registers.md");
    }
    registers.push_back(row.id);
    body.text += (body.text.empty() ? "" : ", ") + std::string{row.name};
  }
  auto const minutes = static_cast<int>(value.number_or("interval_min", 15));
  body.text +=
      (body.text.empty() ? "default set" : "") + std::string{", "} + std::to_string(minutes) + " min";
  body.apply = [registers = std::move(registers), minutes](Site& site) -> Result<bool> {
    return site.twin().access().set_analysis(registers, minutes, Level::operating).map([] { return true; });
  };
  return body;
}

}  // namespace

extern ActionType const action_set_analysis;
ActionType const action_set_analysis{"set_analysis", R"({
  "type": "object", "additionalProperties": false, "required": ["registers"],
  "description": "somebody with the password sets what the analysis logger records; its records are cleared",
  "properties": {
    "registers": {"type": "array", "maxItems": 16, "items": {"type": ["string", "integer"]}, "description": "display ids, row names or KMP numbers, up to 16; none = the default set"},
    "interval_min": {"type": "integer", "enum": [5, 15, 30, 60], "description": "default 15"}}})",
                                     parse};

}  // namespace blondel

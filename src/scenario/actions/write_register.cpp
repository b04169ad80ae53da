#include <scenario/action.hpp>
#include <scenario/load_parts.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

#include <cmath>

#include <blondel/base/decimal.hpp>

namespace blondel {
namespace {

/// The nearest native step to a value in the row's unit as shown.
std::int64_t native_of(double value, RegisterDef const& row) {
  return std::llround(value * static_cast<double>(native_per_unit(row.unit) * pow10(row.prefix)));
}

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const register_node = value.at("register");
  auto const found = find_register(register_node);
  if (!found) {
    return tl::unexpected{found.error()};
  }
  auto const& row = *found->row;
  if (row.write.apply == nullptr) {
    return register_node.refuse(
        "nobody may write this register; allowed: those with an entry under \"written\" in "
        "docs/registers.md");
  }
  if (row.id == RegisterId::analysis_setup) {
    return register_node.refuse("holds no number; allowed: the action set_analysis");
  }
  auto const number = value.at("value").number();
  ActionBody body;
  body.text = std::string{row.name} + " = " + plain_number(number);
  body.apply = [&row, native = native_of(number, row)](Site& site) -> Result<bool> {
    auto access = site.twin().access();
    auto const before = access.read({row.id, 0}, Level::operating);
    auto const done = before ? access.write(row.id, Reading::number(before->unit, native), Level::operating)
                             : Result<void>{tl::unexpected{before.error()}};
    return done.map([&] { return before->value != native; });
  };
  return body;
}

}  // namespace

extern ActionType const action_write_register;
ActionType const action_write_register{"write_register", R"({
  "type": "object", "additionalProperties": false, "required": ["register", "value"],
  "description": "somebody with the password writes a register of the catalogue; which ones and what they take says docs/registers.md",
  "properties": {
    "register": {"type": ["string", "integer"], "description": "display id, row name or KMP number"},
    "value": {"type": "number", "minimum": -9e9, "maximum": 9e9, "description": "in the register's unit"}}})",
                                       parse};

}  // namespace blondel

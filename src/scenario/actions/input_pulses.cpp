#include <scenario/action.hpp>
#include <scenario/scenario_data.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

namespace blondel {
namespace {

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const input = static_cast<std::size_t>(value.at("input").integer());
  auto const count = static_cast<std::uint32_t>(value.at("count").unsigned_integer());
  auto const period = load_duration(value.at("period_s"));
  auto const length = load_duration(value.at("length_s"));
  if (!period || !length) {
    return tl::unexpected{(period ? length : period).error()};
  }
  if (*length >= *period) {
    return value.at("length_s").refuse("leaves no pause; allowed: less than period_s");
  }
  ActionBody body;
  body.text = "I/O " + std::to_string(input) + " " + std::to_string(count) + " x " +
              plain_number(value.at("length_s").number()) + " s every " +
              plain_number(value.at("period_s").number()) + " s";
  body.apply = [=, period = *period, length = *length](Site& site) -> Result<bool> {
    site.twin().send_pulses(input - 1, count, period, length);
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_input_pulses;
ActionType const action_input_pulses{"input_pulses", R"({
  "type": "object", "additionalProperties": false, "required": ["input", "count", "period_s", "length_s"],
  "description": "pulses at a terminal of the module port, the first at once",
  "properties": {"input": {"type": "integer", "minimum": 1, "maximum": 2, "description": "I/O 1 or I/O 2"},
                 "count": {"type": "integer", "minimum": 1, "maximum": 1000000000, "description": "how many"},
                 "period_s": {"type": "number", "minimum": 0.002, "maximum": 31622400, "description": "from one to the next, whole milliseconds"},
                 "length_s": {"type": "number", "minimum": 0.001, "maximum": 31622400, "description": "of each, whole milliseconds"}}})",
                                     parse};

}  // namespace blondel

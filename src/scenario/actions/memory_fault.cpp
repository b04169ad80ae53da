#include <scenario/action.hpp>
#include <scenario/log_files.hpp>
#include <scenario/site.hpp>
#include <scenario/texts.hpp>

namespace blondel {
namespace {

/// A bit somewhere in the memory.
struct BitPlace {
  MemoryPlace page;
  std::uint32_t octet{};
  unsigned bit{};
};

BitPlace bit_place(Node const& value, std::string const& where) {
  auto const number = [&value](char const* key) {
    return static_cast<std::uint32_t>(value.has(key) ? value.at(key).integer() : 0);
  };
  BitPlace place{{.pages_back = number("pages_back")}, number("octet"), number("bit")};
  for (auto const log : all_logs) {
    if (name_of(log) == where) {
      place.page.log = log;
    }
  }
  return place;
}

Result<bool> damage(Site& site, BitPlace const& place, bool is_stuck) {
  auto const address = site.twin().memory_address(place.page);
  if (!address) {
    return tl::unexpected{address.error()};
  }
  auto& memory = *site.memory();
  auto const at = *address + place.octet;
  auto const done = is_stuck ? memory.stick_bit(at, place.bit) : memory.flip_bit(at, place.bit);
  return done.map([] { return true; });
}

ScenarioResult<ActionBody> parse_bit(Node const& value, ActionBody body, bool is_stuck) {
  auto const where = value.at("where").text();
  auto const place = bit_place(value, where);
  if (place.page.log && place.octet > 511) {
    return value.at("octet").refuse("allowed in a page of a log: 0 to 511");
  }
  if (!place.page.log && place.page.pages_back > 1) {
    return value.at("pages_back").refuse("allowed for the state: 0 and 1");
  }
  body.text += " " + where + " page -" + std::to_string(place.page.pages_back) + " octet " +
               std::to_string(place.octet) + " bit " + std::to_string(place.bit);
  body.apply = [place, is_stuck](Site& site) { return damage(site, place, is_stuck); };
  return body;
}

ScenarioResult<ActionBody> parse(Node const& value, Phases) {
  auto const kind = value.at("kind").text();
  bool const has_bit = kind == "bit_flip" || kind == "stuck_bit";
  bool const has_count = kind == "lost_writes" || kind == "wear_out";
  for (auto const& key : value.keys()) {
    bool const fits = key == "kind" || (key == "writes" ? has_count : has_bit);
    if (!fits) {
      return value.at(key).refuse("has no meaning for \"" + kind + "\"");
    }
  }
  auto const* const needed = has_bit ? "where" : has_count ? "writes" : "kind";
  if (!value.has(needed)) {
    return value.refuse("\"" + kind + "\" needs \"" + needed + "\"");
  }
  ActionBody body;
  body.text = kind;
  body.faults_memory = true;
  if (has_bit) {
    return parse_bit(value, std::move(body), kind == "stuck_bit");
  }
  auto const writes = static_cast<std::uint32_t>(has_count ? value.at("writes").integer() : 0);
  body.text += has_count ? " " + std::to_string(writes) : "";
  body.apply = [kind, writes](Site& site) -> Result<bool> {
    if (kind == "wear_out") {
      site.memory()->wear_out(writes);
    } else if (kind == "lost_writes") {
      site.memory()->lose_writes(writes);
    } else if (kind == "torn_write") {
      site.memory()->tear_write();
    } else {
      site.twin().set_self_test(kind == "ram" ? self_test_ram : kind == "rom" ? self_test_rom : 0);
    }
    return true;
  };
  return body;
}

}  // namespace

extern ActionType const action_memory_fault;
ActionType const action_memory_fault{"memory_fault", R"({
  "type": "object", "additionalProperties": false, "required": ["kind"],
  "description": "a fault of the meter's memory: a bit that turns over or sticks, writes that are lost or torn though acknowledged, a worn-out medium that refuses; or what the tests of RAM and ROM find from the next power-up on",
  "properties": {
    "kind": {"type": "string", "enum": ["bit_flip", "stuck_bit", "lost_writes", "torn_write", "wear_out", "ram", "rom", "none"], "description": "none: RAM and ROM are well again"},
    "where": {"type": "string", "enum": ["state", "status", "rtc", "voltage_quality", "load_profile", "debiting", "debiting_2", "ct_ratio", "load_profile_events", "analysis", "neutral_fault"], "description": "the state or a log; for bit_flip and stuck_bit"},
    "pages_back": {"type": "integer", "minimum": 0, "maximum": 100000, "description": "from the open page of a log, or 1 for the older copy of the state; default 0"},
    "octet": {"type": "integer", "minimum": 0, "maximum": 4095, "description": "in the page or copy; default 0"},
    "bit": {"type": "integer", "minimum": 0, "maximum": 7, "description": "default 0"},
    "writes": {"type": "integer", "minimum": 0, "maximum": 1000000000, "description": "how many are lost, or go well before the medium refuses"}}})",
                                     parse};

}  // namespace blondel

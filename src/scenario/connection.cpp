#include <scenario/connection.hpp>

#include <scenario/texts.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace blondel {
namespace {

constexpr std::size_t middle = 1;  ///< the element that the three-wire form does not have
constexpr std::array<std::string_view, element_count> voltage_terminals{"2", "5", "8"};
constexpr std::array<std::string_view, element_count> current_terminals{"1-3", "4-6", "7-9"};
constexpr std::array<std::string_view, 4> conductor_names{"L1", "L2", "L3", "N"};

/// "open" and "fuse_blown" are the same to the meter: no wire.
Conductor conductor_of(std::string_view name) {
  auto const found = std::find(conductor_names.begin(), conductor_names.end(), name);
  return found == conductor_names.end() ? Conductor::none
                                        : static_cast<Conductor>(found - conductor_names.begin());
}

void say(std::string& text, std::string_view terminal, std::string_view what) {
  text += (text.empty() ? "" : ", ") + std::string{terminal} + " " + std::string{what};
}

ScenarioResult<void> load_terminals(Connection& connection, std::optional<Node> const& terminals) {
  auto& wiring = connection.wiring;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const terminal = terminals ? terminals->find(voltage_terminals[e]) : std::nullopt;
    auto const name = terminal ? terminal->text() : std::string{conductor_names[e]};
    wiring.voltage[e] = conductor_of(name);
    if (wiring.aron && wiring.voltage[e] == Conductor::n) {
      return terminal->refuse(
          "a three-wire (Aron) meter stands in a supply without neutral; allowed: \"L1\", \"L2\", \"L3\", "
          "\"open\", \"fuse_blown\"");
    }
    say(connection.text, voltage_terminals[e], name);
  }
  auto const neutral = terminals ? terminals->find("11") : std::nullopt;
  if (wiring.aron) {
    return neutral ? neutral->refuse("a three-wire (Aron) meter has no terminal 11; allowed: 2, 5, 8")
                   : ScenarioResult<void>{};
  }
  auto const name = neutral ? neutral->text() : "N";
  wiring.neutral = conductor_of(name);
  say(connection.text, "11", name);
  return {};
}

/// How a person says a feed. @param secondary "connected", "open" or "shorted"
std::string feed_text(CurrentFeed const& feed, std::string const& secondary) {
  auto text = std::string{conductor_names[static_cast<std::size_t>(feed.line)]};
  if (secondary != "connected") {
    return text + " " + secondary;
  }
  text += feed.share < 0.0 ? " reversed" : "";
  auto const share = std::abs(feed.share);
  return share < 1.0 ? text + " share " + plain_number(share) : text;
}

ScenarioResult<void> load_feed(Connection& connection, std::size_t element, Node const& transformer) {
  auto& feed = connection.wiring.current[element];
  if (auto const line = transformer.find("line")) {
    feed.line = static_cast<std::int8_t>(conductor_of(line->text()));
  }
  auto const secondary = transformer.text_or("secondary", "connected");
  if (secondary == "connected") {
    auto const share = transformer.number_or("share", 1.0);
    feed.share = transformer.boolean_or("reversed", false) ? -share : share;
  } else {
    for (auto const* key : {"reversed", "share"}) {
      if (transformer.has(key)) {
        return transformer.at(key).refuse("no current comes from a secondary that is " + secondary +
                                          "; allowed: left out beside it");
      }
    }
    feed.share = 0.0;
  }
  say(connection.text, current_terminals[element], feed_text(feed, secondary));
  return {};
}

ScenarioResult<void> load_transformers(Connection& connection, std::optional<Node> const& transformers) {
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const transformer = transformers ? transformers->find(current_terminals[e]) : std::nullopt;
    if (connection.wiring.aron && e == middle) {
      if (transformer) {
        return transformer->refuse("a three-wire (Aron) meter has no terminals 4 and 6; allowed: 1-3, 7-9");
      }
      continue;
    }
    if (!transformer) {
      say(connection.text, current_terminals[e], conductor_names[e]);
    } else if (auto loaded = load_feed(connection, e, *transformer); !loaded) {
      return loaded;
    }
  }
  return {};
}

void load_s0(Connection& connection, Node const& value) {
  auto const terminals = value.find("terminals");
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> right{
      {{"20", "S0+"}, {"21", "S0-"}}};
  for (auto const& [terminal, wire] : right) {
    auto const name = terminals ? terminals->text_or(terminal, wire) : std::string{wire};
    if (name != wire) {
      connection.s0.is_wired_right = false;
      say(connection.text, terminal, name);
    }
  }
  if (auto const supply = value.find("s0_supply")) {
    connection.s0.supply_v = supply->at("voltage_v").number();
    connection.s0.resistance_ohm = supply->at("resistance_ohm").number();
  }
}

}  // namespace

ScenarioResult<Connection> load_connection(Node const& value, Phases form) {
  Connection connection;
  connection.wiring.aron = form == Phases::aron_50hz;
  if (auto loaded = load_terminals(connection, value.find("terminals")); !loaded) {
    return tl::unexpected{loaded.error()};
  }
  if (auto loaded = load_transformers(connection, value.find("transformers")); !loaded) {
    return tl::unexpected{loaded.error()};
  }
  load_s0(connection, value);
  if (auto const supply = value.find("supply_neutral")) {
    if (connection.wiring.aron) {
      return supply->refuse(
          "a three-wire (Aron) meter stands in a supply without neutral; allowed: left out");
    }
    connection.wiring.neutral_lost = supply->text() == "lost";
    connection.text += connection.wiring.neutral_lost ? ", supply neutral lost" : "";
  }
  return connection;
}

}  // namespace blondel

#pragma once
/// How the meter is connected, terminal by terminal: right, or wrong as an installer finds it.

#include <string>

#include <blondel/frontend/wiring.hpp>
#include <blondel/meter/config.hpp>
#include <scenario/document.hpp>

namespace blondel {

/// A connection and how a person says it.
struct Connection {
  Wiring wiring;
  std::string text;  ///< "2 L1, 5 L2, 8 L3, 11 N, 1-3 L1, 4-6 L2 reversed, 7-9 L3"
};

/// The whole connection that a "connection" value means: what it leaves out is connected right.
/// @errors invalid: a terminal or conductor that the meter's form does not have, words that exclude each
/// other
/// @source device.md 15
[[nodiscard]] ScenarioResult<Connection> load_connection(Node const& value, Phases form);

}  // namespace blondel

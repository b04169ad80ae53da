#pragma once
/// How the meter is connected, terminal by terminal: right, or wrong as an installer finds it.

#include <string>

#include <blondel/frontend/wiring.hpp>
#include <blondel/meter/config.hpp>
#include <scenario/document.hpp>

namespace blondel {

/// What hangs at the S0 output, terminals 20 (plus) and 21 (minus).
struct S0Loop {
  double supply_v{24.0};
  double resistance_ohm{1'000.0};  ///< of everything else in the loop
  bool is_wired_right{true};       ///< neither open nor the wrong way round

  /// What flows while the output is closed. @units mA
  [[nodiscard]] double closed_ma() const { return is_wired_right ? supply_v / resistance_ohm * 1e3 : 0.0; }

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.supply_v);
    field(self.resistance_ohm);
    field(self.is_wired_right);
  }
};

/// A connection and how a person says it.
struct Connection {
  Wiring wiring;
  S0Loop s0;
  std::string text;  ///< "2 L1, 5 L2, 8 L3, 11 N, 1-3 L1, 4-6 L2 reversed, 7-9 L3"
};

/// The whole connection that a "connection" value means: what it leaves out is connected right.
/// @errors invalid: a terminal or conductor that the meter's form does not have, words that exclude each
/// other
/// @source device.md 15
[[nodiscard]] ScenarioResult<Connection> load_connection(Node const& value, Phases form);

}  // namespace blondel

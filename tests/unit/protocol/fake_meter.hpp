#pragma once
/// A meter of seven registers with literal values, in place of the core: it defines the functions that
/// include/blondel/meter declares, so a program with it must not link the core's objects.

#include <cstdint>
#include <string>
#include <vector>

#include <blondel/meter/access.hpp>
#include <blondel/protocol/endpoint.hpp>

namespace blondel {

struct MeterState {
  bool is_off{};
  bool refuses_commands{};
  std::vector<Command> commands;
};

/// Digit A = 2: primary energy with one decimal. Software H1.
MeterConfig fake_config();

/// Registers: 1 active_energy_import 69.1 kWh; 1010 total_meter_number (10 octets); 1023 active_power -1.234
/// kW; 1047 clock_stamp; 1054 voltage_l1 230 V; 1126 type_text; 2000 is forbidden to everybody.
struct FakeMeter {
  MeterState state;
  MeterConfig config{fake_config()};
  Access access{state, config};
};

/// Keeps every link event as one line: "request 80 3F ...", "silence 13/34 80 22 ...".
struct EventLog {
  struct Entry {
    LinkEvent::Kind kind;
    std::vector<std::uint8_t> frame;
    Error reason;
  };
  std::vector<Entry> entries;

  [[nodiscard]] LinkObserver observer() {
    return {[](void* context, LinkEvent const& event) {
              static_cast<EventLog*>(context)->entries.push_back(
                  {event.kind, {event.frame.begin(), event.frame.end()}, event.reason});
            },
            this};
  }
  /// The reasons of all silences, in order.
  [[nodiscard]] std::vector<Error> silences() const {
    std::vector<Error> reasons;
    for (auto const& entry : entries) {
      if (entry.kind == LinkEvent::Kind::silence) {
        reasons.push_back(entry.reason);
      }
    }
    return reasons;
  }
};

/// "80 3F 01" -> octets. Spaces are skipped.
std::vector<std::uint8_t> octets_of(std::string const& hex);

}  // namespace blondel

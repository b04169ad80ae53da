#pragma once
/// What an action is: parsed once, done at its instant. One file in actions/ and one line in action_list.inc.

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <blondel/base/result.hpp>
#include <blondel/meter/access.hpp>
#include <blondel/meter/config.hpp>
#include <scenario/document.hpp>

namespace blondel {

class Site;

/// An action ready to be done.
struct ActionBody {
  std::string text;  ///< its value in the transcript: "L1 20 A lag 0 deg"
  /// Acts at the meter's now(). @return false when it found everything as it wants it
  std::function<Result<bool>(Site&)> apply;
  /// What the transcript says after `text` once it is done; none = no more.
  std::function<std::string(Site&)> tell;
  bool loses_neutral{};               ///< it takes the supply's neutral away
  bool faults_memory{};               ///< it needs a memory that can be damaged
  std::array<double, 3> current_a{};  ///< what it lets flow through the primary, rms; 0 = sets none
};

/// An action at its instant.
struct TimedAction {
  SimTime at;
  std::string key;   ///< its event name in the transcript
  std::string path;  ///< in the document, for messages
  ActionBody body;
};

/// One kind of action.
struct ActionType {
  std::string_view key;     ///< in the document: "set_load"
  std::string_view schema;  ///< of its value, draft-07; may use the scenario schema's definitions
  ScenarioResult<ActionBody> (*parse)(Node const& value, Phases form){};  ///< @param form of the meter
};

/// All kinds in the order of action_list.inc.
[[nodiscard]] std::span<ActionType const* const> action_types();

/// Which of L1, L2, L3 a "phase" value means.
[[nodiscard]] std::array<bool, 3> phases_of(std::string const& phase);

/// What lose_phase and restore_phase do: the voltage of the phases of a "phase" value goes or comes back.
[[nodiscard]] ActionBody phase_voltage(Node const& value, bool is_lost);

/// What open_cover and close_cover do with the cover of a "cover" value.
[[nodiscard]] ActionBody move_cover(Node const& value, bool opens);

/// A command of somebody with the password. @return what an action gives that does not look for a change
[[nodiscard]] Result<bool> command(Site& site, Command const& command);

/// Reads the list of actions. @param form of the meter @errors invalid
[[nodiscard]] ScenarioResult<std::vector<TimedAction>> load_actions(Node const& list, Phases form);

}  // namespace blondel

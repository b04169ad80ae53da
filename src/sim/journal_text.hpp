#pragma once
/// The words of the journal's text format, in the order in which the head has them.

#include <string_view>

namespace blondel::journal_text {

inline constexpr std::string_view magic = "blondel-journal";
inline constexpr std::string_view program = "program";
inline constexpr std::string_view scenario = "scenario";
inline constexpr std::string_view scenario_hash = "scenario_hash";
inline constexpr std::string_view models = "models";
inline constexpr std::string_view models_hash = "models_hash";
inline constexpr std::string_view seed = "seed";
inline constexpr std::string_view start_local = "start_local";
inline constexpr std::string_view history_s = "history_s";
inline constexpr std::string_view pacing = "pacing";
/// The value of `seed` and `start_local` when the document's own holds.
inline constexpr std::string_view of_scenario = "scenario";

}  // namespace blondel::journal_text

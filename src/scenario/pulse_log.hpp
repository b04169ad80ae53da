#pragma once
/// The pulses of a run as a file: what a photo head at the LED and counters at the outputs see.

#include <array>
#include <string>

#include <scenario/output_file.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// Writes pulses.csv, a row for every edge of the outputs asked for.
class PulseLog {
 public:
  /// @param run names version, scenario and seed in every row @errors runtime
  [[nodiscard]] static ScenarioResult<PulseLog> create(std::filesystem::path const& path,
                                                       Scenario const& scenario, CivilSeconds utc_start,
                                                       std::string run);

  /// From now on this hangs at terminals 20 and 21.
  void set_s0(S0Loop const& loop) { s0_ = loop; }
  /// An edge is kept until flush() or until there are many.
  void handle_edge(OutputEdge const& edge);
  /// @errors runtime, the first one ever
  [[nodiscard]] ScenarioResult<void> flush();
  /// @errors runtime
  [[nodiscard]] ScenarioResult<void> close();
  [[nodiscard]] KeptFile const& kept() const { return file_.kept(); }

 private:
  PulseLog(OutputFile file, Scenario const& scenario, CivilSeconds utc_start, std::string run);

  OutputFile file_;
  Scenario const* scenario_;
  CivilSeconds utc_start_;
  S0Loop s0_;
  std::string run_;
  std::string meter_;
  std::string rows_;  ///< not yet written
  SimTime last_;
  ScenarioResult<void> failure_;
};

}  // namespace blondel

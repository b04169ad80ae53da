#pragma once
/// What a scenario under way consists of.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <scenario/humidity.hpp>
#include <scenario/operating_limits.hpp>
#include <scenario/recorder.hpp>
#include <scenario/run_lines.hpp>
#include <scenario/run_tiers.hpp>
#include <scenario/site.hpp>
#include <twin/draft_nv.hpp>

namespace blondel {

struct Resumed;

struct ScenarioRun::Parts {
  std::shared_ptr<Scenario const> scenario;
  RunIdentity identity;
  CivilSeconds utc_start{};
  std::optional<Site> site;
  std::optional<OperatingLimits> limits;
  std::optional<TierLimits> tier_limits;
  TierChanges tier_changes;
  std::optional<HumidityRecord> humidity;
  DraftNv* past{};  ///< what the twin writes to while it has one to run through
  Twin* twin{};     ///< the site's
  std::function<void(std::string const&)> on_warning;
  std::optional<Recorder> recorder;
  std::size_t next_action{};
  SimTime next_transcript;
  SimTime next_csv;
  bool end_line_due{};  ///< the registers at the very end wait for finish(), so that they come last
  bool end_seen{};
  std::optional<ScenarioError> fault;  ///< told once
  std::vector<std::string> warnings;   ///< the document's, and of the start
  std::uint8_t self_test_told{};       ///< SelfTestBit
  std::vector<std::optional<ExpectationOutcome>> outcomes;

  /// The run's own part of a snapshot; the meter is not in it.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.next_action);
    field(self.next_transcript);
    field(self.next_csv);
    field(self.end_line_due);
    field(self.end_seen);
    field(self.warnings);
    field(self.self_test_told);
    field(self.outcomes);
    field(*self.humidity);
    field(*self.limits);
    field(*self.tier_limits);
    field(*self.site);
  }
  // How it begins: run_start.cpp.
  [[nodiscard]] ScenarioResult<void> set_up(RunOptions const& options);
  [[nodiscard]] ScenarioResult<void> place_start(CivilSeconds start_local);
  void plan();
  [[nodiscard]] ScenarioResult<void> build_meter(RunOptions const& options, CivilSeconds start_local);
  [[nodiscard]] ScenarioResult<void> start_meter();
  [[nodiscard]] ScenarioResult<void> open_results(RunOptions const& options);

  // How it goes on from a snapshot: run_snapshot.cpp.
  [[nodiscard]] ScenarioResult<void> go_on(Resumed const& resumed, std::filesystem::path const& file);
  void take_branch();

  [[nodiscard]] SimTime end() const { return SimTime{} + scenario->duration; }
  [[nodiscard]] SimTime due(Expectation const& expectation) const { return expectation.at.value_or(end()); }
  [[nodiscard]] SimTime next_own() const;
  [[nodiscard]] ScenarioResult<void> write_all(TranscriptLines const& lines, SimTime t);
  [[nodiscard]] ScenarioResult<void> write_due(SimTime t);
  void judge_due(SimTime t);
  [[nodiscard]] ScenarioResult<void> act_due(SimTime t);
  [[nodiscard]] ScenarioResult<void> warn_of_crossed(SimTime t);
  [[nodiscard]] ScenarioResult<void> step_twin(SimTime until);
  [[nodiscard]] ScenarioResult<void> check_fault();
  [[nodiscard]] SummarySheet sheet(bool interrupted) const;
  [[nodiscard]] ScenarioResult<void> closing_lines(bool interrupted, SummarySheet const& sheet,
                                                   TranscriptLines const& readings);
};

}  // namespace blondel

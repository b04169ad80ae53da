#pragma once
/// Where a run's results go: transcript lines, CSV rows, the summary.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <report/summary.hpp>
#include <scenario/output_file.hpp>
#include <scenario/pulse_log.hpp>
#include <scenario/quality_log.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// Writes results. Borrows the scenario, which outlives it. Without an output directory only the transcript
/// lines are handed to the callback.
class Recorder {
 public:
  /// Makes the directory and the files and writes their heads. @errors runtime
  [[nodiscard]] static ScenarioResult<Recorder> open(Scenario const& scenario, RunOptions const& options,
                                                     RunIdentity const& identity, CivilSeconds utc_start);

  /// One transcript line: `time meter event value`. @errors runtime
  [[nodiscard]] ScenarioResult<void> line(SimTime t, std::string const& event, std::string const& value);
  /// One CSV row; cells of a meter without supply are empty. @errors runtime
  [[nodiscard]] ScenarioResult<void> csv_row(Twin& twin, SimTime t);
  /// From now on the meter's pulses and samples are written as the scenario wants it. The recorder must stay
  /// where it is. @errors runtime
  [[nodiscard]] ScenarioResult<void> watch(Twin& twin);
  /// Writes the logs asked for. @errors runtime
  [[nodiscard]] ScenarioResult<void> write_logs(Twin& twin);
  /// What terminals 20 and 21 are connected to from now on.
  void set_s0(S0Loop const& loop);
  /// Writes what waits in memory. @errors runtime
  [[nodiscard]] ScenarioResult<void> flush(SimTime now);
  /// Writes summary.json and summary.txt and closes everything. Half a summary says nothing: it is removed.
  /// @errors runtime, the first one
  [[nodiscard]] ScenarioResult<void> finish(SummarySheet const& sheet, SimTime now);
  /// Closes everything without a summary: the run goes on elsewhere. @errors runtime, the first one
  [[nodiscard]] ScenarioResult<void> close();

  [[nodiscard]] std::vector<KeptFile> kept() const;
  [[nodiscard]] std::string const& last_line() const { return last_line_; }
  [[nodiscard]] std::string const& meter() const { return meter_; }

 private:
  Recorder(Scenario const& scenario, RunOptions const& options, RunIdentity identity, CivilSeconds utc_start);
  [[nodiscard]] ScenarioResult<void> make_file(std::optional<OutputFile>& file, char const* name,
                                               std::string const& head);
  [[nodiscard]] ScenarioResult<void> make_summary(std::optional<OutputFile>& file, char const* name,
                                                  std::string const& text);
  [[nodiscard]] std::string csv_head() const;
  [[nodiscard]] ScenarioResult<void> emit(std::optional<SimTime> t, std::string const& text);

  Scenario const* scenario_;
  RunIdentity identity_;
  CivilSeconds utc_start_;
  std::optional<std::filesystem::path> directory_;
  std::function<void(std::string const&)> on_transcript_;
  std::string meter_;
  std::optional<OutputFile> transcript_;
  std::optional<OutputFile> csv_;
  std::optional<PulseLog> pulses_;
  std::optional<QualityLog> quality_;
  std::vector<KeptFile> logs_;
  std::optional<OutputFile> summary_json_;
  std::optional<OutputFile> summary_text_;
  std::string last_line_;
};

}  // namespace blondel

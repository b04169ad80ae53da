#pragma once
/// Load, validate, run: one JSON document in, a transcript and results out.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include <blondel/base/time.hpp>

namespace blondel {

class Twin;

/// An error for a person: file, place in the document, the value and what is allowed.
struct ScenarioError {
  enum class Kind : std::uint8_t {
    invalid,  ///< the document or a model is wrong: exit code 3
    runtime,  ///< a file, disk or memory problem while running: exit code 1
    damaged,  ///< permanent memory damaged: exit code 5
  };
  Kind kind{Kind::invalid};
  std::string message;
};
template<class T>
using ScenarioResult = tl::expected<T, ScenarioError>;

/// A validated document with its models resolved; private to the layer.
struct Scenario;

/// What the command line adds to a document.
struct RunOptions {
  std::filesystem::path models{"models"};
  std::optional<std::filesystem::path> output;  ///< results directory; none = write no results
  std::optional<std::uint64_t> seed;            ///< instead of the document's
  /// Local civil time at which the run starts, instead of the document's: seconds since 2000-01-01.
  std::optional<std::int64_t> start_local;
  /// The meter has been in service for so long when the run starts: it is run through that time first, in the
  /// interval tier. A profile of loads comes again and again before the instant 0.
  SimDuration history;
  std::optional<std::filesystem::path> resume;  ///< a snapshot to go on from, instead of starting
  bool fork{};                                  ///< the document may be another than the snapshot's
  bool is_saved{};                              ///< save() will be called: what cannot go on is refused
  /// Each transcript line as it comes, without its newline.
  std::function<void(std::string const&)> on_transcript;
  /// Each warning that comes up in mid-run: "at 30 s: ...".
  std::function<void(std::string const&)> on_warning;
};

/// One expectation and what came.
struct ExpectationOutcome {
  std::string what;      ///< "1.8.0 at end"
  std::string expected;  ///< "69.03 kWh +- 0.01 kWh"
  std::string found;
  bool passed{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.what);
    field(self.expected);
    field(self.found);
    field(self.passed);
  }
};

/// What of a result file is on the disk, all of it whole.
struct KeptFile {
  std::filesystem::path path;
  std::uint64_t lines{};
  std::optional<SimTime> until;  ///< what the last of them is about; none when there is only a head
  bool is_cut{};                 ///< a piece of another line follows that could not be taken back
};
/// "31 lines, up to 300 s of simulated time"
[[nodiscard]] std::string kept_text(KeptFile const& file);

/// What a finished (or interrupted) run says about itself.
struct RunSummary {
  std::string scenario;
  SimTime simulated;
  bool interrupted{};
  std::vector<ExpectationOutcome> expectations;
  std::vector<std::filesystem::path> files;  ///< results written
  std::string last_line;                     ///< of the transcript
  std::uint64_t state_hash{};
  std::string json;  ///< what stands in summary.json
  [[nodiscard]] bool passed() const;
};

/// Reads and checks a scenario: a directory with scenario.json, or a file. Nothing is run.
[[nodiscard]] ScenarioResult<std::shared_ptr<Scenario const>> load_scenario(std::filesystem::path const& path,
                                                                            RunOptions const& options);
/// The published JSON Schema of a scenario document, draft-07.
[[nodiscard]] std::string scenario_schema();

/// What a snapshot says about itself.
struct SnapshotInfo {
  std::string program;   ///< version that wrote it
  std::string scenario;  ///< its name
  std::uint64_t document_fnv1a{};
  std::uint64_t seed{};
  std::int64_t utc_start{};  ///< of the run, seconds since 2000-01-01
  std::uint32_t serial_number{};
  SimTime now;
  std::string tier;      ///< of the run, with ", hybrid"
  std::string tier_now;  ///< empty without supply
  std::uint64_t state_hash{};
  std::uint64_t config_hash{};
  int format{};
  std::size_t size{};                                      ///< octets
  std::vector<std::pair<std::string, std::size_t>> parts;  ///< name and octets
};
/// Reads a snapshot and checks that it is whole. @errors invalid, with place and reason; runtime
[[nodiscard]] ScenarioResult<SnapshotInfo> snapshot_info(std::filesystem::path const& file);

/// A scenario under way. Steps as the twin does, plus timed actions, transcript and CSV.
class ScenarioRun {
 public:
  /// Builds the meter, calibrates it and writes the transcript's head.
  [[nodiscard]] static ScenarioResult<std::unique_ptr<ScenarioRun>> create(
      std::shared_ptr<Scenario const> scenario, RunOptions options);
  ~ScenarioRun();

  [[nodiscard]] Twin& twin();
  [[nodiscard]] std::string const& name() const;
  /// What a person should know beforehand. Also in the transcript and the summary.
  [[nodiscard]] std::vector<std::string> const& warnings() const;
  /// What of the results is on the disk by now.
  [[nodiscard]] std::vector<KeptFile> kept() const;
  /// When the document's duration is over. A served run may go on beyond it with what holds then.
  [[nodiscard]] SimTime end() const;
  [[nodiscard]] SimTime now() const;
  [[nodiscard]] SimTime next_deadline() const;
  /// Runs everything up to `until`. On an error what was measured is already on disk: see kept().
  [[nodiscard]] ScenarioResult<void> step(SimTime until);
  /// Judges the expectations, writes the summary and closes the files. A summary that does not fit on the
  /// disk is taken away again.
  /// @param interrupted the run was stopped before its end; expectations at later times are not judged
  [[nodiscard]] ScenarioResult<RunSummary> finish(bool interrupted);
  /// Instead of finish(): writes a snapshot of now() and closes the files without a summary. The meter keeps
  /// its supply. A run with `resume` goes on with the line that would have come next.
  /// @errors invalid: at or after the end there is nothing to go on with; runtime: the file, or a fault of
  /// the meter
  [[nodiscard]] ScenarioResult<void> save(std::filesystem::path const& file);

 private:
  struct Parts;
  explicit ScenarioRun(std::unique_ptr<Parts> parts);
  [[nodiscard]] ScenarioResult<void> advance(SimTime until);
  std::unique_ptr<Parts> parts_;
};

}  // namespace blondel

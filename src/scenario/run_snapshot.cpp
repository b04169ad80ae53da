#include <scenario/run_snapshot.hpp>

#include <report/summary.hpp>
#include <scenario/expect.hpp>
#include <scenario/input_file.hpp>
#include <scenario/output_file.hpp>
#include <scenario/run_parts.hpp>
#include <scenario/run_tiers.hpp>
#include <scenario/texts.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

namespace blondel {
namespace {

tl::unexpected<ScenarioError> invalid(std::filesystem::path const& file, std::string const& reason) {
  return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid, file.string() + ": " + reason}};
}

ScenarioResult<std::vector<std::uint8_t>> octets_of(std::filesystem::path const& file) {
  if (auto regular = expect_regular_file(file, ScenarioError::Kind::invalid); !regular) {
    return tl::unexpected{regular.error()};
  }
  std::ifstream stream{file, std::ios::binary};
  std::vector<std::uint8_t> octets{std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
  if (!stream.is_open() || stream.bad()) {
    return tl::unexpected{ScenarioError{ScenarioError::Kind::runtime, file.string() + ": cannot be read"}};
  }
  return octets;
}

/// What is wrong with a file and where. @param snapshot when its parts could be told apart
std::string reason_of(Error const& error, Snapshot const* snapshot) {
  auto const part = snapshot != nullptr && error.detail >= 0
                        ? snapshot->part_at(static_cast<std::size_t>(error.detail))
                        : std::nullopt;
  auto const place = "octet " + std::to_string(error.detail) +
                     (part ? ", in the part " + std::string{name_of(*part)} : std::string{}) + ": ";
  switch (error.code) {
    case ErrorCode::bad_syntax:
      return snapshot == nullptr
                 ? std::string{"no snapshot"}
                 : std::string{"the part "} + std::string{name_of(static_cast<SnapshotPart>(error.detail))} +
                       " is missing";
    case ErrorCode::out_of_range:
      return "format " + std::to_string(error.detail) + " of snapshots; this program reads " +
             std::to_string(snapshot_format);
    case ErrorCode::truncated:
      return place + "it ends here, in the midst of something";
    case ErrorCode::bad_checksum:
      return place + "damaged, the checksum does not match";
    case ErrorCode::bad_field:
      return place + "a value that cannot stand there";
    default:
      return name_of(error.code) + std::string{" ("} + std::to_string(error.detail) + ")";
  }
}

ScenarioResult<Snapshot> read_snapshot(std::filesystem::path const& file) {
  auto const octets = octets_of(file);
  if (!octets) {
    return tl::unexpected{octets.error()};
  }
  auto snapshot = Snapshot::decode(*octets);
  if (!snapshot) {
    return invalid(file, reason_of(snapshot.error(), nullptr));
  }
  return std::move(*snapshot);
}

ScenarioResult<SnapshotOrigin> origin_of(Snapshot const& snapshot, std::filesystem::path const& file) {
  SnapshotOrigin origin;
  auto const read = snapshot.read(SnapshotPart::origin, [&](auto& field) { field(origin); });
  if (!read) {
    return invalid(file, reason_of(read.error(), &snapshot));
  }
  return origin;
}

/// Beside the file first, so that an earlier snapshot is never half overwritten.
ScenarioResult<void> replace_file(std::filesystem::path const& file,
                                  std::vector<std::uint8_t> const& octets) {
  auto const beside = file.string() + ".part";
  auto written = write_file(beside, {reinterpret_cast<char const*>(octets.data()), octets.size()});
  std::error_code error;
  if (written) {
    std::filesystem::rename(beside, file, error);
    if (error) {
      written =
          tl::unexpected{ScenarioError{ScenarioError::Kind::runtime, file.string() + ": " + error.message()}};
    }
  }
  if (!written) {
    std::filesystem::remove(beside, error);
  }
  return written;
}

/// The next multiple of an interval.
SimTime next_of(std::optional<SimDuration> interval, SimTime now) {
  return interval ? SimTime{} + *interval * (now.ns() / interval->ns() + 1) : SimTime::never();
}

}  // namespace

ScenarioResult<Resumed> read_resumed(std::filesystem::path const& file, Scenario const& document,
                                     RunOptions const& options, CivilSeconds utc_start) {
  auto snapshot = read_snapshot(file);
  if (!snapshot) {
    return tl::unexpected{snapshot.error()};
  }
  auto const origin = origin_of(*snapshot, file);
  if (!origin) {
    return tl::unexpected{origin.error()};
  }
  if (origin->program != BLONDEL_VERSION) {
    return invalid(
        file, "written by blondel " + origin->program + ", which need not go on as " BLONDEL_VERSION " does");
  }
  bool const is_branch = origin->document_fnv1a != document.document_fnv1a;
  if (is_branch && !options.fork) {
    return invalid(file, "saved from another document (" + quoted_text(origin->scenario) + ", fnv1a " +
                             hex64(origin->document_fnv1a) + ") than " + document.file.string() + " (fnv1a " +
                             hex64(document.document_fnv1a) + "); --fork lets a changed document go on");
  }
  if (options.seed.value_or(origin->seed) != origin->seed) {
    return invalid(file, "saved with seed " + std::to_string(origin->seed) + "; a run keeps its seed");
  }
  if (origin->utc_start != utc_start) {
    return invalid(file, "saved from a run with another start");
  }
  if (document.quality && options.output) {
    return expect_savable(document, options).map([] { return Resumed{}; });
  }
  return Resumed{std::move(*snapshot), *origin, is_branch};
}

ScenarioResult<void> expect_savable(Scenario const& document, RunOptions const& options) {
  if (document.quality && options.output) {
    return invalid(document.file,
                   "$.results.power_quality: its intervals cannot go on after a snapshot; take it out");
  }
  auto const& actions = document.actions;
  auto const faulty = std::find_if(actions.begin(), actions.end(),
                                   [](TimedAction const& action) { return action.body.faults_memory; });
  if (options.is_saved && faulty != actions.end()) {
    return invalid(document.file,
                   faulty->path + ": what is wrong with a memory cannot go on after a snapshot");
  }
  return {};
}

ScenarioResult<void> ScenarioRun::Parts::go_on(Resumed const& resumed, std::filesystem::path const& file) {
  auto const loaded = twin->load(resumed.snapshot);
  if (!loaded) {
    auto const& error = loaded.error();
    return invalid(
        file,
        error.code == ErrorCode::contradiction
            ? "saved from another meter (serial number " + std::to_string(error.detail) +
                  ") or with other models, wiring, tier or start than " + scenario->file.string() + " has"
        : error.code == ErrorCode::forbidden
            ? scenario->nv + " is the memory of another meter, serial number " + std::to_string(error.detail)
            : reason_of(error, &resumed.snapshot));
  }
  auto const document_warnings = warnings;
  auto const read = resumed.snapshot.read(SnapshotPart::run, [&](auto& field) {
    field(*this);
    if (!resumed.is_branch &&
        (outcomes.size() != scenario->expectations.size() || next_action > scenario->actions.size())) {
      field.octets().refuse();
    }
  });
  if (!read) {
    return invalid(file, reason_of(read.error(), &resumed.snapshot));
  }
  if (twin->now() >= end()) {
    return invalid(file, "saved at " + plain_number(static_cast<double>(twin->now().ns()) / ns_per_s) +
                             " s, where the scenario is over");
  }
  if (resumed.is_branch) {
    for (auto const& warning : document_warnings) {
      if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) {
        warnings.push_back(warning);
      }
    }
    take_branch();
  }
  recorder->set_s0(site->exposure().s0);
  return {};
}

/// From here on another document leads. What its actions and expectations say of the time before is past.
void ScenarioRun::Parts::take_branch() {
  auto const now = twin->now();
  auto const is_past = [now](TimedAction const& action) { return action.at <= now; };
  auto const& actions = scenario->actions;
  next_action = static_cast<std::size_t>(std::count_if(actions.begin(), actions.end(), is_past));
  next_transcript = next_of(scenario->transcript.interval, now);
  next_csv = next_of(scenario->csv ? scenario->csv->interval : std::nullopt, now);
  auto const judged = std::exchange(outcomes, {});
  for (auto const& expectation : scenario->expectations) {
    auto outcome = due(expectation) <= now ? std::optional{never_reached(expectation)} : std::nullopt;
    for (auto const& before : judged) {
      if (outcome && before && before->what == outcome->what && before->expected == outcome->expected) {
        outcome = before;
      }
    }
    outcomes.push_back(outcome);
  }
  twin->look_at_source();
}

ScenarioResult<void> ScenarioRun::save(std::filesystem::path const& file) {
  auto& parts = *parts_;
  if (parts.fault) {
    return tl::unexpected{*parts.fault};
  }
  if (now() >= parts.end()) {
    return invalid(file, "not written: the run is at its end");
  }
  Snapshot snapshot;
  parts.twin->save(snapshot);
  StateWriter origin;
  SnapshotOrigin const from{parts.identity.version, parts.identity.scenario, parts.identity.document_fnv1a,
                            parts.identity.seed, parts.utc_start};
  origin(from);
  snapshot.put(SnapshotPart::origin, origin.take());
  StateWriter run;
  run(std::as_const(parts));
  snapshot.put(SnapshotPart::run, run.take());
  auto const written = replace_file(file, snapshot.encode());
  auto const closed = parts.recorder->close();
  return written ? closed : written;
}

ScenarioResult<SnapshotInfo> snapshot_info(std::filesystem::path const& file) {
  auto const snapshot = read_snapshot(file);
  if (!snapshot) {
    return tl::unexpected{snapshot.error()};
  }
  auto const origin = origin_of(*snapshot, file);
  if (!origin) {
    return tl::unexpected{origin.error()};
  }
  auto const identity = identity_of(*snapshot);
  if (!identity) {
    return invalid(file, reason_of(identity.error(), &*snapshot));
  }
  SnapshotInfo info;
  info.program = origin->program;
  info.scenario = origin->scenario;
  info.document_fnv1a = origin->document_fnv1a;
  info.seed = origin->seed;
  info.utc_start = origin->utc_start;
  info.serial_number = identity->serial_number;
  info.now = identity->now;
  info.tier = tier_text(static_cast<Tier>(identity->tier)) + (identity->is_hybrid ? ", hybrid" : "");
  info.tier_now = identity->front_end_tier < tier_count
                      ? tier_text(static_cast<Tier>(identity->front_end_tier))
                      : std::string{};
  info.state_hash = identity->state_hash;
  info.config_hash = identity->config_hash;
  info.format = snapshot_format;
  info.size = snapshot->encode().size();
  for (std::size_t n = 0; n < snapshot_part_count; ++n) {
    auto const part = static_cast<SnapshotPart>(n);
    if (snapshot->has(part)) {
      info.parts.emplace_back(name_of(part), snapshot->size(part));
    }
  }
  return info;
}

}  // namespace blondel

#pragma once
/// A run in a file: where it comes from, what of it cannot be saved, and how it goes on.

#include <filesystem>
#include <string>

#include <scenario/scenario_data.hpp>
#include <twin/snapshot.hpp>

namespace blondel {

/// What tells a run's snapshot from another's.
struct SnapshotOrigin {
  std::string program;  ///< version
  std::string scenario;
  std::uint64_t document_fnv1a{};
  std::uint64_t seed{};
  CivilSeconds utc_start{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.program);
    field(self.scenario);
    field(self.document_fnv1a);
    field(self.seed);
    field(self.utc_start);
  }
};

/// A snapshot that a run may go on from.
struct Resumed {
  Snapshot snapshot;
  SnapshotOrigin origin;
  bool is_branch{};  ///< the document is another than the snapshot's
};

/// @param utc_start of the run that is to go on
/// @errors invalid, with place and reason; runtime
[[nodiscard]] ScenarioResult<Resumed> read_resumed(std::filesystem::path const& file,
                                                   Scenario const& document, RunOptions const& options,
                                                   CivilSeconds utc_start);

/// @errors invalid: results that cannot go on in mid-run
[[nodiscard]] ScenarioResult<void> expect_savable(Scenario const& document, RunOptions const& options);

}  // namespace blondel

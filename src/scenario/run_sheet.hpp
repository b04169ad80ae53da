#pragma once
/// What a run's summary takes from the meter.

#include <cstdint>
#include <optional>

#include <report/summary.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// The exact secondary registers a run began with. @units mJ; none while the meter could not be read
struct StartEnergy {
  std::optional<std::int64_t> import_mj, export_mj;

  /// Reads them at the start, or when the meter first has supply.
  void read(Twin& twin);
};

/// The meter's share of a summary: tier, time, state, pulses and where the energy went.
[[nodiscard]] SummarySheet twin_sheet(Scenario const& scenario, Twin& twin, StartEnergy const& start);

/// Adds what the meter books when the program ends, the cycle that was open: to the balance and the pulses.
/// The registers of each direction stay as they were last read.
void add_shut_down(SummarySheet& sheet, Twin const& twin);

}  // namespace blondel

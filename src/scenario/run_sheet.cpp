#include <scenario/run_sheet.hpp>

#include <scenario/run_tiers.hpp>

namespace blondel {
namespace {

/// The exact secondary active energy of one direction. @units mJ; none when the meter cannot be read
std::optional<std::int64_t> direction_mj(Twin& twin, RegisterId id) {
  auto const reading = twin.access().read({id, 0}, Level::open);
  return reading ? std::optional{reading->value} : std::nullopt;
}

/// What a register grew by. @units mJ in, uJ out
std::optional<std::int64_t> growth_uj(std::optional<std::int64_t> end_mj,
                                      std::optional<std::int64_t> start_mj) {
  return end_mj && start_mj ? std::optional{(*end_mj - *start_mj) * 1'000} : std::nullopt;
}

}  // namespace

void StartEnergy::read(Twin& twin) {
  if (!import_mj) {
    import_mj = direction_mj(twin, RegisterId::active_energy_import_secondary);
    export_mj = direction_mj(twin, RegisterId::active_energy_export_secondary);
  }
}

SummarySheet twin_sheet(Scenario const& scenario, Twin& twin, StartEnergy const& start) {
  SummarySheet sheet;
  sheet.description = scenario.description;
  sheet.tier = tier_text(scenario.twin.tier);
  if (scenario.twin.hybrid_window) {
    sheet.tier_times = tier_times(twin);
  }
  sheet.simulated_s = static_cast<double>(twin.now().ns()) / ns_per_s;
  sheet.state_hash = twin.state_hash();
  sheet.led_pulses = twin.led_pulses();
  sheet.s0_pulses = twin.s0_pulses();
  auto const balance = twin.balance();
  sheet.balance = {balance.source_import_j,
                   balance.source_export_j,
                   balance.source_unsupplied_j,
                   balance.increments_uj,
                   balance.registers_uj,
                   balance.suppressed_uj,
                   balance.withheld_uj,
                   static_cast<double>(scenario.twin.meter.configuration.sss),
                   growth_uj(direction_mj(twin, RegisterId::active_energy_import_secondary), start.import_mj),
                   growth_uj(direction_mj(twin, RegisterId::active_energy_export_secondary), start.export_mj),
                   balance.own.voltage_active,
                   balance.own.voltage_apparent,
                   balance.own.current_apparent};
  return sheet;
}

void add_shut_down(SummarySheet& sheet, Twin const& twin) {
  auto const balance = twin.balance();
  sheet.balance.increments_uj = balance.increments_uj;
  sheet.balance.registers_uj = balance.registers_uj;
  sheet.balance.suppressed_uj = balance.suppressed_uj;
  sheet.balance.withheld_uj = balance.withheld_uj;
  sheet.led_pulses = twin.led_pulses();
  sheet.s0_pulses = twin.s0_pulses();
}

}  // namespace blondel

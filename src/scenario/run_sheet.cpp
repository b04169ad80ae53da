#include <scenario/run_sheet.hpp>

#include <scenario/run_tiers.hpp>

#include <optional>

namespace blondel {
SummarySheet twin_sheet(Scenario const& scenario, Twin const& twin) {
  SummarySheet sheet;
  sheet.description = scenario.description;
  sheet.tier = tier_text(scenario.twin.tier);
  if (scenario.twin.hybrid_window) {
    sheet.tier_times = tier_times(twin);
  }
  sheet.simulated_s = static_cast<double>(twin.now().ns()) / ns_per_s;
  sheet.state_hash = twin.state_hash();
  return sheet;
}

void add_shut_down(SummarySheet& sheet, Scenario const& scenario, Twin const& twin, bool was_powered) {
  auto const& meter = scenario.twin.meter;
  auto const balance = twin.balance();
  auto const readable = [&](RegisterId id, std::int64_t energy_uj) {
    return was_powered && is_present(definition(id), meter.type.energy) ? std::optional{energy_uj}
                                                                        : std::nullopt;
  };
  sheet.balance = {.source_import_j = balance.source_import_j,
                   .source_export_j = balance.source_export_j,
                   .source_unsupplied_j = balance.source_unsupplied_j,
                   .increments_uj = balance.increments_uj,
                   .registers_uj = balance.registers_uj,
                   .suppressed_uj = balance.suppressed_uj,
                   .withheld_uj = balance.withheld_uj,
                   .ratio = static_cast<double>(meter.configuration.sss),
                   .registers_import_uj =
                       readable(RegisterId::active_energy_import_secondary, balance.registers_import_uj),
                   .registers_export_uj =
                       readable(RegisterId::active_energy_export_secondary, balance.registers_export_uj),
                   .own_voltage_circuits_j = balance.own.voltage_active,
                   .own_voltage_circuits_vas = balance.own.voltage_apparent,
                   .own_current_circuits_vas = balance.own.current_apparent};
  sheet.led_pulses = twin.led_pulses();
  sheet.s0_pulses = twin.s0_pulses();
}

}  // namespace blondel

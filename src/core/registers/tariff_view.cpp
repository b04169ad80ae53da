#include "core/registers/tariff_view.hpp"

#include <algorithm>

namespace blondel {
namespace {

std::size_t index_of(Energy energy) {
  auto const* const found = std::find(tariff_energies.begin(), tariff_energies.end(), energy);
  return static_cast<std::size_t>(found - tariff_energies.begin());
}

Unit unit_of(Energy energy) {
  return energy == Energy::a_plus || energy == Energy::a_minus ? Unit::watt_hour : Unit::var_hour;
}

Reading read(TariffSide const& side, EnergyRegisters const& totals, std::uint8_t active, Energy energy,
             int tariff) {
  auto const grown =
      tariff_register(side, totals, active, static_cast<std::uint8_t>(tariff), index_of(energy));
  return Reading::number(unit_of(energy), grown.total_mj);
}

}  // namespace

Reading tariff_energy(MeterView const& m, Energy energy, int tariff) {
  auto const& s = m.state();
  return read(s.tariffs.primary, s.primary, s.tariffs.active, energy, tariff);
}

Reading secondary_tariff_energy(MeterView const& m, Energy energy, int tariff) {
  auto const& s = m.state();
  return read(s.tariffs.secondary, s.secondary, s.tariffs.active, energy, tariff);
}

Reading trip_energy(MeterView const& m, Energy energy) {
  auto const& s = m.state();
  return Reading::number(unit_of(energy),
                         grown_since(s.tariffs.trip[index_of(energy)], of(s.primary, energy)).total_mj);
}

Reading active_tariff(MeterView const& m) {
  return Reading::number(Unit::none, m.state().tariffs.active);
}

}  // namespace blondel

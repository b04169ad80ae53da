#include <scenario/load_parts.hpp>

#include <blondel/meter/register_def.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace blondel {
namespace {

/// An energy register and where the nameplate has it.
struct Place {
  RegisterId row;
  std::array<std::int64_t, 10> Nameplate::*side;
  std::size_t index;
};
constexpr auto primary = &Nameplate::primary_mj;
constexpr auto secondary = &Nameplate::secondary_mj;
constexpr std::array<Place, 14> places{{
    {RegisterId::active_energy_import, primary, 0},
    {RegisterId::active_energy_export, primary, 1},
    {RegisterId::reactive_energy_import, primary, 2},
    {RegisterId::reactive_energy_export, primary, 3},
    {RegisterId::reactive_energy_q1, primary, 4},
    {RegisterId::reactive_energy_q4, primary, 7},
    {RegisterId::apparent_energy_import, primary, 8},
    {RegisterId::apparent_energy_export, primary, 9},
    {RegisterId::active_energy_import_secondary, secondary, 0},
    {RegisterId::active_energy_export_secondary, secondary, 1},
    {RegisterId::reactive_energy_import_secondary, secondary, 2},
    {RegisterId::reactive_energy_export_secondary, secondary, 3},
    {RegisterId::reactive_energy_q1_secondary, secondary, 4},
    {RegisterId::reactive_energy_q4_secondary, secondary, 7},
}};

std::string allowed_names() {
  std::string names;
  for (auto const& place : places) {
    names += (names.empty() ? "" : ", ") + std::string{definition(place.row).name};
  }
  return names;
}

}  // namespace

ScenarioResult<void> load_start_readings(Nameplate& nameplate, std::optional<Node> const& readings) {
  if (!readings) {
    return {};
  }
  for (auto const& name : readings->keys()) {
    auto const node = readings->at(name);
    auto const* const place = std::find_if(places.begin(), places.end(), [&](Place const& candidate) {
      return definition(candidate.row).name == name;
    });
    if (place == places.end()) {
      return node.refuse("no energy register of that name; allowed: " + allowed_names());
    }
    constexpr double most_kwh = 1e9;  // 64 bits of millijoules hold twice that
    if (node.number() > most_kwh) {
      return node.refuse("more than a register holds; allowed: 0 to 1e9 kWh, kvarh or kVAh");
    }
    constexpr double mj_per_kwh = 3.6e9;
    (nameplate.*place->side)[place->index] = std::llround(node.number() * mj_per_kwh);
  }
  return {};
}

}  // namespace blondel

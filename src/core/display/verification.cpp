#include "core/display/verification.hpp"

#include <algorithm>
#include <array>

#include <blondel/meter/register_def.hpp>

#include "core/meter/meter_state.hpp"
#include "core/registers/register_writes.hpp"

namespace blondel {
namespace {

struct Verified {
  OperationMode mode{};
  Energy energy{};
  RegisterId row{};
};
constexpr std::array verified_energies{
    Verified{OperationMode::a_plus, Energy::a_plus, RegisterId::active_energy_import_verification},
    Verified{OperationMode::a_minus, Energy::a_minus, RegisterId::active_energy_export_verification},
    Verified{OperationMode::r_plus, Energy::r_plus, RegisterId::reactive_energy_import_verification},
    Verified{OperationMode::r_minus, Energy::r_minus, RegisterId::reactive_energy_export_verification}};

/// The entry of an operation mode that is not normal.
Verified const& verified(OperationMode mode) {
  return verified_energies[static_cast<std::size_t>(mode) - static_cast<std::size_t>(OperationMode::a_plus)];
}

bool is_verifying(MeterState const& s) {
  return s.powered && s.operation_mode != OperationMode::normal;
}

/// The next energy that the meter has; A+ it always has.
OperationMode next_mode(OperationMode mode, EnergyType energy) {
  auto place = static_cast<std::size_t>(mode) - static_cast<std::size_t>(OperationMode::a_plus);
  do {
    place = (place + 1) % verified_energies.size();
  } while (!is_present(definition(verified_energies[place].row), energy));
  return verified_energies[place].mode;
}

/// The mode that a reading of the manual list begins.
std::optional<OperationMode> mode_begun_at(Screen const& screen, EnergyType energy) {
  auto const* const found =
      std::find_if(verified_energies.begin(), verified_energies.end(),
                   [&screen](Verified const& entry) { return entry.row == screen.item.id; });
  bool const begins =
      screen.is_by_hand && found != verified_energies.end() && is_present(definition(screen.item.id), energy);
  return begins ? std::optional{found->mode} : std::nullopt;
}

bool is_trip(Screen const& screen) {
  return screen.is_by_hand && (screen.item.id == RegisterId::trip_active_energy_import ||
                               screen.item.id == RegisterId::trip_active_energy_export);
}

}  // namespace

Energy led_energy(OperationMode mode) {
  return mode == OperationMode::normal ? Energy::a_plus : verified(mode).energy;
}

Screen shown_screen(MeterState const& s, MeterConfig const& config) {
  if (is_verifying(s)) {
    return {ScreenKind::reading, {verified(s.operation_mode).row, 0}};
  }
  return current_screen(s.display, display_setup(s.display, config), s.powered, s.now);
}

void handle_push(MeterState& s, MeterConfig const& config, PushLength length) {
  auto const energy = config.type.energy;
  bool const verifies = is_verifying(s);
  if (verifies && length != PushLength::extra) {
    // A longer push chooses nothing, but is one: the 16 h begin anew.
    bool const chooses = length == PushLength::brief;
    (void)set_operation_mode(s, chooses ? next_mode(s.operation_mode, energy) : s.operation_mode);
    return;
  }
  auto const screen = shown_screen(s, config);
  if (verifies) {
    (void)set_operation_mode(s, OperationMode::normal);
  } else if (s.powered && length == PushLength::prolonged) {
    if (auto const mode = mode_begun_at(screen, energy)) {
      (void)set_operation_mode(s, *mode);
      return;
    }
  } else if (s.powered && length == PushLength::extra && is_trip(screen)) {
    reset_trip(s);
  }
  push_button(s.display, display_setup(s.display, config), length, s.powered, s.now);
}

}  // namespace blondel

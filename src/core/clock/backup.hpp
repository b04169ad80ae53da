#pragma once
/// What keeps the clock going without supply: first the supercap, then the battery.

#include <cstdint>

#include <blondel/base/civil_time.hpp>
#include <blondel/base/time.hpp>

namespace blondel {

inline constexpr std::int64_t backup_day_ns = day_s * ns_per_s;
/// @source data sheet, Technical data: 7 days fully charged
inline constexpr std::int64_t supercap_full_ns = 7 * backup_day_ns;
/// From empty to full, evenly. @source inferred: the sheet does not say
inline constexpr std::int64_t supercap_charging_ns = backup_day_ns;
/// What a new battery carries the clock for. @source data sheet, Technical data: > 10 years at 23 C;
/// inferred: ten years without supply, nothing drawn with it
inline constexpr std::int64_t battery_full_ns = 3'652 * backup_day_ns;

/// Both stores, in time for which they still carry the clock.
struct ClockBackup {
  std::int64_t supercap_ns{supercap_full_ns};  ///< at `since`. @source inferred: full at delivery
  std::int64_t battery_ns{};
  SimTime since;               ///< when the supply came or went, last
  CivilSeconds last_normal{};  ///< the clock's time at the last write of the memory
  bool last_valid{};           ///< and its flags
  bool last_restored{};

  /// Without supply since `since`: whether the clock still goes.
  [[nodiscard]] bool carries(SimTime now) const { return (now - since).ns() <= supercap_ns + battery_ns; }
  /// The supply goes: until now the supercap was charged.
  void handle_power_down(SimTime now);
  /// The supply is back: what carried the clock meanwhile is used up.
  /// @return false when the clock stood still before that
  [[nodiscard]] bool handle_power_up(SimTime now);
};

template<class Visitor, class Backup>
void visit_backup(Visitor& field, Backup& backup) {
  field(backup.supercap_ns);
  field(backup.battery_ns);
  field(backup.last_normal);
  field(backup.last_valid);
  field(backup.last_restored);
}

}  // namespace blondel

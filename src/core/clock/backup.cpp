#include "core/clock/backup.hpp"

#include <algorithm>

namespace blondel {

void ClockBackup::handle_power_down(SimTime now) {
  auto const charging_ns = std::min((now - since).ns(), supercap_charging_ns);
  constexpr std::int64_t gain = supercap_full_ns / supercap_charging_ns;
  supercap_ns = std::min(supercap_ns + charging_ns * gain, supercap_full_ns);
  since = now;
}

bool ClockBackup::handle_power_up(SimTime now) {
  auto const off_ns = (now - since).ns();
  auto const by_supercap_ns = std::min(off_ns, supercap_ns);
  auto const by_battery_ns = std::min(off_ns - by_supercap_ns, battery_ns);
  supercap_ns -= by_supercap_ns;
  battery_ns -= by_battery_ns;
  since = now;
  return by_supercap_ns + by_battery_ns == off_ns;
}

}  // namespace blondel

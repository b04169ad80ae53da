#pragma once
/// Everything a running meter knows: plain data, fixed size, no pointers, copied as a value.

#include <array>
#include <cstdint>
#include <type_traits>

#include <blondel/base/time.hpp>
#include <blondel/meter/access.hpp>
#include <blondel/meter/config.hpp>
#include <blondel/meter/element_increment.hpp>
#include <blondel/meter/meter.hpp>

#include "core/clock/backup.hpp"
#include "core/clock/rtc.hpp"
#include "core/config/settings.hpp"
#include "core/demand/demand.hpp"
#include "core/demand/means.hpp"
#include "core/display/display.hpp"
#include "core/energy/accumulator.hpp"
#include "core/energy/increment_to_energy.hpp"
#include "core/events/event_state.hpp"
#include "core/events/voltage_state.hpp"
#include "core/io/io_state.hpp"
#include "core/loggers/logger_state.hpp"
#include "core/pulse/module_pulses.hpp"
#include "core/pulse/pulse_counter.hpp"
#include "core/tariff/tariff_registers.hpp"

namespace blondel {

/// Bits of register 50. @source device.md K5, "Meter status"
enum StatusBit : std::uint8_t {
  status_reset = 1U << 0,
  status_eeprom = self_test_eeprom,
  status_magnet = 1U << 2,
  status_ram = self_test_ram,
  status_rom = self_test_rom,
  status_alarm_input = 1U << 5,
  status_meter_cover = 1U << 6,
};
/// What the self-tests find stays over power cuts, until it is cleared. @source device.md B7: "bit stays"
inline constexpr std::uint8_t status_lasting = status_eeprom | status_ram | status_rom;

/// What the display and the protocols show of one element; refreshed at 1 Hz.
/// @units mW, mvar, mVA at the secondary terminals; mV; uA
struct ElementLive {
  std::int64_t p_mw{};
  std::int64_t q_mvar{};
  std::int64_t s_mva{};
  std::int32_t u_mv{};
  std::int32_t i_ua{};
};

/// Sums since the last refresh.
struct LiveWindow {
  std::int64_t span_ns{};
  std::array<BookedShare, element_count> sum{};
  std::uint8_t shown{};  ///< refreshes since power-up, up to 2
};

/// Service measurement since start_calibration. @units uJ, uvar.s, ns; rms values times us
struct CalibrationWindow {
  std::int64_t active_uj{};
  std::int64_t reactive_uvars{};
  std::int64_t span_ns{};
  std::int64_t u_mv_us{};
  std::int64_t i_ua_us{};
};

/// Where active energy went besides the registers; no register, kept over power cuts for the balance of a
/// run.
/// @units uJ, signed sums over all elements
struct EnergyDiagnostics {
  std::int64_t increments_net_uj{};
  std::int64_t
      suppressed_net_uj{};  ///< of gates that are gone with a power cut; running gates hold their own
};

struct MeterState {
  SimTime now;
  bool powered{};
  bool sealed{};
  std::uint8_t status{};  ///< StatusBit
  std::uint32_t serial_number{};
  std::array<std::uint32_t, 3> meter_numbers{};
  std::uint16_t ct_ratio{1};         ///< primary over secondary, 1 to 600
  std::uint16_t ct_ratio_before{1};  ///< the last change; as long as there is none, the same
  Configuration configuration;       ///< in force: ordered so, and changed in service since

  // legal data (device.md 14)
  EnergyRegisters secondary{};
  EnergyRegisters primary{};
  PulseCounter led;
  PulseCounter s0;
  std::array<PulseCounter, module_io_count> module_out{};
  DemandState demand;
  TariffState tariffs;
  IoState io;
  SettingsState settings;
  std::int64_t powered_ns{};  ///< hour counter
  std::array<ElementCalibration, element_count> calibration{};
  Rtc rtc;
  LoggerState loggers;
  EventState events;
  VoltageState voltage;
  ClockBackup backup;

  // the clock's next boundary (core/meter/boundary.hpp)
  SimTime booked_until;  ///< energy up to here is in the registers
  SimTime boundary_at{SimTime::never()};
  CivilSeconds boundary_normal{};

  // volatile
  std::array<ElementGate, element_count> gates{};
  std::array<ElementLive, element_count> live{};
  OperationMode operation_mode{OperationMode::normal};
  SimTime operation_mode_until{SimTime::never()};
  std::int32_t i_neutral_ua{};
  LiveWindow window;
  MeanState averages;
  std::int32_t frequency_mhz{};
  bool reversed_sequence{};
  std::array<CalibrationWindow, element_count> calibration_window{};

  DisplayState display;

  EnergyDiagnostics diagnostics;

  // Totals at which a shown digit changes next: reaching one makes the memory write.
  std::array<std::int64_t, energy_count> secondary_next_mj{};
  std::array<std::int64_t, energy_count> primary_next_mj{};

  // permanent memory
  std::uint32_t nv_sequence{};
  bool shown_changed{};  ///< a shown digit of an energy register
  bool nv_dirty{};       ///< something the memory must know has changed
  bool nv_behind{};      ///< a register holds more than the memory
};

/// The memory is not as it should be: it shows, and is kept.
inline void note_memory_fault(MeterState& s) {
  s.status |= status_eeprom;
  s.nv_dirty = true;
}

static_assert(std::is_trivially_copyable_v<MeterState>);
static_assert(sizeof(MeterState) <= 4096, "architecture.md 12: hot state of a meter");

}  // namespace blondel

#pragma once
/// The only door to a meter's data for protocols, display and scenarios: rights are checked here, once.

#include <cstddef>
#include <cstdint>
#include <span>

#include <blondel/base/civil_time.hpp>
#include <blondel/base/result.hpp>
#include <blondel/meter/display_frame.hpp>
#include <blondel/meter/element_increment.hpp>
#include <blondel/meter/log.hpp>
#include <blondel/meter/nv_store.hpp>
#include <blondel/meter/reading.hpp>
#include <blondel/meter/register_def.hpp>

namespace blondel {

struct MeterState;  // private to the core

/// Who asks. Ordered: a higher level may do all that a lower one may.
enum class Level : std::uint8_t {
  open,       ///< no password: reading
  operating,  ///< password given
  factory,    ///< the unsealed state's service commands; never granted by a frame
};

enum class CommandKind : std::uint8_t {
  set_clock,           ///< local time, summer time included. Level open on KMP (as fielded head-ends do)
  clear_event_status,  ///< masks; clears what the marker rules allow
  debiting_stop,       ///< peaks are accumulated and start anew. Level open on KMP, which asks no password
  set_ct_ratio,        ///< with password, terminal cover open and T = 1
  set_voltage_limits,  ///< of voltage quality; with password
  set_event_masks,     ///< of the event status words; with password
  reset_trip,          ///< the resettable registers start anew; with password
  set_operation_mode,  ///< what the LED follows; with password
  set_tariff,          ///< the register of the active tariff is written; with password
  start_calibration,   ///< unsealed only: begin a window of calibration sums
  write_calibration,   ///< unsealed only
  seal,                ///< unsealed only: close the meter for good
};

/// What the LED counts: active import, or one energy for verification; back to normal after 16 h or a loss of
/// supply.
/// @source device.md K7, register 1032; the 16 h of the sister meter, metrology.md 1
enum class OperationMode : std::uint8_t { normal = 1, a_plus = 2, a_minus = 3, r_plus = 4, r_minus = 5 };

struct Command {
  CommandKind kind{};
  CivilTime local_time;              ///< set_clock
  std::uint32_t conditional_mask{};  ///< clear_event_status
  std::uint32_t unconditional_mask{};
  std::uint16_t ct_ratio{};  ///< set_ct_ratio: primary over secondary
  std::int32_t voltage_low_mv{};
  std::int32_t voltage_high_mv{};
  std::uint16_t voltage_duration_s{};
  std::uint32_t mask_a{}, mask_b_rising{}, mask_b_falling{};
  OperationMode mode{OperationMode::normal};
  std::uint8_t tariff{};   ///< set_tariff: 1 to 4
  std::uint8_t element{};  ///< write_calibration: 0, 1, 2
  ElementCalibration calibration;
};

/// What one element measured since start_calibration: the service measurement a factory reads.
struct CalibrationSums {
  std::int64_t active_uj{};
  std::int64_t reactive_uvars{};
  SimDuration span;
  std::int32_t u_mv{};  ///< mean of the cycles' rms values
  std::int32_t i_ua{};
};

/// A view of one meter for reading and commanding. Cheap to copy; valid while the meter lives.
/// Reads and commands act at the instant to which the meter was last advanced.
class Access {
 public:
  /// @param nv where the logs are; without it there are none
  Access(MeterState& state, MeterConfig const& config, NvStore* nv = nullptr)
      : state_{&state},
        config_{&config},
        nv_{nv} {}

  /// @errors unknown_register when the row is not in this meter, or not in a debiting snapshot; out_of_range
  /// when there is no such snapshot; meter_off without supply
  [[nodiscard]] Result<Reading> read(RegisterRef ref, Level level) const;
  /// @errors forbidden, out_of_range, meter_off
  Result<void> execute(Command const& command, Level level);
  /// Writes a register, the one way for all of them. What the catalogue does not offer for writing, above all
  /// legal data, nobody writes at any level. A change of the configuration is counted and logged.
  /// @param value in the row's unit
  /// @errors forbidden (detail = KMP number) also without the password; out_of_range (detail = the value;
  /// what is allowed says the row); unknown_register; meter_off; nv_io
  Result<void> write(RegisterId id, Reading const& value, Level level);
  /// The rights of somebody who gives this password. After three wrong ones in a row none is looked at for a
  /// minute: inferred. @errors forbidden
  [[nodiscard]] Result<Level> level_of(std::uint16_t password);
  /// @errors forbidden when sealed
  [[nodiscard]] Result<CalibrationSums> calibration_sums(int element) const;
  [[nodiscard]] Result<ElementCalibration> calibration(int element) const;

  [[nodiscard]] LogInfo log_info(LogId log) const;
  /// Reads records in order, oldest first. @param from_id the first one wanted, or the oldest after it
  /// @return how many; 0 when there are none. A lost record is given without values.
  /// @errors nv_io, meter_off
  [[nodiscard]] Result<std::size_t> read_log(LogId log, std::uint32_t from_id,
                                             std::span<LogRecord> into) const;
  /// The oldest record that is not before a moment of normal time, and the newest that is not after it; 0
  /// when there is none. @errors nv_io, meter_off @cost reads the whole log
  [[nodiscard]] Result<std::uint32_t> first_at_or_after(LogId log, CivilSeconds normal) const;
  [[nodiscard]] Result<std::uint32_t> last_at_or_before(LogId log, CivilSeconds normal) const;
  /// The value of a register in a record. @errors unknown_register when the log does not have it
  [[nodiscard]] Result<Reading> reading_in(LogRecord const& record, LogId log, RegisterId id) const;
  /// What the analysis logger records from now on; clears it. @param registers none = the default set
  /// @param minutes 5, 15, 30 or 60
  /// @errors forbidden; out_of_range for more than 16 registers (detail = their number) or another interval;
  /// unknown_register for one that the meter does not have, or that is no number on KMP
  Result<void> set_analysis(std::span<RegisterId const> registers, int minutes, Level level);
  /// The glass, with or without supply.
  [[nodiscard]] DisplayFrame display() const;
  /// The lists in force.
  [[nodiscard]] DisplaySetup const& display_setup() const;
  /// Sets other lists. @errors forbidden, meter_off, and those of check_display
  Result<void> set_display(DisplaySetup const& setup, Level level);

  [[nodiscard]] MeterConfig const& config() const { return *config_; }
  /// The configuration in force; that of config() is what was ordered.
  [[nodiscard]] Configuration const& configuration() const;
  /// Serial number, for addresses and identification. @source device.md 13.13
  [[nodiscard]] std::uint32_t serial_number() const;
  /// Main type code of GetType: 0x7500. @source device.md 0.4
  [[nodiscard]] std::uint16_t type_code() const;
  /// Event status A as read over KMP 9B: ES0, its lowest octet, in the top octet here; the masks of
  /// clear_event_status likewise. @source device.md K5
  [[nodiscard]] std::uint32_t event_status() const;
  /// A client was given this record of a log. @source device.md K5: ClrEventStatus asks for it
  void note_read_out(LogId log, std::uint32_t id);

 private:
  [[nodiscard]] Result<Reading> read_history(RegisterRef ref) const;
  /// Reads one record. @errors out_of_range, nv_corrupt, nv_io
  [[nodiscard]] Result<LogRecord> read_one(LogId log, std::uint32_t id) const;

  MeterState* state_;
  MeterConfig const* config_;
  NvStore* nv_;
};

}  // namespace blondel

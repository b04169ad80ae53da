#pragma once
/// The core seen from outside: feed it, advance it, ask it.

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include <blondel/base/time.hpp>
#include <blondel/meter/access.hpp>
#include <blondel/meter/config.hpp>
#include <blondel/meter/element_increment.hpp>
#include <blondel/meter/nv_store.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

struct MeterState;      // plain data, core/meter/meter_state.hpp
struct MeasuringState;  // plain data of the sample pipeline, core/metrology/measuring_state.hpp

/// The cell that carries the clock when the supercap is empty.
enum class Battery : std::uint8_t { fitted, empty, absent };

/// What a factory puts into a meter besides its order codes.
struct Nameplate {
  std::uint32_t serial_number{};
  std::array<std::uint32_t, 3> meter_numbers{};
  CivilTime production_time;  ///< local time the clock is set to when it leaves the factory
  /// Registers of a meter that was in service before: A+, A-, R+, R-, R1 to R4, S+, S-. @units mJ and the
  /// like
  std::array<std::int64_t, 10> primary_mj{};
  std::array<std::int64_t, 10> secondary_mj{};
  Battery battery{Battery::fitted};
  std::optional<std::array<ElementCalibration, element_count>> calibration{};  ///< default: nominal
  bool sealed{};
};

/// What somebody may do to the meter's case.
enum TamperBit : std::uint8_t {
  tamper_terminal_cover = 1U << 0,  ///< open
  tamper_meter_cover = 1U << 1,     ///< open
  tamper_magnet = 1U << 2,          ///< a strong field is there
};

/// What the self-tests of the memory and of the processor find; bits of register 50. @source device.md K5
enum SelfTestBit : std::uint8_t {
  self_test_eeprom = 1U << 1,
  self_test_ram = 1U << 3,
  self_test_rom = 1U << 4,
};

/// A meter: a handle on its state, configuration and permanent memory. Owns nothing, allocates nothing.
/// Order of calls: power_up, then handle_* with rising `now`, power_down at any instant.
class Meter {
 public:
  Meter(MeterState& state, MeterConfig const& config, NvStore& nv)
      : state_{&state},
        config_{&config},
        nv_{&nv} {}

  /// A meter as it leaves the production line: registers as the nameplate says, clock set, memory written.
  /// @errors nv_io
  Result<void> manufacture(Nameplate const& nameplate, SimTime now);
  /// Supply returns: permanent memory is read, the reset bit is set.
  /// @param self_test SelfTestBit, of RAM and ROM @errors nv_io, nv_corrupt
  Result<void> power_up(SimTime now, std::uint8_t self_test = 0);
  /// Supply is gone: what must be kept is written, the core stops. @errors nv_io
  Result<void> power_down(SimTime now);
  [[nodiscard]] bool is_powered() const;

  /// Somebody holds the left push button and lets it go at `now`; the display knows it without supply too.
  void push_button(PushLength length, SimTime now);

  /// Books one increment whose span ends at `now`. @errors out_of_range when it is not plausible
  Result<void> handle_increment(ElementIncrement const& increment, SimTime now);
  /// Brings the clock forward without energy, so that reads act at `now`.
  void advance(SimTime now);
  /// Covers and magnet as they are now; seen with and without supply. @param tamper TamperBit @errors nv_io
  Result<void> handle_tamper(std::uint8_t tamper, SimTime now);
  /// A terminal of the module port changes its level. @param index 0 for I/O 1, 1 for I/O 2
  /// @errors nv_io
  Result<void> set_input(std::size_t index, bool level, SimTime now);
  /// The clock's crystal changes its rate, with or without supply. @units parts per 1e9, positive runs fast
  void set_clock_rate(std::int32_t error_ppb, SimTime now);
  [[nodiscard]] SimTime next_deadline() const;
  void handle_deadline(SimTime now);

  /// Writes what the memory does not know yet: nothing that was told or acknowledged may go back.
  /// @errors nv_io
  Result<void> commit();
  /// At the earliest so long after now() a shown digit of an energy register changes. @param power_max_mw
  /// that no element's or total power exceeds, secondary
  [[nodiscard]] SimDuration until_shown_change(std::int64_t power_max_mw) const;

  [[nodiscard]] Access access() const { return Access{*state_, *config_, nv_}; }
  /// LED and S0 impulses given since manufacture.
  [[nodiscard]] std::uint64_t led_pulses() const;
  [[nodiscard]] std::uint64_t s0_pulses() const;

 private:
  MeterState* state_;
  MeterConfig const* config_;
  NvStore* nv_;
};

}  // namespace blondel

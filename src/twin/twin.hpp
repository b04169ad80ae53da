#pragma once
/// One virtual meter assembled: source, front end, core, optical port. step(now) fixes the order at one
/// instant.

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>

#include <blondel/base/time.hpp>
#include <blondel/base/units.hpp>
#include <blondel/frontend/front_end.hpp>
#include <blondel/frontend/source.hpp>
#include <blondel/frontend/wiring.hpp>
#include <blondel/meter/meter.hpp>
#include <blondel/protocol/endpoint.hpp>

#include "twin/own_consumption.hpp"

namespace blondel {

enum class Tier : std::uint8_t { waveform, phasor, interval };
inline constexpr std::size_t tier_count = 3;

/// Why a hybrid twin is simulated sample by sample: an event, or an operating point beyond its accuracy
/// surface.
enum class TierReason : std::uint8_t {
  start_up,
  voltage_change,
  frequency_change,
  current_shape,
  direct_current,
  current_range,
  voltage_range,
  frequency_range,
  temperature_range
};

/// When a link machine answers. @source device.md 0.8, 13.6
struct ReplyDelay {
  SimDuration min{SimDuration::milliseconds(30)};
  SimDuration max{SimDuration::milliseconds(30)};
};

/// Watches the LED or the S0 output. An instant within a mains cycle is where an even flow of the cycle's
/// energy passes the threshold. @source inferred: the meter gives it a cycle later, always by the same delay
struct PulseObserver {
  void (*on_pulse)(void* context, SimTime at){};
  void* context{};
};

/// Told when the tier changes. @param why of a drop into the waveform tier; none on the return from it
struct TierObserver {
  void (*on_change)(void* context, SimTime at, Tier tier, std::optional<TierReason> why){};
  void* context{};
};

/// Outputs. LED and S0 give energy as pulses; those of the module port, by digits DD, energy or a level.
enum class PulseOutput : std::uint8_t { led, s0, module_1, module_2 };
inline constexpr std::size_t pulse_output_count = 4;
struct OutputEdge {
  PulseOutput output{};
  bool on{};  ///< the LED lights, the output closes
  SimTime at;

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field.enumerator(self.output, PulseOutput::module_2);
    field(self.on);
    field(self.at);
  }
};
/// Is told every edge in order of time, at the latest when the energy behind it is booked.
struct OutputObserver {
  void (*on_edge)(void* context, OutputEdge const& edge){};
  void* context{};
};

/// Is told the converters' codes, in the waveform tier. @param first instant of the first frame
struct SampleObserver {
  void (*on_samples)(void* context, std::span<SampleFrame const> frames, SimTime first){};
  void* context{};
};
/// What one code is worth by the meter's own calibration. @units V, secondary A
struct SampleScale {
  std::array<double, element_count> volts_per_code{}, amps_per_code{};
};

/// What a twin is built from.
struct TwinConfig {
  MeterConfig meter;
  Nameplate nameplate;
  FrontEndModel front_end;
  Wiring wiring;         ///< `aron` follows from the type number
  double ct_ratio{1.0};  ///< nominal ratio of the external transformer that is fitted
  Tier tier{Tier::waveform};
  /// A cheaper tier drops into the waveform tier for so long at an event that needs it.
  std::optional<SimDuration> hybrid_window;
  SimTime start;  ///< when the meter is powered up first; before 0 it has a past
  std::uint64_t seed{1};
  std::uint64_t index{};  ///< of the meter in its fleet
  bool sealed{true};      ///< after calibration
  bool calibrated{true};  ///< false: leaves the line with nominal constants
  ReplyDelay optical_reply;
};

/// Where the active energy of a run went: all of it must be found again.
/// increments = registers + suppressed + withheld, exactly, unless the summation mode is `absolute`.
/// @units uJ of secondary energy, signed sums over all elements, import positive
struct EnergyBalance {
  double source_import_j{};            ///< closed form at the primary terminals while the meter had supply, J
  double source_export_j{};            ///< likewise, positive
  double source_unsupplied_j{};        ///< net, while the meter was off: no meter registers that
  std::int64_t increments_uj{};        ///< given to the core
  std::int64_t registers_import_uj{};  ///< A+ grown since start(), with its remainder
  std::int64_t registers_export_uj{};  ///< A- likewise
  std::int64_t registers_uj{};         ///< the former minus the latter
  std::int64_t suppressed_uj{};        ///< below the no-load threshold, by rule
  std::int64_t withheld_uj{};          ///< waiting for the no-load decision
  OwnConsumption own;                  ///< J and VA s; neither in the source's energy nor in a register
};

class Snapshot;

/// Whether a memory is some meter's already. @errors nv_io
[[nodiscard]] Result<bool> holds_meter(NvStore const& nv);
/// A place in permanent memory: a copy of the state, or a page of a log.
struct MemoryPlace {
  std::optional<LogId> log{};  ///< none = the state
  std::uint32_t pages_back{};  ///< from the log's open page; of the state 0 is the newest copy, 1 the other
};

/// Counts sessions on the ports of one twin; 0 is never used.
using SessionId = std::uint32_t;

class Twin {
 public:
  Twin(TwinConfig const& config, std::unique_ptr<Source> source, std::unique_ptr<NvStore> nv);
  ~Twin();
  Twin(Twin const&) = delete;
  Twin& operator=(Twin const&) = delete;

  /// Manufactures, calibrates, seals and powers up the meter at its start; a store that already holds a meter
  /// is powered up with what it holds. @errors nv_io, nv_corrupt
  Result<void> start();

  /// Everything that holds at now(): meter, measuring system, memory, front end, what actions have set. What
  /// follows from the configuration, sessions on ports and observers are not in it.
  void save(Snapshot& to) const;
  /// Instead of start(): goes on from a saved state, with the same configuration and its tier in force, a
  /// source that gives the same, and whatever memory, which is overwritten. Observers may be there already.
  /// @errors contradiction: another configuration, detail = serial number; forbidden: the memory is another
  /// meter's, detail = its number; as Snapshot::read; nv_io. The twin is of no use then.
  /// @cost fits the accuracy surface of a cheap tier
  Result<void> load(Snapshot const& from);
  /// A second twin that goes on from now() on its own. Nobody watches it, and it has no sessions; its memory
  /// is in RAM and shares pages with this one's until one of the two writes.
  /// @param source in its surroundings
  [[nodiscard]] std::unique_ptr<Twin> fork(std::unique_ptr<Source> source) const;

  /// The surroundings are others than before: takes over at now() what the source gives.
  void look_at_source();

  /// The next instant at which something happens without input. @return never() only when off for good
  [[nodiscard]] SimTime next_deadline() const;
  /// Runs everything up to `now`: supply, front end, core deadlines, endpoint deadlines.
  void step(SimTime now);
  [[nodiscard]] SimTime now() const { return now_; }

  // What scenario actions do. They act at now().
  void set_current(int phase, Amps primary, Radians lag);  ///< overrides the source for this phase
  void set_voltage(int phase, Volts u);                    ///< overrides the source for this phase
  void set_frequency(Hertz frequency);
  void set_temperature(Celsius temperature);
  void lose_phase(int phase, bool lost);
  /// The phases' voltages ramp down to the level from now on, stay, and ramp up again. Ramps take at
  /// least a nanosecond. @errors in_use while another one lasts
  Result<void> brown_out(std::array<bool, 3> const& phases, Volts level, SimDuration down, SimDuration hold,
                         SimDuration up);
  /// Rewires the terminals; `aron` as the type number says. A lost neutral needs a source of sinusoids.
  void set_wiring(Wiring const& wiring);
  /// What somebody does to the case. @param what TamperBit @return false when it is so already
  Result<bool> set_tamper(TamperBit what, bool present);
  /// All voltages and currents gone or back; the meter powers down and up with them. @errors nv_io,
  /// nv_corrupt
  Result<void> set_supply(bool on);

  /// A terminal of the module port changes its level. @param index 0 for I/O 1, 1 for I/O 2
  void set_input(std::size_t index, bool on);
  /// Pulses at a terminal from now on, in the place of what it did. @param length below the period
  void send_pulses(std::size_t index, std::uint32_t count, SimDuration period, SimDuration length);

  /// What the tests of RAM and ROM find at each power-up from now on. @param causes SelfTestBit
  void set_self_test(std::uint8_t causes);
  /// What the self-tests found so far, as register 50 shows it. @return SelfTestBit
  [[nodiscard]] std::uint8_t self_test() const;
  /// Where something is, for somebody who damages it. @errors out_of_range when there is no such page
  [[nodiscard]] Result<std::uint32_t> memory_address(MemoryPlace const& place) const;

  /// Writes what the memory does not know yet. @errors nv_io
  Result<void> commit();
  /// The process ends: to the meter a loss of supply, so that its memory holds all it measured.
  /// @errors nv_io
  Result<void> shut_down();

  /// The door to the meter at now(); what flowed up to now() is booked first.
  [[nodiscard]] Access access();
  /// Somebody holds the left push button and lets it go at now().
  void push_button(PushLength length);
  /// The glass at now(), with or without supply.
  [[nodiscard]] DisplayFrame display();
  [[nodiscard]] bool is_powered() const;
  [[nodiscard]] EnergyBalance balance() const;
  void watch_led(PulseObserver observer);
  void watch_s0(PulseObserver observer);
  void watch_tier(TierObserver observer);
  /// How long the meter had supply in each tier. @shape by Tier
  [[nodiscard]] std::array<SimDuration, tier_count> tier_times() const;
  /// Every pulse with its length, as an eye or a counter at the terminals sees it.
  void watch_outputs(OutputObserver observer);
  void watch_samples(SampleObserver observer);
  [[nodiscard]] SampleScale sample_scale() const;
  [[nodiscard]] std::uint64_t led_pulses() const;
  [[nodiscard]] std::uint64_t s0_pulses() const;
  /// The first trouble with the permanent memory, if there was any: the meter shows it as status bit 1.
  [[nodiscard]] std::optional<Error> fault() const;
  /// A hash over core, measuring system and what the phasor tier carries: equal hashes, equal registers. The
  /// rest of the front end is not in it.
  /// @source architecture.md 13
  [[nodiscard]] std::uint64_t state_hash() const;

  /// Line time advances by 1/ratio of simulated time, so that link time-outs keep a real client's pace.
  /// @param ratio_ppm pacing ratio in millionths; 1'000'000 when free running or stepped
  void set_line_ratio(std::int64_t ratio_ppm);

  /// The own tier from now on; what flowed up to now() is booked in the old one.
  void set_tier(Tier tier, std::optional<SimDuration> hybrid_window);

  /// A head is put on the optical port.
  SessionId open_optical(LinkObserver observer);
  void close_session(SessionId session);
  /// Octets that arrived by now(). Unknown sessions are ignored.
  void handle_bytes(SessionId session, ByteSpan bytes);
  [[nodiscard]] std::size_t poll_transmit(SessionId session, MutableByteSpan out);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  SimTime now_;
};

}  // namespace blondel

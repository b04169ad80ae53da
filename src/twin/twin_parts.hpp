#pragma once
/// What a twin consists of, and what it does with it.

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <blondel/frontend/ratings.hpp>

#include "core/meter/meter_state.hpp"
#include "core/metrology/sample_pipeline.hpp"
#include "twin/derived_config.hpp"
#include "twin/line_clock.hpp"
#include "twin/optical_port.hpp"
#include "twin/overrides.hpp"
#include "twin/own_consumption.hpp"
#include "twin/pulse_outputs.hpp"
#include "twin/snapshot.hpp"
#include "twin/source_energy.hpp"
#include "twin/supply.hpp"
#include "twin/twin.hpp"

namespace blondel {

/// Pulses that somebody gives to an input.
struct PulseTrain {
  std::uint32_t left{};
  bool is_on{};
  SimTime next{SimTime::never()};  ///< edge
  SimDuration length, pause;

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.left);
    field(self.is_on);
    field(self.next);
    field(self.length);
    field(self.pause);
  }
};

struct Twin::Parts {
  Parts(TwinConfig const& from, std::unique_ptr<Source> source_in, std::unique_ptr<NvStore> nv_in)
      : config{from},
        source{std::move(source_in)},
        nv{std::move(nv_in)},
        meter{state, config.meter, *nv},
        pipeline{measuring,
                 {.sample_rate_hz = config.meter.sample_rate_hz,
                  .nominal_frequency_hz = static_cast<std::uint16_t>(nominal_frequency_hz()),
                  .aron = config.wiring.aron,
                  .measures_neutral = config.meter.apparent_sum == ApparentSum::effective,
                  .quadrature = config.meter.quadrature,
                  .has_high_pass = config.meter.has_high_pass},
                 state.calibration},
        tier_since{config.start},
        cycles_counted{config.start},
        booked_at{config.start},
        source_counted{config.start},
        outputs{config.meter} {}

  [[nodiscard]] int nominal_frequency_hz() const {
    return static_cast<int>(nominal_frequency(config.meter.type.phases));
  }

  Result<void> make_meter();
  void resume_clock(CivilSeconds normal);
  Result<void> power_up(SimTime now);
  void power_down(SimTime now);
  void apply_point(SimTime now);
  void run_front_end(SimTime until);
  void take_samples(std::span<SampleFrame const> frames, SimTime until);
  void accrue(SimTime now);
  void set_input(std::size_t index, bool on, SimTime now);
  void handle_trains(SimTime now);
  [[nodiscard]] SimTime next_booking(SimTime now) const;
  void count_source(SimTime now);
  [[nodiscard]] std::array<double, element_count> line_energy(SimTime now) const;
  void note(Result<void> const& outcome);

  // Tiers: twin_tiers.cpp.
  [[nodiscard]] Tier tier() const;
  [[nodiscard]] bool has_front_end() const { return waveform || phasor || interval; }
  void need_surface();
  void open_tier(Tier which, SimTime now);
  void make_front_end(Tier which, SimTime start);
  void close_sums(SimTime now);
  void close_tier(SimTime now);
  /// Makes the tier fit what stands at the elements from `now` on.
  void choose_tier(OperatingPoint const& point, Signals const& next, SimTime now);
  void count_cycles(SimTime now);
  void enter_waveform(TierReason why, SimTime now);
  void leave_waveform(SimTime now);
  void enter_own_tier(SimTime now);
  [[nodiscard]] std::optional<TierReason> beyond_surface(OperatingPoint const& point,
                                                         Signals const& next) const;
  [[nodiscard]] std::optional<TierReason> event_of(Signals const& next) const;
  void tell_tier(SimTime now, std::optional<TierReason> why) const;

  // Snapshots: twin_snapshot.cpp.
  void save_state(Snapshot& to) const;
  [[nodiscard]] Result<void> load_state(Snapshot const& from);
  [[nodiscard]] Result<void> load_twin(Snapshot const& from);
  [[nodiscard]] Result<void> load_front_end(Snapshot const& from);

  /// What is neither configuration nor the meter's own, and who watches it; sessions are left out.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self);

  /// Gives one increment to the meter and its pulses to whoever watches the lamps.
  void book(ElementIncrement const& increment, SimTime now);

  TwinConfig config;
  std::unique_ptr<Source> source;
  std::unique_ptr<NvStore> nv;
  MeterState state;
  MeasuringState measuring;
  Meter meter;
  SamplePipeline pipeline;
  std::optional<AccuracySurface> surface;
  CalibrationSet surface_calibration{};  ///< it was fitted with
  std::optional<WaveformFrontEnd> waveform;
  std::optional<PhasorFrontEnd> phasor;
  std::optional<IntervalFrontEnd> interval;  ///< at most one of the three is there
  MeasuredRates::Rests rests{};              ///< of the cheap tier, while it is not there
  Signals elements;                          ///< what stands at them now
  SimTime waveform_until{SimTime::never()};  ///< when a hybrid twin returns to its own tier
  SimTime tier_since;
  double cycles{};  ///< of the supply since power-up, without the whole ones
  SimTime cycles_counted;
  std::array<SimDuration, tier_count> tier_spans{};  ///< without the one under way
  std::vector<SampleFrame> frames = std::vector<SampleFrame>(160);
  Overrides overrides;
  BrownOut brown_out;
  std::array<double, element_count> line_w{};  ///< what the source gives now
  double power_max_w{};                        ///< that no register grows faster than, secondary
  SimTime booked_at;                           ///< the interval tier's last booking
  LineGains line_gains;                        ///< what is left of a recording's lines
  SupplyMonitor supply;
  SourceEnergy source_energy;
  OwnConsumption own_rate;  ///< W and VA, now
  OwnConsumption own;       ///< J and VA s, up to source_counted
  SimTime source_counted;
  EnergyRegisters registers_at_start{};  ///< secondary
  std::uint64_t noise_runs{};
  LineClock line;
  std::map<SessionId, OpticalPort> sessions;
  SessionId last_session{};
  std::optional<Error> fault;
  std::uint8_t tamper{};     ///< TamperBit: how covers and magnet are
  std::uint8_t self_test{};  ///< SelfTestBit: what is wrong with RAM and ROM
  PulseObserver led_observer, s0_observer;
  TierObserver tier_observer;
  PulseOutputs outputs;
  std::array<PulseTrain, module_io_count> trains;
  SampleObserver sample_observer;
};

template<class Visitor, class Self>
void Twin::Parts::visit_state(Visitor& field, Self& self) {
  for (auto& calibration : self.surface_calibration) {
    visit_calibration(field, calibration);
  }
  field(self.rests);
  field(self.elements);
  field(self.waveform_until);
  field(self.tier_since);
  field(self.cycles);
  field(self.cycles_counted);
  field(self.tier_spans);
  field(self.overrides);
  field(self.brown_out);
  field(self.line_w);
  field(self.power_max_w);
  field(self.booked_at);
  field(self.line_gains);
  field(self.supply.off_at);
  field(self.source_energy);
  field(self.own_rate);
  field(self.own);
  field(self.source_counted);
  visit_registers(field, self.registers_at_start);
  field(self.noise_runs);
  field(self.line);
  field(self.fault);
  field(self.tamper);
  field(self.self_test);
  field(self.outputs);
  field(self.trains);
}

}  // namespace blondel

#include "core/meter/state_hash.hpp"

#include <array>

#include <blondel/base/crc.hpp>

namespace blondel {
namespace {

/// Feeds integers to FNV-1a, eight octets each.
class Hasher {
 public:
  explicit Hasher(std::uint64_t start) : hash_{start} {}

  template<class... Numbers>
  void add(Numbers... numbers) {
    (add_one(static_cast<std::uint64_t>(numbers)), ...);
  }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  void add_one(std::uint64_t number) {
    std::array<std::uint8_t, 8> octets;
    ByteWriter{octets}.u64(number);
    hash_ = fnv1a(octets, hash_);
  }
  std::uint64_t hash_;
};

void add(Hasher& hash, NoLoadGate const& gate) {
  hash.add(gate.window_uj, gate.window_ns, gate.suppressed_uj, gate.registering);
}

}  // namespace

std::uint64_t state_hash(MeterState const& s, std::uint64_t start) {
  Hasher hash{start};
  hash.add(s.now.ns(), s.powered, s.sealed, s.status, s.serial_number, s.ct_ratio, s.powered_ns,
           s.nv_sequence, s.nv_dirty, s.frequency_mhz, s.reversed_sequence, s.i_neutral_ua, s.operation_mode,
           s.operation_mode_until.ns());
  for (auto const number : s.meter_numbers) {
    hash.add(number);
  }
  for (auto const* registers : {&s.secondary, &s.primary}) {
    for (auto const& accumulator : *registers) {
      hash.add(accumulator.total_mj, accumulator.rest_uj);
    }
  }
  hash.add(s.led.count, s.led.rest_uj, s.s0.count, s.s0.rest_uj);
  for (auto const& pulses : s.module_out) {
    hash.add(pulses.count, pulses.rest_uj);
  }
  hash.add(s.rtc.anchor.ns(), s.rtc.anchor_normal_ns, s.rtc.rate_error_ppb, s.rtc.valid, s.rtc.restored);
  for (auto const& c : s.calibration) {
    hash.add(c.phase_delay_q30, c.power_gain, c.u_gain, c.i_gain, c.power_offset, c.i_noise);
  }
  for (auto const& gates : s.gates) {
    add(hash, gates.active);
    add(hash, gates.reactive);
    hash.add(gates.apparent_withheld_uvas);
  }
  for (auto const& live : s.live) {
    hash.add(live.p_mw, live.q_mvar, live.s_mva, live.u_mv, live.i_ua);
  }
  for (auto const& sum : s.window.sum) {
    hash.add(sum.active_uj, sum.reactive_uvars, sum.apparent_uvas);
  }
  hash.add(s.window.span_ns, s.window.shown);
  return hash.value();
}

std::uint64_t state_hash(MeasuringState const& s, std::uint64_t start) {
  Hasher hash{start};
  for (std::size_t e = 0; e < element_count; ++e) {
    hash.add(s.sums[e].ui, s.sums[e].qi, s.sums[e].uu, s.sums[e].ii, s.sums[e].raw_u, s.sums[e].raw_i);
    hash.add(s.rests[e].active, s.rests[e].reactive, s.rests[e].apparent, s.means[e].u_q8, s.means[e].i_q8);
    hash.add(s.apparent_given[e], s.apparent_rate[e], s.u_rms_q3[e], s.i_rms_q4[e]);
    for (std::size_t n = 0; n < sample_history; ++n) {
      hash.add(s.u[e][n], s.i[e][n]);
    }
  }
  hash.add(s.cycle.reference, s.cycle.armed, s.cycle.last_crossing_valid, s.cycle.samples_since_q16,
           s.cycle.late_q16, s.frequency_mhz, s.reversed_sequence, s.started, s.cycle.period_q16,
           s.cycle.previous_u, s.energy_samples, s.cycle_samples, s.span_rest, s.mean_cycles,
           s.neutral_square, s.neutral_rms_q4);
  return hash.value();
}

}  // namespace blondel

#include "core/metrology/sample_pipeline.hpp"

#include <algorithm>

#include <blondel/base/decimal.hpp>

#include "core/metrology/interpolation.hpp"
#include "core/metrology/split_channels.hpp"
#include "core/metrology/sum_products.hpp"

namespace blondel {
namespace {

/// Frequencies outside are not mains. @source metrology.md 2.5 (accept 40-70 Hz)
constexpr int frequency_min_hz = 40;
constexpr int frequency_max_hz = 70;
/// A crossing counts only after the voltage has been below -10 V: noise on a dead phase makes no cycles.
constexpr std::int32_t crossing_hysteresis_mv = 10'000;
/// A phase serves as reference above 40 V.
constexpr std::int32_t reference_min_mv = 40'000;
/// The means follow with a time constant of 16 cycles. @source metrology.md 2.4: slow removal of DC
constexpr std::int32_t mean_cycles_max = 16;
/// The period follows with a time constant of 4 cycles; further off than 1/16 it is taken over at once.
constexpr int period_shift = 2;
constexpr int period_jump_shift = 4;

/// rms in fractions of a code times the calibration's gain. @units mV or uA
constexpr std::int32_t scaled_rms(std::int32_t rms, std::uint32_t gain) {
  return static_cast<std::int32_t>(
      (static_cast<std::uint64_t>(rms) * gain + (std::uint64_t{1} << (rms_gain_shift - 1))) >>
      rms_gain_shift);
}

/// A sample stands for the time half a sample around it; a crossing that lies `late` before the first sample
/// of the next cycle leaves (1/2 - late) of the square there to the cycle that ends. Negative: the other way
/// round.
std::int64_t edge_share(std::array<std::int32_t, sample_history + sample_chunk> const& history,
                        std::int64_t late_q16) {
  constexpr std::int64_t one = 1 << 16;
  auto const newer = std::int64_t{history[sample_history - 1]};
  auto const older = std::int64_t{history[sample_history - 2]};
  auto const back_q16 = (one / 2 + late_q16) / 2;  // the middle of that piece, back from the newer sample
  auto const square = ((one - back_q16) * (newer * newer >> 8) + back_q16 * (older * older >> 8)) >> 8;
  return (one / 2 - late_q16) * (square >> 8) >> 8;
}

/// Mean of squares over the time between two crossings. @param sum of the cycle's samples with its edges
std::uint64_t mean_square(std::uint64_t sum, MeasuringState const& s) {
  auto const samples = static_cast<std::int64_t>(s.cycle_samples);
  auto const per_sample = static_cast<std::int64_t>(sum) / samples;
  if (!s.cycle.whole) {
    return per_sample > 0 ? static_cast<std::uint64_t>(per_sample) : 0;
  }
  auto const surplus_q16 = s.cycle.late_q16 - s.cycle.next_late_q16;
  auto const period_q16 = (samples << 16) + surplus_q16;
  auto const mean = per_sample - ((per_sample >> 16) * surplus_q16 / period_q16 << 16);
  return mean > 0 ? static_cast<std::uint64_t>(mean) : 0;
}

}  // namespace

SamplePipeline::Progress SamplePipeline::process(std::span<SampleFrame const> frames,
                                                 ElementIncrement& increment) {
  auto& s = *state_;
  if (!s.started) {
    s.started = true;
    s.cycle.period_q16 =
        static_cast<std::int32_t>((setup_.sample_rate_hz << 16) / setup_.nominal_frequency_hz);
  }
  std::size_t consumed = 0;
  while (consumed < frames.size()) {
    auto const part = frames.subspan(consumed);
    auto const appended = append_chunk(part);
    auto const count = find_crossing(appended);
    sum_chunk(count);
    if (setup_.measures_neutral) {
      sum_neutral(count);
    }
    shift_history(count);
    s.energy_samples += static_cast<std::int32_t>(count);
    s.cycle_samples += static_cast<std::int32_t>(count);
    consumed += count;
    auto const longest = static_cast<std::int32_t>(setup_.sample_rate_hz / frequency_min_hz);
    bool const crossed = count < appended;
    if (crossed || s.cycle_samples >= longest) {
      close_cycle(crossed);
      if (s.energy_samples > 0) {
        take_energy(increment, true);
        return {consumed, true};
      }
    }
  }
  return {consumed, false};
}

bool SamplePipeline::flush(ElementIncrement& increment) {
  if (state_->energy_samples == 0) {
    return false;
  }
  take_energy(increment, false);
  return true;
}

/// Copies codes with their means removed behind the history. @return how many fit
std::size_t SamplePipeline::append_chunk(std::span<SampleFrame const> frames) {
  auto& s = *state_;
  auto const longest = static_cast<std::size_t>(setup_.sample_rate_hz / frequency_min_hz);
  auto const room = longest - static_cast<std::size_t>(s.cycle_samples);
  auto count = frames.size() < sample_chunk ? frames.size() : std::size_t{sample_chunk};
  count = count < room ? count : room;
  ChannelRows rows;
  for (std::size_t e = 0; e < element_count; ++e) {
    rows.u[e] = &s.u[e][sample_history];
    rows.i[e] = &s.i[e][sample_history];
    rows.mean_u[e] = s.means[e].u_q8 >> 8;
    rows.mean_i[e] = s.means[e].i_q8 >> 8;
  }
  split_channels(frames.first(count), rows);
  return count;
}

/// Looks for a rising zero crossing of the reference voltage in the chunk.
/// @return samples that belong to the cycle under way; less than `count` when a crossing follows them
std::size_t SamplePipeline::find_crossing(std::size_t count) {
  auto& cycle = state_->cycle;
  if (cycle.reference < 0) {
    return count;
  }
  auto const e = static_cast<std::size_t>(cycle.reference);
  auto const gain = (*calibration_)[e].u_gain;
  // mV -> codes: u_gain is mV per 1/8 code times 2^32
  auto const hysteresis = static_cast<std::int32_t>(
      (static_cast<std::int64_t>(crossing_hysteresis_mv) << (rms_gain_shift - 3)) / (gain == 0 ? 1 : gain));
  auto const shortest_q16 = static_cast<std::int64_t>(setup_.sample_rate_hz << 16) / frequency_max_hz;
  auto const* const u = &state_->u[e][sample_history];
  auto previous = cycle.previous_u;
  for (std::size_t n = 0; n < count; ++n) {
    auto const value = u[n];
    cycle.samples_since_q16 += 1 << 16;
    if (value < -hysteresis) {
      cycle.armed = true;
    } else if (cycle.armed && value >= 0 && previous < 0) {
      // The crossing lies `late` samples before this one.
      auto const late_q16 =
          (static_cast<std::int64_t>(value) << 16) / (static_cast<std::int64_t>(value) - previous);
      auto const period_q16 = cycle.samples_since_q16 - late_q16;
      if (!cycle.last_crossing_valid || period_q16 >= shortest_q16) {
        cycle.armed = false;
        cycle.whole = cycle.last_crossing_valid;
        cycle.measured_q16 = period_q16;
        cycle.next_late_q16 = late_q16;
        cycle.last_crossing_valid = true;
        // This sample opens the next cycle and is counted again there.
        cycle.samples_since_q16 = late_q16 - (1 << 16);
        cycle.previous_u = previous;
        return n;
      }
    }
    previous = value;
  }
  cycle.previous_u = previous;
  return count;
}

void SamplePipeline::track_period(std::int64_t raw_q16) {
  auto& s = *state_;
  auto const tracked = static_cast<std::int64_t>(s.cycle.period_q16);
  auto const off = raw_q16 - tracked;
  auto const jump = tracked >> period_jump_shift;
  auto const next = off > jump || off < -jump ? raw_q16 : tracked + (off >> period_shift);
  s.cycle.period_q16 = static_cast<std::int32_t>(next);
  auto const rate_mhz_q16 = (static_cast<std::int64_t>(setup_.sample_rate_hz) * 1'000) << 16;
  s.frequency_mhz = static_cast<std::int32_t>(round_divide(rate_mhz_q16, next));
}

/// Adds `count` new samples to the sums of the three elements.
void SamplePipeline::sum_chunk(std::size_t count) {
  auto& s = *state_;
  // A quarter of the period, on top of the one sample by which the voltage is delayed for P.
  auto const period_q16 =
      setup_.quadrature == Quadrature::tracked
          ? s.cycle.period_q16
          : static_cast<std::int32_t>((setup_.sample_rate_hz << 16) / setup_.nominal_frequency_hz);
  auto const quarter_q16 = (period_q16 + 2) / 4 + (1 << 16);
  auto const whole = (quarter_q16 + (1 << 15)) >> 16;
  auto const quadrature = delay_weights((quarter_q16 - (whole << 16)) * (1 << 14));
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const phase = delay_weights((*calibration_)[e].phase_delay_q30);
    auto const sums = sum_products({.u = &s.u[e][sample_history],
                                    .i = &s.i[e][sample_history],
                                    .u_quarter = &s.u[e][sample_history] - whole,
                                    .count = count,
                                    .phase = phase,
                                    .quadrature = quadrature});
    auto& total = s.sums[e];
    auto const samples = static_cast<std::int64_t>(count);
    total.ui += sums.ui;
    total.qi += sums.qi;
    total.uu += sums.uu;
    total.ii += sums.ii;
    total.raw_u += sums.u + samples * (s.means[e].u_q8 >> 8);
    total.raw_i += sums.i + samples * (s.means[e].i_q8 >> 8);
  }
}

/// Squares of the sum of the currents, in codes of the first element: the others' gains are brought to its.
void SamplePipeline::sum_neutral(std::size_t count) {
  auto& s = *state_;
  constexpr unsigned gain_shift = 16;
  std::array<std::int64_t, element_count> gain{};
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const first = (*calibration_)[0].i_gain;
    gain[e] = first == 0 ? 0 : (static_cast<std::int64_t>((*calibration_)[e].i_gain) << gain_shift) / first;
  }
  std::uint64_t sum = 0;
  for (std::size_t n = 0; n < count; ++n) {
    constexpr std::size_t at = sample_history;
    auto const total =
        (s.i[0][at + n] * gain[0] + s.i[1][at + n] * gain[1] + s.i[2][at + n] * gain[2]) >> gain_shift;
    sum += static_cast<std::uint64_t>(total * total);
  }
  s.neutral_square += sum;
}

/// Keeps the last `sample_history` samples in front of the next chunk.
void SamplePipeline::shift_history(std::size_t count) {
  for (auto* channels : {&state_->u, &state_->i}) {
    for (auto& channel : *channels) {
      std::copy_n(channel.begin() + static_cast<std::ptrdiff_t>(count), sample_history, channel.begin());
    }
  }
}

/// Root mean squares, means, sequence and reference at the end of a cycle.
/// @param crossed false when the longest cycle has passed without a crossing
void SamplePipeline::close_cycle(bool crossed) {
  auto& s = *state_;
  // Only now: the samples before the crossing were summed with the period known while they came.
  if (crossed && s.cycle.whole) {
    track_period(s.cycle.measured_q16);
  }
  if (!crossed) {
    s.cycle.last_crossing_valid = false;
    s.cycle.whole = false;
    s.frequency_mhz = 0;
  }
  if (s.cycle_samples == 0) {
    return;
  }
  constexpr unsigned i_places = 2 * current_fraction_bits;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto& sums = s.sums[e];
    auto const u_edge = crossed ? static_cast<std::uint64_t>(edge_share(s.u[e], s.cycle.next_late_q16)) : 0;
    auto const i_edge =
        crossed ? static_cast<std::uint64_t>(edge_share(s.i[e], s.cycle.next_late_q16)) << i_places : 0;
    sums.uu += u_edge;
    sums.ii += i_edge;
    // A cycle cut short gives no rms value; better the last one, or a rough one when there is none yet.
    if (s.cycle.whole || !crossed || s.u_rms_q3[e] == 0) {
      update_rms(e);
    }
    auto const pending = s.apparent_rate[e] * s.cycle_samples - s.apparent_given[e];
    s.apparent_pending[e] = pending > 0 ? pending : 0;
    s.apparent_given[e] = 0;
    // Modulo 2^64: what the ended cycle took at its edge, the next one lacks.
    sums.uu = 0 - u_edge;
    sums.ii = 0 - i_edge;
  }
  if (s.cycle.whole) {
    if (setup_.has_high_pass) {
      update_means();
    }
    constexpr unsigned places = 2 * current_fraction_bits;
    s.neutral_rms_q4 = static_cast<std::int32_t>(integer_sqrt(mean_square(s.neutral_square << places, s)));
  }
  s.neutral_square = 0;
  for (auto& sums : s.sums) {
    sums.raw_u = 0;
    sums.raw_i = 0;
  }
  choose_reference();
  s.cycle.late_q16 = s.cycle.next_late_q16;
  s.cycle_samples = 0;
}

/// Mean squares between two interpolated crossings: the samples in between, and at either edge the part of a
/// sample that belongs to the cycle. @source metrology.md 2.3 (window edges at interpolated crossings)
void SamplePipeline::update_rms(std::size_t e) {
  auto& s = *state_;
  auto const noise = static_cast<std::uint64_t>((*calibration_)[e].i_noise);
  constexpr unsigned u_places = 6;  // squares of 1/8 codes
  auto const mean_uu = mean_square(s.sums[e].uu << u_places, s);
  auto const mean_ii = mean_square(s.sums[e].ii, s);
  s.u_rms_q3[e] = static_cast<std::int32_t>(integer_sqrt(mean_uu));
  s.i_rms_q4[e] = static_cast<std::int32_t>(integer_sqrt(mean_ii > noise ? mean_ii - noise : 0));
  s.apparent_rate[e] = static_cast<std::int64_t>(s.u_rms_q3[e]) * s.i_rms_q4[e] >> 3;
}

/// The mean over whole cycles is what the converters add: it is removed from the samples to come.
void SamplePipeline::update_means() {
  auto& s = *state_;
  s.mean_cycles = s.mean_cycles < mean_cycles_max ? s.mean_cycles + 1 : mean_cycles_max;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const mean_u_q8 = static_cast<std::int32_t>(s.sums[e].raw_u * 256 / s.cycle_samples);
    auto const mean_i_q8 = static_cast<std::int32_t>(s.sums[e].raw_i * 256 / s.cycle_samples);
    s.means[e].u_q8 += (mean_u_q8 - s.means[e].u_q8) / s.mean_cycles;
    s.means[e].i_q8 += (mean_i_q8 - s.means[e].i_q8) / s.mean_cycles;
  }
}

/// The first phase with voltage is followed; the phase order shows at a crossing of L1.
void SamplePipeline::choose_reference() {
  auto& s = *state_;
  auto present = [&](std::size_t e) {
    return scaled_rms(s.u_rms_q3[e], (*calibration_)[e].u_gain) >= reference_min_mv;
  };
  std::int8_t reference = -1;
  for (std::size_t e = element_count; e-- > 0;) {
    reference = present(e) ? static_cast<std::int8_t>(e) : reference;
  }
  if (reference != s.cycle.reference) {
    s.cycle.reference = reference;
    s.cycle.armed = false;
    s.cycle.last_crossing_valid = false;
  }
  constexpr std::size_t newest = sample_history - 1;
  if (s.cycle.whole && reference == 0 && setup_.aron && present(2)) {
    s.reversed_sequence = s.u[2][newest] < 0;  // U32 leads U12 by 60 degrees in positive sequence
  } else if (s.cycle.whole && reference == 0 && present(1) && present(2)) {
    s.reversed_sequence = s.u[1][newest] > 0 && s.u[2][newest] < 0;
  }
}

/// Calibrates the sums since the last increment and hands them over.
/// @param whole_cycle the increment ends at the end of a cycle
void SamplePipeline::take_energy(ElementIncrement& increment, bool whole_cycle) {
  auto& s = *state_;
  auto const span_ns_rate = static_cast<std::uint64_t>(s.energy_samples) * ns_per_s + s.span_rest;
  increment.span = SimDuration{static_cast<std::int64_t>(span_ns_rate / setup_.sample_rate_hz)};
  s.span_rest = span_ns_rate % setup_.sample_rate_hz;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const& calibration = (*calibration_)[e];
    auto& sums = s.sums[e];
    auto& rests = s.rests[e];
    auto& share = increment.element[e];
    auto const apparent = whole_cycle ? s.apparent_pending[e] : s.apparent_rate[e] * s.energy_samples;
    auto const offset = calibration.power_offset * s.energy_samples;
    auto const active =
        multiply_shift(sums.ui - offset, calibration.power_gain, power_gain_shift, rests.active);
    auto const reactive = multiply_shift(sums.qi, calibration.power_gain, power_gain_shift, rests.reactive);
    auto const volt_amps = multiply_shift(apparent, calibration.power_gain, power_gain_shift, rests.apparent);
    share.active_uj = active.quotient;
    share.reactive_uvars = reactive.quotient;
    share.apparent_uvas = volt_amps.quotient;
    rests = {active.rest, reactive.rest, volt_amps.rest};
    share.u_mv = scaled_rms(s.u_rms_q3[e], calibration.u_gain);
    share.i_ua = scaled_rms(s.i_rms_q4[e], calibration.i_gain);
    s.apparent_given[e] += whole_cycle ? 0 : apparent;
    sums.ui = 0;
    sums.qi = 0;
  }
  increment.i_neutral_ua = scaled_rms(s.neutral_rms_q4, (*calibration_)[0].i_gain);
  increment.frequency_mhz = s.frequency_mhz;
  increment.reversed_sequence = s.reversed_sequence;
  s.energy_samples = 0;
}

}  // namespace blondel

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <blondel/base/contract.hpp>
#include <blondel/frontend/front_end.hpp>

namespace blondel {
namespace {

/// The meter's own cycle is at most 1/40 s long, and without voltage that long.
/// @source metrology.md 2.5 (accept 40-70 Hz)
constexpr std::int64_t frequency_min_mhz = 40'000;
constexpr std::int64_t frequency_max_mhz = 70'000;
constexpr std::int64_t ns_mhz = 1'000 * ns_per_s;  ///< ns per cycle times mHz

RandomStream noise_stream(std::uint64_t seed, std::uint64_t meter, char kind, std::size_t element) {
  std::string name{"phasor.?.?"};
  name[7] = kind;
  name[9] = static_cast<char>('1' + element);
  return RandomStream{seed, meter, name};
}

}  // namespace

PhasorFrontEnd::PhasorFrontEnd(AccuracySurface const& surface, FrontEndModel const& model, double ct_ratio,
                               std::uint64_t seed, std::uint64_t meter, SimTime start)
    : rates_{surface, ct_ratio},
      sample_rate_hz_{model.adc[0].sample_rate_hz},
      taken_{start} {
  for (std::size_t k = 0; k < element_count; ++k) {
    noise_[k] = {.active = noise_stream(seed, meter, 'p', k),
                 .reactive = noise_stream(seed, meter, 'q', k),
                 .u_v = model.adc[k].u_noise_v,
                 .i_a = model.adc[k].i_noise_a};
    is_noisy_ = is_noisy_ || noise_[k].u_v > 0 || noise_[k].i_a > 0;
  }
  begin_cycle(start);
}

void PhasorFrontEnd::set_signals(Signals const& elements, SimTime now) {
  BLONDEL_EXPECTS(now >= taken_ && now <= cycle_end_);
  if (now > taken_) {
    static_cast<void>(keep_part(now - taken_));
    taken_ = now;
  }
  rates_.set_signals(elements);
  auto const asked_mhz = std::llround(elements.frequency.value() * 1e3);
  auto const frequency_mhz = std::clamp<std::int64_t>(asked_mhz, frequency_min_mhz, frequency_max_mhz);
  if (frequency_mhz != frequency_mhz_) {
    // What is left of the cycle's angle turns at the new speed.
    auto const left_ns =
        (cycle_end_ - now).ns() * std::exchange(frequency_mhz_, frequency_mhz) / frequency_mhz;
    cycle_end_ = now + SimDuration{left_ns};
    if (!part_) {
      period_rest_ = 0;
      begin_cycle(now);
    }
  }
  for (std::size_t k = 0; k < element_count; ++k) {
    // Noise of n samples of either channel times the other channel's signal, and times each other:
    // var(E) = n dt^2 (U^2 si^2 + I^2 su^2 + su^2 si^2), for P and Q alike. @source metrology.md 4.3, E5
    auto& noise = noise_[k];
    auto const& rates = rates_.element(k);
    auto const u_term = rates.u_rms_v * noise.i_a;
    auto const i_term = rates.i_rms_a * noise.u_v;
    auto const both = noise.u_v * noise.i_a;
    auto const period_s = 1e3 / static_cast<double>(frequency_mhz_);
    auto const energy_j =
        std::sqrt(period_s / sample_rate_hz_ * (u_term * u_term + i_term * i_term + both * both));
    noise.cycle_fine = std::llround(energy_j * 1e6 * RandomStream::gaussian_step * 0x1p56);
  }
}

ElementIncrement PhasorFrontEnd::cycle() {
  auto const end = cycle_end_;
  add_noise(1.0);
  auto const increment = closed(end - taken_);
  begin_cycle(end);
  return increment;
}

ElementIncrement PhasorFrontEnd::cut(SimTime now) {
  BLONDEL_EXPECTS(now >= taken_ && now <= cycle_end_);
  auto const span_ns = (now - taken_).ns() + (part_ ? part_->sum.span.ns() : 0);
  add_noise(std::sqrt(static_cast<double>(span_ns) * static_cast<double>(frequency_mhz_) / ns_mhz));
  auto const increment = closed(now - taken_);
  begin_cycle(now);
  return increment;
}

void PhasorFrontEnd::begin_cycle(SimTime start) {
  auto const total = ns_mhz + period_rest_;
  taken_ = start;
  cycle_end_ = start + SimDuration{total / frequency_mhz_};
  period_rest_ = total % frequency_mhz_;
}

/// @param share of a whole cycle's standard deviation
void PhasorFrontEnd::add_noise(double share) {
  for (std::size_t k = 0; k < element_count && is_noisy_; ++k) {
    auto& noise = noise_[k];
    auto const fine = share == 1.0 ? noise.cycle_fine
                                   : static_cast<std::int64_t>(static_cast<double>(noise.cycle_fine) * share);
    rates_.add(k, MeasuredRates::Fine{fine} * RandomStream::steps_of(noise.active.next()),
               MeasuredRates::Fine{fine} * RandomStream::steps_of(noise.reactive.next()));
  }
}

/// Puts what flowed at the present point beside what flowed in the cycle before.
/// @return what flowed in `span` alone
ElementIncrement PhasorFrontEnd::keep_part(SimDuration span) {
  auto const increment = rates_.take(span);
  auto& part = part_ ? *part_ : part_.emplace(CyclePart{});
  auto const span_ns = static_cast<double>(span.ns());
  part.sum.span = part.sum.span + span;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto& sum = part.sum.element[k];
    auto const& share = increment.element[k];
    sum.active_uj += share.active_uj;
    sum.reactive_uvars += share.reactive_uvars;
    sum.apparent_uvas += share.apparent_uvas;
    auto const& rates = rates_.element(k);
    part.u_square_ns[k] += rates.u_rms_v * rates.u_rms_v * span_ns;
    part.i_square_ns[k] += rates.i_rms_a * rates.i_rms_a * span_ns;
  }
  return increment;
}

/// The increment of the cycle under way, with `span` more of the present point.
ElementIncrement PhasorFrontEnd::closed(SimDuration span) {
  if (!part_) {
    return rates_.take(span);
  }
  auto increment = keep_part(span);
  auto const whole_ns = static_cast<double>(part_->sum.span.ns());
  increment.span = part_->sum.span;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto& share = increment.element[k];
    share = part_->sum.element[k];
    share.u_mv = static_cast<std::int32_t>(std::lround(std::sqrt(part_->u_square_ns[k] / whole_ns) * 1e3));
    share.i_ua = static_cast<std::int32_t>(std::lround(std::sqrt(part_->i_square_ns[k] / whole_ns) * 1e6));
  }
  part_.reset();
  return increment;
}

}  // namespace blondel

#include <lab/quality/power_quality.hpp>

#include <unsupported/Eigen/FFT>

#include <bit>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

namespace blondel {
namespace {

constexpr double pi = std::numbers::pi;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double ChannelQuality::thd_percent() const {
  double square = 0.0;
  for (std::size_t h = 2; h < subgroup.size() && std::isfinite(subgroup[h]); ++h) {
    square += subgroup[h] * subgroup[h];
  }
  // Below a thousandth of the whole there is no fundamental to compare with.
  return subgroup[1] > rms * 1e-3 && rms > 0.0 ? 100.0 * std::sqrt(square) / subgroup[1] : none;
}

PowerQualityMeter::PowerQualityMeter(QualitySettings const& settings)
    : settings_{settings},
      cycles_{settings.nominal_hz > 55.0 ? 12 : 10},
      event_rules_{settings.declared_v, {true, !settings.aron, true}},
      ring_(std::bit_ceil(static_cast<std::size_t>(16.0 * settings.sample_rate_hz / 40.0))) {
  AdcChannel const channel{.filter_tau_s = settings.filter_tau_s, .sinc3 = settings.sinc3};
  converters_.set_channels({channel, channel, channel}, 1.0 / settings.sample_rate_hz);
}

void PowerQualityMeter::start() {
  made_ = 0;
  rms_.assign(element_count,
              HalfCycleRms{settings_.sample_rate_hz, settings_.nominal_hz, settings_.declared_v});
  last_rms_ = {};
  edges_.clear();
  waiting_.clear();
}

SimTime PowerQualityMeter::instant(double sample) const {
  auto const since = sample - static_cast<double>(anchor_);
  return anchor_at_ + SimDuration{std::llround(since / settings_.sample_rate_hz * ns_per_s)};
}

void PowerQualityMeter::handle_samples(std::span<SampleFrame const> frames, SimTime first) {
  auto const apart = first - instant(static_cast<double>(made_));
  if (rms_.empty() || std::abs(static_cast<double>(apart.ns())) * settings_.sample_rate_hz > ns_per_s) {
    start();
  }
  // The converters' clock is a little off: each block says anew when it was taken.
  anchor_ = made_;
  anchor_at_ = first;
  for (auto const& codes : frames) {
    Frame frame;
    for (std::size_t k = 0; k < element_count; ++k) {
      frame[k] = codes.u[k] * settings_.volts_per_code[k];
      frame[element_count + k] = codes.i[k] * settings_.amps_per_code[k];
    }
    ring_[static_cast<std::size_t>(made_) & (ring_.size() - 1)] = frame;
    handle_voltages(frame);
    ++made_;
    while (!waiting_.empty() && waiting_.front().to + RecordingKernel::taps < static_cast<double>(made_)) {
      measure(waiting_.front());
      waiting_.erase(waiting_.begin());
    }
  }
}

void PowerQualityMeter::handle_voltages(Frame const& frame) {
  for (std::size_t k = 0; k < element_count; ++k) {
    if (!is_present(k)) {
      continue;
    }
    if (auto const value = rms_[k].handle_sample(frame[k])) {
      last_rms_[k] = value->rms;
      half_cycles.push_back({k, instant(value->end), value->rms});
      event_rules_.handle_value(k, value->rms, instant(value->begin), instant(value->end), events);
      if (k == reference_) {
        handle_reference_edge(value->end);
      }
    }
  }
}

void PowerQualityMeter::handle_reference_edge(double at) {
  if (!rms_[reference_].is_locked()) {
    edges_.clear();
  } else {
    edges_.push_back(at);
  }
  if (edges_.size() <= 2 * static_cast<std::size_t>(cycles_)) {
    return;
  }
  waiting_.push_back({edges_.front(), at});
  edges_.assign(1, at);
  // The next window goes by the first voltage that is there.
  for (std::size_t k = 0; k < element_count; ++k) {
    if (is_present(k) && last_rms_[k] > settings_.declared_v / 10.0) {
      if (k != reference_) {
        edges_.clear();
      }
      reference_ = k;
      break;
    }
  }
}

/// What the converters leave of an amplitude, over what they leave of the fundamental's, which the meter was
/// calibrated with.
double PowerQualityMeter::gain(double frequency_hz) const {
  auto const left = [this](double f) {
    auto const angle = 2.0 * pi * f / settings_.sample_rate_hz;
    return std::abs(converters_.response(0, angle)) * converters_.droop(angle);
  };
  return left(frequency_hz) / left(settings_.nominal_hz);
}

void PowerQualityMeter::measure(Span const& span) {
  auto const points = std::bit_ceil(static_cast<std::size_t>(span.to - span.from));
  std::array<std::vector<double>, channels> resampled;
  for (auto& channel : resampled) {
    channel.resize(points);
  }
  RecordingKernel::Weights weights;
  auto const step = (span.to - span.from) / static_cast<double>(points);
  auto const mask = ring_.size() - 1;
  for (std::size_t p = 0; p < points; ++p) {
    auto const at = span.from + step * static_cast<double>(p);
    auto const whole = std::floor(at);
    kernel_.weigh(at - whole, weights);
    Frame sum{};
    auto const n = static_cast<std::size_t>(whole) - RecordingKernel::before;
    for (std::size_t tap = 0; tap < weights.size(); ++tap) {
      auto const& frame = ring_[(n + tap) & mask];
      for (std::size_t c = 0; c < channels; ++c) {
        sum[c] += weights[tap] * frame[c];
      }
    }
    for (std::size_t c = 0; c < channels; ++c) {
      resampled[c][p] = sum[c];
    }
  }
  QualityWindow window{.begin = instant(span.from),
                       .end = instant(span.to),
                       .frequency_hz = {},
                       .u = {},
                       .i = {},
                       .unbalance_percent = none};
  window.frequency_hz = cycles_ * settings_.sample_rate_hz / (span.to - span.from);
  Eigen::FFT<double> transform;
  std::vector<std::complex<double>> spectrum;
  std::array<std::complex<double>, element_count> u1{};
  for (std::size_t k = 0; k < element_count; ++k) {
    if (is_present(k)) {
      transform.fwd(spectrum, resampled[k]);
      u1[k] = spectrum[static_cast<std::size_t>(cycles_)];
      fill(window.u[k], resampled[k], spectrum, window.frequency_hz);
      transform.fwd(spectrum, resampled[element_count + k]);
      fill(window.i[k], resampled[element_count + k], spectrum, window.frequency_hz);
    }
  }
  if (!settings_.aron) {
    auto const a = std::polar(1.0, 2.0 * pi / 3.0);
    auto const positive = std::abs(u1[0] + a * u1[1] + a * a * u1[2]);
    auto const negative = std::abs(u1[0] + a * a * u1[1] + a * u1[2]);
    window.unbalance_percent = positive > 0.0 ? 100.0 * negative / positive : none;
  }
  windows.push_back(window);
}

void PowerQualityMeter::fill(ChannelQuality& channel, std::vector<double> const& values,
                             std::vector<std::complex<double>> const& spectrum, double frequency_hz) const {
  auto const points = static_cast<double>(values.size());
  double direct = 0.0;
  double square = 0.0;
  for (auto const value : values) {
    direct += value / points;
    square += value * value / points;
  }
  channel.rms = std::sqrt(std::max(square - direct * direct, 0.0));
  channel.subgroup[0] = direct;
  auto const per_cycle = static_cast<std::size_t>(cycles_);
  for (std::size_t h = 1; h <= harmonic_max; ++h) {
    auto const order_hz = frequency_hz * static_cast<double>(h);
    if (order_hz > quality_band * settings_.sample_rate_hz) {
      channel.subgroup[h] = none;
      continue;
    }
    double group = 0.0;
    for (auto bin = h * per_cycle - 1; bin <= h * per_cycle + 1; ++bin) {
      group += std::norm(spectrum[bin]);
    }
    channel.subgroup[h] = std::numbers::sqrt2 * std::sqrt(group) / points / gain(order_hz);
  }
}

}  // namespace blondel

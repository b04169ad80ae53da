#include <frontend/source/recording.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <utility>

#include <blondel/base/contract.hpp>

namespace blondel {
namespace {

constexpr int taps = RecordingKernel::taps;

std::int64_t remainder_of(std::int64_t n, std::size_t period) {
  auto const length = static_cast<std::int64_t>(period);
  auto const rest = n % length;
  return rest < 0 ? rest + length : rest;
}

double seconds_of(SimTime t) {
  return static_cast<double>(t.ns()) / ns_per_s;
}

}  // namespace

Recording::Recording(RecordingData data)
    : data_{std::move(data)},
      lead_in_s_{static_cast<double>(data_.lead_in.ns()) / ns_per_s} {
  BLONDEL_EXPECTS(data_.rate_hz > 0 && data_.frequency_hz > 0);
  auto const length = data_.u_v[0].size();
  BLONDEL_EXPECTS(data_.lead_in_samples > 0 && data_.lead_in_samples <= length);
  frames_.resize(length);
  for (std::size_t k = 0; k < element_count; ++k) {
    BLONDEL_EXPECTS(data_.u_v[k].size() == length && data_.i_a[k].size() == length);
    for (std::size_t n = 0; n < length; ++n) {
      frames_[n].u[k] = data_.u_v[k][n];
      frames_[n].i[k] = data_.i_a[k][n];
    }
    data_.u_v[k] = {};
    data_.i_a[k] = {};
  }
}

Recording::Frame const& Recording::frame(std::int64_t n) const {
  if (n < 0) {
    return frames_[static_cast<std::size_t>(remainder_of(n, data_.lead_in_samples))];
  }
  if (std::cmp_less(n, frames_.size())) {
    return frames_[static_cast<std::size_t>(n)];
  }
  return data_.repeats ? frames_[static_cast<std::size_t>(remainder_of(n, frames_.size()))] : nothing_;
}

void Recording::fill(std::int64_t n, Window& window) const {
  for (std::size_t k = 0; k < window.size(); ++k) {
    window[k] = frame(n - RecordingKernel::before + static_cast<std::int64_t>(k));
  }
}

void Recording::interpolate(Window const& window, double fraction, Frame& value) const {
  RecordingKernel::Weights weights;
  kernel_.weigh(fraction, weights);
  value = {};
  for (std::size_t k = 0; k < window.size(); ++k) {
    Lanes const w{weights[k], weights[k], weights[k], weights[k]};
    value.u += w * window[k].u;
    value.i += w * window[k].i;
  }
}

void Recording::sample(double start_s, double interval_s, std::uint64_t first, Lanes* u_v, Lanes* i_a,
                       std::size_t count) const {
  Window window;
  auto filled = std::numeric_limits<std::int64_t>::min();
  for (std::size_t n = 0; n < count; ++n) {
    auto const at = position(start_s + static_cast<double>(first + n) * interval_s);
    auto const whole = std::floor(at);
    auto const index = static_cast<std::int64_t>(whole);
    if (index != filled) {
      fill(index, window);
      filled = index;
    }
    Frame value;
    interpolate(window, at - whole, value);
    u_v[n] = value.u;
    i_a[n] = value.i;
  }
}

void Recording::add_whole(std::int64_t n, Lanes& sum) const {
  Window window;
  fill(n, window);
  for (int j = 0; j < taps; ++j) {
    auto const& row = kernel_.product(j);
    Lanes i{};
    for (std::size_t k = 0; k < window.size(); ++k) {
      Lanes const w{row[k], row[k], row[k], row[k]};
      i += w * window[k].i;
    }
    sum += window[static_cast<std::size_t>(j)].u * i;
  }
}

void Recording::add_part(std::int64_t n, double from, double to, Lanes& sum) const {
  Window window;
  fill(n, window);
  for (auto begin = from; begin < to;) {
    // Up to the end of the cubic under way.
    auto const cell = std::floor(begin * RecordingKernel::cells);
    auto const end = std::min(to, (cell + 1) / RecordingKernel::cells);
    for (std::size_t m = 0; m < RecordingKernel::node.size(); ++m) {
      Frame value;
      interpolate(window, begin + (end - begin) * RecordingKernel::node[m], value);
      auto const share = RecordingKernel::node_weight[m] * (end - begin);
      Lanes const w{share, share, share, share};
      sum += w * value.u * value.i;
    }
    begin = end;
  }
}

std::array<double, element_count> Recording::energy(SimTime from, SimTime to) const {
  auto const begin = position(seconds_of(from));
  auto const end = position(seconds_of(to));
  auto const first = static_cast<std::int64_t>(std::floor(begin));
  auto const last = static_cast<std::int64_t>(std::floor(end));
  auto const begin_part = begin - static_cast<double>(first);
  auto const end_part = end - static_cast<double>(last);
  Lanes sum{};
  if (first == last) {
    add_part(first, begin_part, end_part, sum);
  } else {
    add_part(first, begin_part, 1.0, sum);
    for (auto n = first + 1; n < last; ++n) {
      add_whole(n, sum);
    }
    add_part(last, 0.0, end_part, sum);
  }
  std::array<double, element_count> energy_j{};
  for (std::size_t k = 0; k < element_count; ++k) {
    energy_j[data_.has_line_voltages ? 0 : k] += sum[k] / data_.rate_hz;
  }
  return energy_j;
}

OperatingPoint Recording::point_at(SimTime now) const {
  constexpr std::size_t points = 64;
  auto const cycle_s = 1.0 / data_.frequency_hz;
  Lanes u[points];
  Lanes i[points];
  sample(seconds_of(now) - cycle_s, cycle_s / points, 0, u, i, points);
  OperatingPoint point;
  point.frequency = Hertz{data_.frequency_hz};
  point.temperature = data_.temperature;
  for (std::size_t k = 0; k < element_count; ++k) {
    std::complex<double> u_v;
    std::complex<double> i_a;
    for (std::size_t n = 0; n < points; ++n) {
      // A sine of angle 0 at `now` has the phasor 1. @source signals.hpp
      auto const turn =
          std::polar(std::numbers::sqrt2 / points, -2 * std::numbers::pi * static_cast<double>(n) / points);
      u_v += std::complex{0.0, u[n][k]} * turn;
      i_a += std::complex{0.0, i[n][k]} * turn;
    }
    point.phase[k] = {.u = Volts{std::abs(u_v)},
                      .u_angle = Radians{std::arg(u_v)},
                      .i = Amps{std::abs(i_a)},
                      .lag = Radians{std::arg(u_v) - std::arg(i_a)}};
  }
  return point;
}

SimTime Recording::next_change(SimTime now) const {
  auto const start = SimTime{} + data_.lead_in;
  if (now < start) {
    return start;
  }
  auto const cycle_ns = std::llround(ns_per_s / data_.frequency_hz);
  auto const next = start + SimDuration{((now - start).ns() / cycle_ns + 1) * cycle_ns};
  // The interpolator rings for half its length behind the end, and a cycle later its last trace is gone.
  auto const length_s =
      static_cast<double>(frames_.size() + taps / 2) / data_.rate_hz + 2.0 / data_.frequency_hz;
  bool const is_over = !data_.repeats && static_cast<double>((next - start).ns()) / ns_per_s > length_s;
  return is_over ? SimTime::never() : next;
}

std::vector<double> shifted(std::vector<double> const& values, double samples) {
  BLONDEL_EXPECTS(!values.empty());
  RecordingKernel const kernel;
  auto const back = std::ceil(samples);
  auto const whole = static_cast<std::int64_t>(back);
  RecordingKernel::Weights weights;
  kernel.weigh(back - samples, weights);
  auto const last = static_cast<std::int64_t>(values.size()) - 1;
  std::vector<double> result(values.size());
  for (std::size_t n = 0; n < values.size(); ++n) {
    for (std::size_t k = 0; k < weights.size(); ++k) {
      auto const from = static_cast<std::int64_t>(n + k) - whole - RecordingKernel::before;
      result[n] += weights[k] * values[static_cast<std::size_t>(std::clamp<std::int64_t>(from, 0, last))];
    }
  }
  return result;
}

}  // namespace blondel

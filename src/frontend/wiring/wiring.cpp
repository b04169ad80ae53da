#include <blondel/frontend/wiring.hpp>

#include <cmath>
#include <optional>

namespace blondel {
namespace {

using Complex = std::complex<double>;
using Phasors = std::array<Complex, element_count>;

/// Potential of a voltage terminal; none when no wire ends there.
std::optional<Complex> potential(Conductor conductor, Phasors const& line_v) {
  switch (conductor) {
    case Conductor::l1:
    case Conductor::l2:
    case Conductor::l3:
      return line_v[static_cast<std::size_t>(conductor)];
    case Conductor::n:
      return Complex{};
    case Conductor::none:
      break;
  }
  return std::nullopt;
}

Phasors element_voltages(Phasors const& line_v, Wiring const& wiring) {
  constexpr std::size_t aron_common = 1;  // terminal 5
  auto common =
      wiring.aron ? potential(wiring.voltage[aron_common], line_v) : potential(wiring.neutral, line_v);
  std::array<std::optional<Complex>, element_count> terminal;
  Complex sum;
  int connected = 0;
  for (std::size_t e = 0; e < element_count; ++e) {
    if (wiring.aron && e == aron_common) {
      continue;
    }
    terminal[e] = potential(wiring.voltage[e], line_v);
    if (terminal[e]) {
      sum += *terminal[e];
      ++connected;
    }
  }
  if (!common) {
    common = connected == 0 ? Complex{} : sum / static_cast<double>(connected);
  }
  Phasors element_v{};
  for (std::size_t e = 0; e < element_count; ++e) {
    element_v[e] = terminal[e] ? *terminal[e] - *common : Complex{};
  }
  return element_v;
}

/// A load whose star point has lost the supply's neutral: what its voltages and currents become.
struct FloatingLoad {
  Phasors admittance_s{};
  Complex sum_s{};

  explicit FloatingLoad(SignalComponent const& fundamental) {
    for (std::size_t k = 0; k < element_count; ++k) {
      if (std::abs(fundamental.u_v[k]) > 0) {
        admittance_s[k] = fundamental.i_a[k] / fundamental.u_v[k];
        sum_s += admittance_s[k];
      }
    }
  }

  /// Millman: the potential of the star point. Without load the meter's own voltage circuits make it.
  [[nodiscard]] Complex star_point(Phasors const& line_v) const {
    if (std::abs(sum_s) == 0) {
      return (line_v[0] + line_v[1] + line_v[2]) / 3.0;
    }
    Complex weighted;
    for (std::size_t k = 0; k < element_count; ++k) {
      weighted += admittance_s[k] * line_v[k];
    }
    return weighted / sum_s;
  }
};

/// The lines as they are when the supply's neutral is lost: voltages against the star point of the load.
void lose_neutral(Signals& lines) {
  auto const& fundamental = lines.component[0];
  FloatingLoad const load{fundamental};
  auto const star_v = load.star_point(fundamental.u_v);
  Phasors change{};  // of each load's voltage at the fundamental: its distorted current follows
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const u_v = fundamental.u_v[k];
    change[k] = std::abs(u_v) > 0 ? (u_v - star_v) / u_v : Complex{};
  }
  for (std::size_t n = 0; n < lines.count; ++n) {
    auto& component = lines.component[n];
    auto const shift_v = component.quarters == 0 ? Complex{} : load.star_point(component.u_v);
    auto const order = component.quarters / static_cast<double>(fundamental_quarters);
    for (std::size_t k = 0; k < element_count; ++k) {
      component.u_v[k] -= shift_v;
      component.i_a[k] *=
          std::polar(std::abs(change[k]), component.quarters == 0 ? 0.0 : order * std::arg(change[k]));
    }
  }
}

void map_to_elements(Signals& signals, Wiring const& wiring) {
  constexpr std::size_t aron_absent = 1;
  for (std::size_t n = 0; n < signals.count; ++n) {
    auto& component = signals.component[n];
    auto const line_a = component.i_a;
    component.u_v = element_voltages(component.u_v, wiring);
    for (std::size_t e = 0; e < element_count; ++e) {
      auto const& feed = wiring.current[e];
      component.i_a[e] = wiring.aron && e == aron_absent
                             ? Complex{}
                             : line_a[static_cast<std::size_t>(feed.line)] * feed.share;
    }
  }
}

}  // namespace

Signals element_signals(Signals signals, Wiring const& wiring) {
  if (wiring.neutral_lost && !wiring.aron) {
    lose_neutral(signals);
  }
  map_to_elements(signals, wiring);
  return signals;
}

}  // namespace blondel

#include "core/energy/increment_to_energy.hpp"

#include <blondel/base/decimal.hpp>

namespace blondel {
namespace {

constexpr std::int64_t magnitude(std::int64_t value) {
  return value < 0 ? -value : value;
}

void add(EnergyShares& shares, Energy energy, std::int64_t amount) {
  shares[static_cast<std::size_t>(energy)] += amount;
}

/// One (P, Q, S) of an element or of the sum, by the signs of P and Q.
void add_by_quadrant(EnergyShares& shares, BookedShare const& share) {
  bool const import = share.active_uj != 0 ? share.active_uj > 0 : share.measured_uj >= 0;
  bool const inductive = share.reactive_uvars >= 0;
  auto const reactive = magnitude(share.reactive_uvars);
  add(shares, import ? Energy::a_plus : Energy::a_minus, magnitude(share.active_uj));
  add(shares, inductive ? Energy::r_plus : Energy::r_minus, reactive);
  auto const quadrant =
      import ? (inductive ? Energy::r1 : Energy::r4) : (inductive ? Energy::r2 : Energy::r3);
  add(shares, quadrant, reactive);
  add(shares, import ? Energy::s_plus : Energy::s_minus, share.apparent_uvas);
}

/// The root of a^2 + b^2, to 31 bits.
std::int64_t hypotenuse(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t limit = std::int64_t{1} << 31;
  unsigned shift = 0;
  while (((magnitude(a) | magnitude(b)) >> shift) >= limit) {
    ++shift;
  }
  auto const x = static_cast<std::uint64_t>(magnitude(a) >> shift);
  auto const y = static_cast<std::uint64_t>(magnitude(b) >> shift);
  return static_cast<std::int64_t>(integer_sqrt(x * x + y * y)) << shift;
}

}  // namespace

BookedShare gate(ElementGate& gates, ElementShare const& share, std::int64_t span_ns,
                 std::int64_t threshold_mw) {
  BookedShare booked;
  booked.measured_uj = share.active_uj;
  booked.active_uj = gates.active.pass(share.active_uj, span_ns, threshold_mw);
  booked.reactive_uvars = gates.reactive.pass(share.reactive_uvars, span_ns, threshold_mw);
  // Apparent energy follows the element: held back while neither quantity registers.
  gates.apparent_withheld_uvas += share.apparent_uvas;
  if (gates.active.registering || gates.reactive.registering) {
    booked.apparent_uvas = gates.apparent_withheld_uvas;
    gates.apparent_withheld_uvas = 0;
  } else if (gates.active.window_ns == 0) {
    gates.apparent_withheld_uvas = 0;
  }
  return booked;
}

EnergyShares sum_by_direction(std::array<BookedShare, element_count> const& booked, PhaseSum mode) {
  EnergyShares shares{};
  BookedShare sum;
  switch (mode) {
    case PhaseSum::per_phase:
      for (auto const& share : booked) {
        add_by_quadrant(shares, share);
      }
      break;
    case PhaseSum::algebraic:
      for (auto const& share : booked) {
        sum.active_uj += share.active_uj;
        sum.reactive_uvars += share.reactive_uvars;
        sum.apparent_uvas += share.apparent_uvas;
        sum.measured_uj += share.measured_uj;
      }
      add_by_quadrant(shares, sum);
      break;
    case PhaseSum::absolute:
      for (auto const& share : booked) {
        add_by_quadrant(
            shares, {magnitude(share.active_uj), magnitude(share.reactive_uvars), share.apparent_uvas, 0});
      }
      break;
  }
  return shares;
}

std::int64_t effective_power_mva(EffectiveValues const& values) {
  auto const square = [](std::int32_t value) {
    return static_cast<std::uint64_t>(std::int64_t{value} * value);
  };
  auto u_square = std::uint64_t{0};
  auto i_square = square(values.i_neutral_ua);
  for (std::size_t e = 0; e < element_count; ++e) {
    u_square += square(values.u_mv[e]);
    i_square += square(values.i_ua[e]);
  }
  auto const u_mv = std::int64_t{integer_sqrt(u_square)};
  auto const i_ua = std::int64_t{integer_sqrt(i_square)};
  return u_mv * i_ua / 1'000'000;
}

void set_apparent(EnergyShares& shares, std::array<BookedShare, element_count> const& booked,
                  ApparentSum method, std::int64_t effective_uvas) {
  if (method == ApparentSum::arithmetic) {
    return;
  }
  BookedShare net;
  for (auto const& share : booked) {
    net.active_uj += share.active_uj;
    net.reactive_uvars += share.reactive_uvars;
    net.apparent_uvas += share.apparent_uvas;
    net.measured_uj += share.measured_uj;
  }
  auto const total = method == ApparentSum::vector ? hypotenuse(net.active_uj, net.reactive_uvars)
                     : net.apparent_uvas > 0       ? effective_uvas
                                                   : 0;
  bool const import = net.active_uj != 0 ? net.active_uj > 0 : net.measured_uj >= 0;
  shares[static_cast<std::size_t>(Energy::s_plus)] = import ? total : 0;
  shares[static_cast<std::size_t>(Energy::s_minus)] = import ? 0 : total;
}

}  // namespace blondel

#include "core/energy/increment_to_energy.hpp"

#include <blondel/base/decimal.hpp>

namespace blondel {
namespace {

/// The one of a row of registers, first the named one.
std::int64_t& share_of(EnergyShares& shares, Energy first, unsigned offset) {
  return shares[static_cast<std::size_t>(first) + offset];
}

/// One (P, Q, S) of an element or of the sum, by the signs of P and Q. Without branches: with several loads
/// of a house a sign is as good as random.
void add_by_quadrant(EnergyShares& shares, BookedShare const& share) {
  auto const direction_uj = share.active_uj != 0 ? share.active_uj : share.measured_uj;
  unsigned const is_export = direction_uj < 0 ? 1 : 0;
  unsigned const is_capacitive = share.reactive_uvars < 0 ? 1 : 0;
  auto const reactive = magnitude(share.reactive_uvars);
  share_of(shares, Energy::a_plus, is_export) += magnitude(share.active_uj);
  share_of(shares, Energy::r_plus, is_capacitive) += reactive;
  // R1 and R2 are inductive, R4 and R3 capacitive import and export.
  share_of(shares, Energy::r1, is_capacitive * 3 ^ is_export) += reactive;
  share_of(shares, Energy::s_plus, is_export) += share.apparent_uvas;
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

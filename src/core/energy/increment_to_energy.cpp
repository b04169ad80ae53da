#include "core/energy/increment_to_energy.hpp"

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

}  // namespace blondel

#pragma once
/// What an element measures of its phasors: one kernel, whose lanes are the elements of a meter at one point,
/// or the steps of one element. Lane by lane the operations are the same, and so are the bits.

#include <cstdint>
#include <cstring>
#include <tuple>

#include <blondel/frontend/prepared_surface.hpp>
#include <frontend/accuracy/binary_logarithm.hpp>
#include <frontend/lanes.hpp>

namespace blondel {

/// Whole numbers beside the lanes of a vector.
template<class Width>
struct Whole;
template<>
struct Whole<Single> {
  using Lanes = std::int32_t __attribute__((vector_size(16)));
  static constexpr std::size_t count = lane_count;
};
template<>
struct Whole<Paired> {
  using Lanes = std::int32_t __attribute__((vector_size(32)));
  static constexpr std::size_t count = 2 * lane_count;
};

/// Square roots lane by lane; one instruction where errno stays out of it.
template<class Vector>
BLONDEL_KERNEL void square_root(Vector const& square, Vector& root) {
  for (std::size_t n = 0; n < sizeof(Vector) / sizeof(double); ++n) {
    root[n] = __builtin_sqrt(square[n]);
  }
}

template<class Vector>
BLONDEL_KERNEL void clamp(Vector& value, double least, double most) {
  Vector const low = Vector{} + least;
  Vector const high = Vector{} + most;
  value = value > low ? value : low;
  value = value < high ? value : high;
}

/// As binary_logarithm, lane by lane and bit by bit.
template<class Width>
BLONDEL_KERNEL void binary_logarithm(typename Width::Vector const& x, typename Width::Vector& octaves) {
  using Vector = typename Width::Vector;
  using Words = typename Width::Words;
  constexpr std::uint64_t root_half = 0x3FE6A09E667F3BCDU;
  constexpr int exponent_shift = 52;
  // No processor below AVX-512 shifts signed words or turns them to doubles: 2^10 more keeps them positive,
  // and they go to the low bits of 2^52.
  constexpr std::uint64_t bias = 1024;
  Words const bits = reinterpret_cast<Words>(x);
  Words const exponent = (bits - root_half + (bias << exponent_shift)) >> exponent_shift;
  Vector const mantissa = reinterpret_cast<Vector>(bits - ((exponent - bias) << exponent_shift));
  Vector const whole = reinterpret_cast<Vector>(exponent | 0x4330000000000000U) - (0x1p52 + bias);
  Vector const t = (mantissa - 1) / (mantissa + 1);
  logarithm_of_mantissa(t, whole, octaves);
}

/// The transposed halves of four rows: their first numbers, and their second ones.
BLONDEL_KERNEL void gather_two(double const* const* row, std::size_t first, Lanes& low, Lanes& high) {
  using Half = double __attribute__((vector_size(16)));
  Half half[lane_count];
  for (std::size_t n = 0; n < lane_count; ++n) {
    std::memcpy(&half[n], row[n] + first, sizeof(Half));
  }
  Lanes const even = __builtin_shufflevector(half[0], half[2], 0, 1, 2, 3);
  Lanes const odd = __builtin_shufflevector(half[1], half[3], 0, 1, 2, 3);
  low = __builtin_shufflevector(even, odd, 0, 4, 2, 6);
  high = __builtin_shufflevector(even, odd, 1, 5, 3, 7);
}
BLONDEL_KERNEL void gather_two(double const* const* row, std::size_t first, PairedLanes& low,
                               PairedLanes& high) {
  Lanes below[2];
  Lanes above[2];
  gather_two(row, first, below[0], above[0]);
  gather_two(row + lane_count, first, below[1], above[1]);
  join(below[0], below[1], low);
  join(above[0], above[1], high);
}

/// A cubic of each lane's own row.
template<class Width>
BLONDEL_KERNEL void cubic(PreparedSurface::Cubic const* rows, typename Whole<Width>::Lanes const& row,
                          typename Width::Vector const& x, typename Width::Vector& real,
                          typename Width::Vector& imaginary) {
  using Vector = typename Width::Vector;
  double const* from[Whole<Width>::count];
  for (std::size_t n = 0; n < Whole<Width>::count; ++n) {
    from[n] = rows[row[n]].real.data();
  }
  Vector c[8];
  for (std::size_t n = 0; n < 8; n += 2) {
    gather_two(from, n, c[n], c[n + 1]);
  }
  real = ((c[3] * x + c[2]) * x + c[1]) * x + c[0];
  imaginary = ((c[7] * x + c[6]) * x + c[5]) * x + c[4];
}

/// Where on a grid: the row, and the distance from its first point. @param position in steps of the grid
template<class Width>
BLONDEL_KERNEL void place(typename Width::Vector const& position, int rows, typename Whole<Width>::Lanes& row,
                          typename Width::Vector& x) {
  using Rows = typename Whole<Width>::Lanes;
  row = __builtin_convertvector(position, Rows) - 1;
  Rows const least{};
  Rows const most = Rows{} + (rows - 1);
  row = row > least ? row : least;
  row = row < most ? row : most;
  x = position - __builtin_convertvector(row, typename Width::Vector);
}

/// Everything about a lane but its phasors.
template<class Width>
struct LaneConditions {
  using Vector = typename Width::Vector;
  typename Whole<Width>::Lanes first_row;
  Vector rated_real, rated_imaginary, share_real, share_imaginary;
  Vector drift_real[std::tuple_size_v<Drift>], drift_imaginary[std::tuple_size_v<Drift>];
  Vector crosstalk[element_count];  ///< from each element. @units A per V, secondary
};
template<class Width>
struct LanePhasors {
  typename Width::Vector u_real_v, u_imaginary_v, i_real_a, i_imaginary_a;  ///< currents of the secondary
  typename Width::Vector all_u_real_v[element_count], all_u_imaginary_v[element_count];
};
template<class Width>
struct LaneMeasured {
  typename Width::Vector active_w, reactive_var, i_square_a2;
};

/// Where a lane's phasors stand on the grids of the surface. @param current_steps, voltage_steps of the grids
template<class Width>
BLONDEL_KERNEL void place_phasors(PreparedSurface const& surface, typename Width::Vector const& u_v,
                                  typename Width::Vector const& i_square_a2,
                                  typename Width::Vector& current_steps,
                                  typename Width::Vector& voltage_steps) {
  constexpr double least_a = AccuracySurface::current_min_a;
  constexpr double most_a = AccuracySurface::current_max_a;
  constexpr double last = AccuracySurface::current_points - 1;
  constexpr double first_octave = binary_logarithm(least_a * least_a);
  constexpr double steps_per_octave = last / (binary_logarithm(most_a * most_a) - first_octave);
  auto square = i_square_a2;
  clamp(square, least_a * least_a, most_a * most_a);
  binary_logarithm<Width>(square, current_steps);
  current_steps = (current_steps - first_octave) * steps_per_octave;
  voltage_steps = (u_v - surface.voltage_from_v()) * surface.voltage_steps_per_v();
  clamp(voltage_steps, 0.0, static_cast<double>(AccuracySurface::voltage_points - 1));
}

/// c of the fundamental, as AccuracySurface::gain.
template<class Width>
BLONDEL_KERNEL void lane_gain(PreparedSurface const& surface, LaneConditions<Width> const& lane,
                              typename Width::Vector const& u_v, typename Width::Vector const& current_steps,
                              typename Width::Vector const& voltage_steps, typename Width::Vector& gain_real,
                              typename Width::Vector& gain_imaginary) {
  using Vector = typename Width::Vector;
  typename Whole<Width>::Lanes row;
  Vector x;
  place<Width>(current_steps, PreparedSurface::current_rows, row, x);
  Vector curve_real;
  Vector curve_imaginary;
  cubic<Width>(surface.rows(), row + lane.first_row, x, curve_real, curve_imaginary);

  place<Width>(voltage_steps, PreparedSurface::voltage_rows, row, x);
  Vector voltage_real;
  Vector voltage_imaginary;
  cubic<Width>(surface.rows() + PreparedSurface::current_rows, row + lane.first_row, x, voltage_real,
               voltage_imaginary);
  auto const fitted_v = surface.fitted_voltage_v();
  Vector const off_v = u_v - fitted_v;
  Vector const distance_v = off_v < 0 ? -off_v : off_v;
  Vector const least_v = Vector{} + AccuracySurface::least_distance * fitted_v;
  voltage_real = distance_v > least_v ? voltage_real : Vector{};
  voltage_imaginary = distance_v > least_v ? voltage_imaginary : Vector{};

  Vector const share = (curve_real - lane.rated_real) * lane.share_real +
                       (curve_imaginary - lane.rated_imaginary) * lane.share_imaginary;
  auto const& dr = lane.drift_real;
  auto const& di = lane.drift_imaginary;
  Vector const drift_real = ((dr[3] * share + dr[2]) * share + dr[1]) * share + dr[0];
  Vector const drift_imaginary = ((di[3] * share + di[2]) * share + di[1]) * share + di[0];
  gain_real = 1.0 + curve_real + (drift_real + voltage_real);
  gain_imaginary = curve_imaginary + (drift_imaginary + voltage_imaginary);
}

/// S = U (I c* + what couples over)*, behind the external transformer.
template<class Width>
BLONDEL_KERNEL void measure(LaneConditions<Width> const& lane, LanePhasors<Width> const& at,
                            typename Width::Vector const& gain_real,
                            typename Width::Vector const& gain_imaginary, LaneMeasured<Width>& measured) {
  using Vector = typename Width::Vector;
  Vector seen_real_a = at.i_real_a * gain_real + at.i_imaginary_a * gain_imaginary;
  Vector seen_imaginary_a = at.i_imaginary_a * gain_real - at.i_real_a * gain_imaginary;
  Vector const coupled_real_a = lane.crosstalk[0] * at.all_u_real_v[0] +
                                lane.crosstalk[1] * at.all_u_real_v[1] +
                                lane.crosstalk[2] * at.all_u_real_v[2];
  Vector const coupled_imaginary_a = lane.crosstalk[0] * at.all_u_imaginary_v[0] +
                                     lane.crosstalk[1] * at.all_u_imaginary_v[1] +
                                     lane.crosstalk[2] * at.all_u_imaginary_v[2];
  seen_real_a = seen_real_a + coupled_real_a;
  seen_imaginary_a = seen_imaginary_a + coupled_imaginary_a;
  // The crosstalk of the voltage shows in the current reading, as it does in the meter.
  measured.i_square_a2 = seen_real_a * seen_real_a + seen_imaginary_a * seen_imaginary_a;
  measured.active_w = at.u_real_v * seen_real_a + at.u_imaginary_v * seen_imaginary_a;
  measured.reactive_var = at.u_imaginary_v * seen_real_a - at.u_real_v * seen_imaginary_a;
}

/// Squared magnitudes of the negative- and positive-sequence voltages, times 9.
/// @param real, imaginary of the three voltages
template<class Value>
BLONDEL_KERNEL void sequence_squares(Value const (&real)[element_count],
                                     Value const (&imaginary)[element_count], Value& negative,
                                     Value& positive) {
  constexpr double root_3_half = 0.86602540378443864676;
  // With half the sum and half the difference of L2 and L3 both sequences come of one rotation.
  Value const mean_real = real[0] - 0.5 * (real[1] + real[2]);
  Value const mean_imaginary = imaginary[0] - 0.5 * (imaginary[1] + imaginary[2]);
  Value const across_real = root_3_half * (imaginary[2] - imaginary[1]);
  Value const across_imaginary = root_3_half * (real[1] - real[2]);
  Value const positive_real = mean_real + across_real;
  Value const positive_imaginary = mean_imaginary + across_imaginary;
  Value const negative_real = mean_real - across_real;
  Value const negative_imaginary = mean_imaginary - across_imaginary;
  positive = positive_real * positive_real + positive_imaginary * positive_imaginary;
  negative = negative_real * negative_real + negative_imaginary * negative_imaginary;
}
/// A single phase has no sequence; rounding must not decide. Of squares.
inline constexpr double sequence_tie = 1.001 * 1.001;

}  // namespace blondel

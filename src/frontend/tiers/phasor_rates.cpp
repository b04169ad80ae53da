#include <frontend/tiers/phasor_rates.hpp>

#include <cstring>

#include <blondel/frontend/measured_rates.hpp>
#include <frontend/accuracy/element_kernel.hpp>

namespace blondel {
namespace {

template<class Vector, class Number, std::size_t Size>
BLONDEL_KERNEL void load(std::array<Number, Size> const& column, std::size_t n, Vector& vector) {
  std::memcpy(&vector, column.data() + n, sizeof(Vector));
}
template<class Vector, class Number, std::size_t Size>
BLONDEL_KERNEL void store(Vector const& vector, std::size_t n, std::array<Number, Size>& column) {
  std::memcpy(column.data() + n, &vector, sizeof(Vector));
}

/// One column of all elements; without a loop, that they stay in registers.
template<class Vector>
BLONDEL_KERNEL void load_three(PhasorBlock const& block, PhasorBlock::Column PhasorBlock::Element::*column,
                               std::size_t n, Vector (&three)[element_count]) {
  load(block.element[0].*column, n, three[0]);
  load(block.element[1].*column, n, three[1]);
  load(block.element[2].*column, n, three[2]);
}

/// To nearest, as `rounded` in MeasuredRates.
template<class Width>
BLONDEL_KERNEL void store_rounded(typename Width::Vector const& value, std::size_t n,
                                  PhasorRates::Counts& column) {
  using Vector = typename Width::Vector;
  Vector const most = Vector{} + rms_count_max;
  Vector const within = value < most ? value : most;
  typename Whole<Width>::Lanes const count =
      __builtin_convertvector(within + 0.5, typename Whole<Width>::Lanes);
  store(count, n, column);
}

template<class Vector>
BLONDEL_KERNEL void fill(double value, Vector& vector) {
  vector = Vector{} + value;
}

template<class Width>
BLONDEL_KERNEL void set_conditions(PreparedSurface const& surface, std::size_t k,
                                   LaneConditions<Width>& lane) {
  auto const& slow = surface.slow();
  lane.first_row =
      typename Whole<Width>::Lanes{} + static_cast<std::int32_t>(k) * PreparedSurface::element_rows;
  fill(slow.rated_real[k], lane.rated_real);
  fill(slow.rated_imaginary[k], lane.rated_imaginary);
  fill(slow.share_real[k], lane.share_real);
  fill(slow.share_imaginary[k], lane.share_imaginary);
  for (std::size_t n = 0; n < slow.drift_real.size(); ++n) {
    fill(slow.drift_real[n][k], lane.drift_real[n]);
    fill(slow.drift_imaginary[n][k], lane.drift_imaginary[n]);
  }
  for (std::size_t from = 0; from < element_count; ++from) {
    fill(surface.crosstalk()[from][k], lane.crosstalk[from]);
  }
}

/// What one pass leaves to the next. Three short loops, since a processor looks a few hundred instructions
/// ahead: of a long one that is a single round, which it then waits for.
struct PassColumns {
  alignas(64) PhasorBlock::Column u_v, current_steps, voltage_steps, i_square_a2;
};

template<class Width>
BLONDEL_KERNEL void load_phasors(PhasorBlock::Element const& own, std::size_t n, double per_ratio,
                                 LanePhasors<Width>& at) {
  load(own.u_real_v, n, at.u_real_v);
  load(own.u_imaginary_v, n, at.u_imaginary_v);
  load(own.i_real_a, n, at.i_real_a);
  load(own.i_imaginary_a, n, at.i_imaginary_a);
  at.i_real_a = at.i_real_a * per_ratio;
  at.i_imaginary_a = at.i_imaginary_a * per_ratio;
}

template<class Width>
BLONDEL_KERNEL void place_steps(PreparedSurface const& surface, PhasorBlock::Element const& own,
                                double per_ratio, std::size_t count, PassColumns& pass) {
  using Vector = typename Width::Vector;
  for (std::size_t n = 0; n < count; n += Whole<Width>::count) {
    LanePhasors<Width> at;
    load_phasors(own, n, per_ratio, at);
    Vector u_v;
    square_root(at.u_real_v * at.u_real_v + at.u_imaginary_v * at.u_imaginary_v, u_v);
    Vector current_steps;
    Vector voltage_steps;
    place_phasors<Width>(surface, u_v, at.i_real_a * at.i_real_a + at.i_imaginary_a * at.i_imaginary_a,
                         current_steps, voltage_steps);
    store(u_v, n, pass.u_v);
    store(current_steps, n, pass.current_steps);
    store(voltage_steps, n, pass.voltage_steps);
  }
}

/// @units powers in W and var
template<class Width>
BLONDEL_KERNEL void measure_steps(PreparedSurface const& surface, std::size_t k, double per_ratio,
                                  PhasorBlock const& block, std::size_t count, PassColumns& pass,
                                  PhasorRates::Element& to) {
  using Vector = typename Width::Vector;
  LaneConditions<Width> lane{};
  set_conditions(surface, k, lane);
  for (std::size_t n = 0; n < count; n += Whole<Width>::count) {
    Vector u_v;
    Vector current_steps;
    Vector voltage_steps;
    load(pass.u_v, n, u_v);
    load(pass.current_steps, n, current_steps);
    load(pass.voltage_steps, n, voltage_steps);
    Vector gain_real;
    Vector gain_imaginary;
    lane_gain<Width>(surface, lane, u_v, current_steps, voltage_steps, gain_real, gain_imaginary);
    LanePhasors<Width> at;
    load_phasors(block.element[k], n, per_ratio, at);
    load_three(block, &PhasorBlock::Element::u_real_v, n, at.all_u_real_v);
    load_three(block, &PhasorBlock::Element::u_imaginary_v, n, at.all_u_imaginary_v);
    LaneMeasured<Width> measured;
    measure<Width>(lane, at, gain_real, gain_imaginary, measured);
    store(measured.i_square_a2, n, pass.i_square_a2);
    store(measured.active_w, n, to.active_uw);
    store(measured.reactive_var, n, to.reactive_uvar);
  }
}

/// Units, limits and rms values.
template<class Width>
BLONDEL_KERNEL void scale_steps(std::size_t count, PassColumns const& pass, PhasorRates::Element& to) {
  using Vector = typename Width::Vector;
  for (std::size_t n = 0; n < count; n += Whole<Width>::count) {
    Vector active;
    Vector reactive;
    Vector u_rms_v;
    Vector i_square_a2;
    load(to.active_uw, n, active);
    load(to.reactive_uvar, n, reactive);
    load(pass.u_v, n, u_rms_v);
    load(pass.i_square_a2, n, i_square_a2);
    Vector i_rms_a;
    square_root(i_square_a2, i_rms_a);
    active = active * 1e6;
    reactive = reactive * 1e6;
    Vector apparent = u_rms_v * i_rms_a * 1e6;
    clamp(active, -rate_limit_per_s, rate_limit_per_s);
    clamp(reactive, -rate_limit_per_s, rate_limit_per_s);
    clamp(apparent, -rate_limit_per_s, rate_limit_per_s);
    store(active, n, to.active_uw);
    store(reactive, n, to.reactive_uvar);
    store(apparent, n, to.apparent_uva);
    store_rounded<Width>(u_rms_v * 1e3, n, to.u_mv);
    store_rounded<Width>(i_rms_a * 1e6, n, to.i_ua);
  }
}

/// Neutral current and what the voltages together tell.
template<class Width>
BLONDEL_KERNEL void measure_system(double per_ratio, PhasorBlock const& block, std::size_t count,
                                   PhasorRates& rates) {
  using Vector = typename Width::Vector;
  for (std::size_t n = 0; n < count; n += Whole<Width>::count) {
    Vector u_real[element_count];
    Vector u_imaginary[element_count];
    Vector i_real[element_count];
    Vector i_imaginary[element_count];
    load_three(block, &PhasorBlock::Element::u_real_v, n, u_real);
    load_three(block, &PhasorBlock::Element::u_imaginary_v, n, u_imaginary);
    load_three(block, &PhasorBlock::Element::i_real_a, n, i_real);
    load_three(block, &PhasorBlock::Element::i_imaginary_a, n, i_imaginary);
    Vector const squares = u_real[0] * u_real[0] + u_imaginary[0] * u_imaginary[0] + u_real[1] * u_real[1] +
                           u_imaginary[1] * u_imaginary[1] + u_real[2] * u_real[2] +
                           u_imaginary[2] * u_imaginary[2];
    Vector const sum_real = i_real[0] + i_real[1] + i_real[2];
    Vector const sum_imaginary = i_imaginary[0] + i_imaginary[1] + i_imaginary[2];
    Vector neutral;
    square_root(sum_real * sum_real + sum_imaginary * sum_imaginary, neutral);
    store_rounded<Width>(neutral * per_ratio * 1e6, n, rates.i_neutral_ua);
    Vector negative;
    Vector positive;
    sequence_squares(u_real, u_imaginary, negative, positive);
    store(squares > 0, n, rates.has_voltage);
    store(negative > sequence_tie * positive, n, rates.reversed_sequence);
  }
}

template<class Width>
BLONDEL_KERNEL void measure_all(PreparedSurface const& surface, double per_ratio, PhasorBlock const& block,
                                std::size_t count, PhasorRates& rates) {
  PassColumns pass;
  for (std::size_t k = 0; k < element_count; ++k) {
    place_steps<Width>(surface, block.element[k], per_ratio, count, pass);
    measure_steps<Width>(surface, k, per_ratio, block, count, pass, rates.element[k]);
    scale_steps<Width>(count, pass, rates.element[k]);
  }
  measure_system<Width>(per_ratio, block, count, rates);
}

void measure_baseline(PreparedSurface const& surface, double per_ratio, PhasorBlock const& block,
                      std::size_t count, PhasorRates& rates) {
  measure_all<Single>(surface, per_ratio, block, count, rates);
}

#if defined(__x86_64__)
__attribute__((target("avx2")))
#endif
void measure_avx2(PreparedSurface const& surface, double per_ratio, PhasorBlock const& block,
                  std::size_t count, PhasorRates& rates) {
  measure_all<Single>(surface, per_ratio, block, count, rates);
}

#if defined(__x86_64__)
__attribute__((target("avx2,avx512f,avx512dq,avx512vl")))
#endif
void measure_avx512(PreparedSurface const& surface, double per_ratio, PhasorBlock const& block,
                    std::size_t count, PhasorRates& rates) {
  measure_all<Paired>(surface, per_ratio, block, count, rates);
}

}  // namespace

void measure_block(PreparedSurface const& surface, double per_ratio, PhasorBlock const& block,
                   std::size_t count, InstructionSet instruction_set, PhasorRates& rates) {
  static_assert(PhasorBlock::steps_max % Whole<Paired>::count == 0);
  switch (instruction_set) {
    case InstructionSet::baseline:
      return measure_baseline(surface, per_ratio, block, count, rates);
    case InstructionSet::avx2:
      return measure_avx2(surface, per_ratio, block, count, rates);
    case InstructionSet::avx512:
      return measure_avx512(surface, per_ratio, block, count, rates);
  }
}

}  // namespace blondel

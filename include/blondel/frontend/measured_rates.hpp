#pragma once
/// What a meter measures at a constant operating point, as rates, and the integers they give over spans.

#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include <blondel/base/time.hpp>
#include <blondel/frontend/accuracy_surface.hpp>
#include <blondel/frontend/instruction_set.hpp>
#include <blondel/frontend/phasor_block.hpp>
#include <blondel/frontend/prepared_surface.hpp>
#include <blondel/frontend/signals.hpp>
#include <blondel/meter/element_increment.hpp>

namespace blondel {

/// Mean powers and rms values of one element, behind the external transformer.
struct ElementRates {
  double active_w{};
  double reactive_var{};
  double apparent_va{};
  double u_rms_v{};
  double i_rms_a{};
};

/// Twice the power that the core takes for plausible. @units uW and the like
inline constexpr double rate_limit_per_s = 1e11;
/// Where the rms values end. @units mV, uA
inline constexpr double rms_count_max = std::numeric_limits<std::int32_t>::max() - 1;

/// Closed form of an operating point through the accuracy surface: the common part of the cheaper tiers. What
/// is less than a unit of energy is carried from span to span and from point to point.
class MeasuredRates {
 public:
  /// @param ct_ratio nominal ratio of the external transformer, primary over secondary; its errors are part
  ///        of the surface
  MeasuredRates(AccuracySurface const& surface, double ct_ratio);

  /// @cost one log2, three square roots and two cubics, for all elements at once; more when frequency or
  /// temperature
  ///       change, and for each harmonic
  void set_signals(Signals const& elements);
  /// The whole units of a span. @cost a few integer multiplications and one division
  [[nodiscard]] ElementIncrement take(SimDuration span);
  /// The same as set_signals and take for each step of a block, bit by bit, several times as fast. The point
  /// that was set before holds again afterwards.
  /// @param span of each step @param increments one for each step, at most PhasorBlock::steps_max
  void take(PhasorBlock const& block, SimDuration span, std::span<ElementIncrement> increments,
            InstructionSet instruction_set = best_instruction_set());
  /// Puts energy on top of the next span. @units uJ and uvar.s, times 2^56
  __extension__ using Fine = __int128;
  void add(std::size_t element, Fine active, Fine reactive);
  static constexpr int fine_bits = 56;
  /// What is carried: of each element active, reactive, apparent. @units uJ and the like, times 2^56
  using Rests = std::array<Fine, 3 * element_count>;
  [[nodiscard]] Rests const& rests() const { return rest_; }
  void set_rests(Rests const& rests) { rest_ = rests; }

  [[nodiscard]] ElementRates const& element(std::size_t k) const { return elements_[k]; }

  /// What is carried; surface and signals are not in it.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.rest_);
  }

 private:
  [[nodiscard]] ChannelPower harmonic_power(std::size_t k, Signals const& elements) const;

  AccuracySurface surface_;
  PreparedSurface prepared_;
  double per_ratio_;
  std::array<ElementRates, element_count> elements_{};
  /// Of each element active, reactive, apparent. @units uW and the like
  std::array<double, 3 * element_count> units_per_s_{};
  Rests rest_{};             ///< in [0, 1) but for what was added
  ElementIncrement values_;  ///< rms values and the rest that holds over a span
};

}  // namespace blondel

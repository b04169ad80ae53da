#pragma once
/// What a meter measures at a constant operating point, as rates, and the integers they give over spans.

#include <array>
#include <cstdint>

#include <blondel/base/time.hpp>
#include <blondel/frontend/accuracy_surface.hpp>
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

/// Closed form of an operating point through the accuracy surface: the common part of the cheaper tiers. What
/// is less than a unit of energy is carried from span to span and from point to point.
class MeasuredRates {
 public:
  /// @param ct_ratio nominal ratio of the external transformer, primary over secondary; its errors are part
  ///        of the surface
  MeasuredRates(AccuracySurface const& surface, double ct_ratio);

  /// @cost per element one log2, three square roots and a cubic; more off the fitted point
  void set_signals(Signals const& elements);
  /// The whole units of a span. @cost a few integer multiplications and one division
  [[nodiscard]] ElementIncrement take(SimDuration span);
  /// Puts energy on top of the next span. @units uJ and uvar.s, times 2^56
  __extension__ using Fine = __int128;
  void add(std::size_t element, Fine active, Fine reactive);
  static constexpr int fine_bits = 56;

  [[nodiscard]] ElementRates const& element(std::size_t k) const { return elements_[k]; }

 private:
  /// One quantity of one element. Whole seconds multiply by the one, the rest by the other, so that a span of
  /// years loses nothing and a cycle needs no division by 1e9.
  struct Rate {
    std::int64_t per_s_q24{};
    std::int64_t per_ns_q56{};
    Fine rest{};  ///< times 2^56, in [0, 1) but for what was added
  };
  static void set(Rate& rate, double units_per_s);
  static std::int64_t take_units(Rate& rate, std::int64_t seconds, std::int64_t rest_ns);
  void set_element(std::size_t k, Signals const& elements);

  AccuracySurface surface_;
  double per_ratio_;
  std::array<ElementRates, element_count> elements_{};
  std::array<Rate, 3 * element_count>
      rates_{};              ///< of each element active, reactive, apparent; uJ and the like
  ElementIncrement values_;  ///< rms values and the rest that holds over a span
};

}  // namespace blondel

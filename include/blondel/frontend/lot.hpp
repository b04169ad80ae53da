#pragma once
/// Meters of one production: parts that scatter, and the meter that a number draws from them.

#include <cstdint>

#include <blondel/base/rng.hpp>
#include <blondel/frontend/front_end_model.hpp>

namespace blondel {

/// How the parts of a lot scatter: standard deviations. Relative ones multiply the design's value, the others
/// add to it. @source metrology.md 3.1 to 3.3
struct LotSpread {
  double permeability{};       ///< relative
  double low_field{};          ///< relative; of rho and of B0, each
  double winding{};            ///< relative
  double burden{};             ///< relative
  double burden_per_k{};       ///< added, 1/K
  double loss{};               ///< relative
  double divider_ratio{};      ///< relative
  double divider_per_k{};      ///< 1/K
  double filter_tau_s{33e-6};  ///< the design's RC, no spread
  double
      filter_mismatch{};  ///< relative; of the current channel's RC, the voltage channel keeps the design's
  double reference_per_k{};         ///< 1/K; one reference for all channels of a meter
  double clock{};                   ///< relative
  double rtc_crystal{};             ///< relative
  double crosstalk_own{};           ///< over the voltage at the converter's input
  double crosstalk_other{};         ///< likewise, from each other phase
  double transformer_inductance{};  ///< relative; voltage transformers, where fitted
  double transformer_winding{};     ///< relative; likewise
  double transformer_loss{};        ///< relative; likewise
};

/// Meter `number` of a lot. Every part has its stream "lot.<part>.<element>" of (seed, number): a new part
/// shifts no other. What a model file states as the residual of its one meter - divider, RC, reference,
/// clock, crosstalk - is replaced by what is drawn around the design's value; all else stays.
/// @param design of the model file
/// @source metrology.md 3; the normal distribution is the sum of twelve uniform numbers: additions only, the
///         same on any machine, 0.2 % beyond 3 sigma where the exact one has 0.27 %, none beyond 6. No part
///         falls below a tenth of its design's value.
[[nodiscard]] FrontEndModel draw_meter(FrontEndModel const& design, LotSpread const& spread,
                                       std::uint64_t seed, std::uint64_t number);

/// Zero mean, unit variance: see draw_meter. @param stream gives twelve numbers
[[nodiscard]] double standard_normal(RandomStream& stream);

}  // namespace blondel

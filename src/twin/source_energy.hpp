#pragma once
/// The truth of a run: closed-form energy at the terminals, never a sum over the meter's samples.

#include <array>

#include <blondel/base/time.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

/// Closed-form energy of the source, kept apart by direction. @units J at the primary terminals
struct SourceEnergy {
  double import_j{};
  double export_j{};
  double unsupplied_j{};

  /// @param line_w active power of each line
  void add(std::array<double, element_count> const& line_w, SimDuration span, bool powered) {
    auto const span_s = static_cast<double>(span.ns()) * 1e-9;
    for (auto const power_w : line_w) {
      auto const energy_j = power_w * span_s;
      auto& sum = !powered ? unsupplied_j : energy_j >= 0.0 ? import_j : export_j;
      sum += powered && energy_j < 0.0 ? -energy_j : energy_j;
    }
  }
};

}  // namespace blondel

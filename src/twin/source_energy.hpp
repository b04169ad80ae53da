#pragma once
/// The truth of a run: closed-form energy at the terminals, never a sum over the meter's samples.

#include <blondel/base/time.hpp>
#include <blondel/frontend/operating_point.hpp>

namespace blondel {

/// Closed-form energy of the source, kept apart by direction. @units J at the primary terminals
struct SourceEnergy {
  double import_j{};
  double export_j{};
  double unsupplied_j{};

  void add(OperatingPoint const& point, SimDuration span, bool powered) {
    auto const span_s = static_cast<double>(span.ns()) * 1e-9;
    for (int e = 0; e < element_count; ++e) {
      auto const energy_j = closed_form_power(point, e).active.value() * span_s;
      auto& sum = !powered ? unsupplied_j : energy_j >= 0.0 ? import_j : export_j;
      sum += powered && energy_j < 0.0 ? -energy_j : energy_j;
    }
  }
};

}  // namespace blondel

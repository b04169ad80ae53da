#pragma once
/// The truth of a run: closed-form energy at the terminals, never a sum over the meter's samples.

#include <array>

#include <blondel/meter/sample.hpp>

namespace blondel {

/// Closed-form energy of the source, kept apart by direction. @units J at the primary terminals
struct SourceEnergy {
  double import_j{};
  double export_j{};
  double unsupplied_j{};

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.import_j);
    field(self.export_j);
    field(self.unsupplied_j);
  }
  /// @param line_j active energy of each line over a span
  void add(std::array<double, element_count> const& line_j, bool powered) {
    for (auto const energy_j : line_j) {
      auto& sum = !powered ? unsupplied_j : energy_j >= 0.0 ? import_j : export_j;
      sum += powered && energy_j < 0.0 ? -energy_j : energy_j;
    }
  }
};

}  // namespace blondel

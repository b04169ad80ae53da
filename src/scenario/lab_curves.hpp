#pragma once
/// The accuracy charts of the data sheet, of one type or of several together.

#include <functional>
#include <vector>

#include <lab/bench.hpp>
#include <report/chart.hpp>
#include <scenario/lab_meter.hpp>

namespace blondel {

/// A meter whose curves are drawn.
struct CurveMeter {
  Bench bench;
  TypeNumber type;
  LabIdentity identity;
};

enum class CurveQuantity : std::uint8_t { current, temperature, voltage, frequency };

/// Measures what a chart of this quantity shows of a meter, on several threads.
void measure_curve(CurveMeter& meter, CurveQuantity quantity, unsigned jobs,
                   std::function<bool()> const& go_on);

/// Errors over the current at cos 1 and cos 0.5 inductive with the limits of each class, from the starting
/// current to 1.2 Imax; or over temperature, voltage or frequency at Itr and 20 Itr, at both angles.
/// @param meters at least one; their names tell them apart by class
[[nodiscard]] Chart accuracy_chart(std::vector<CurveMeter>& meters, CurveQuantity quantity);

}  // namespace blondel

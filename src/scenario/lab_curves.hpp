#pragma once
/// The accuracy charts of the data sheet, of one type or of several together.

#include <functional>
#include <vector>

#include <lab/bench.hpp>
#include <report/chart.hpp>
#include <report/table.hpp>
#include <scenario/lab_head.hpp>

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
/// current to 1.2 Imax; or over temperature, voltage or frequency at Itr and 20 Itr, at both angles: several
/// meters have a chart for each of the two currents, since four curves of each cannot be told apart.
/// @param meters at least one; their names tell them apart by class
[[nodiscard]] std::vector<Chart> accuracy_charts(std::vector<CurveMeter>& meters, CurveQuantity quantity);
/// What the charts of one quantity show, as numbers; a limit that all have stands once.
[[nodiscard]] DataTable curve_table(std::vector<Chart> const& charts);
/// The meters, and how many of the charts were drawn.
[[nodiscard]] LabHead curve_head(std::vector<CurveMeter> const& meters, std::size_t drawn,
                                 std::size_t planned);

}  // namespace blondel

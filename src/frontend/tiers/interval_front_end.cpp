#include <blondel/base/contract.hpp>
#include <blondel/frontend/front_end.hpp>

namespace blondel {

IntervalFrontEnd::IntervalFrontEnd(AccuracySurface const& surface, double ct_ratio, SimTime start)
    : rates_{surface, ct_ratio},
      accrued_{start} {}

ElementIncrement IntervalFrontEnd::accrue(SimTime until) {
  BLONDEL_EXPECTS(until >= accrued_);
  auto const span = until - accrued_;
  accrued_ = until;
  return rates_.take(span);
}

}  // namespace blondel

#include "core/registers/ratio_view.hpp"

namespace blondel {

Reading ct_ratio(MeterView const& m) {
  return Reading::number(Unit::none, m.state().ct_ratio);
}

Reading ct_ratio_before(MeterView const& m) {
  return Reading::number(Unit::none, m.state().ct_ratio_before);
}

Reading ct_ratio_denominator(MeterView const&) {
  return Reading::number(Unit::none, 1);  // the table of digits SSS has whole numbers only
}

Reading ct_ratio_lock(MeterView const& m) {
  return Reading::number(Unit::none, m.state().configuration.t == ratio_locked ? 1 : 0);
}

}  // namespace blondel

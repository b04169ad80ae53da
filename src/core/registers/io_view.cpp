#include "core/registers/io_view.hpp"

#include <blondel/base/decimal.hpp>

#include "core/io/module_io.hpp"

namespace blondel {
namespace {

LoadSetup const& setup_of(MeterView const& m, int load) {
  return m.state().io.setup.load[static_cast<std::size_t>(load)];
}

}  // namespace

Reading pulse_input(MeterView const& m) {
  return Reading::number(pulse_unit(m.state().configuration),
                         truncate_divide(shown_pulses_milli(m.state()), 1'000));
}

Reading input_levels(MeterView const& m) {
  auto const& level = m.state().io.level;
  return Reading::number(Unit::bits, (level[0] ? 1 : 0) + (level[1] ? 2 : 0));
}

Reading load_active(MeterView const& m, int load) {
  return Reading::number(Unit::none, m.state().io.relay[static_cast<std::size_t>(load)] ? 1 : 0);
}

Reading load_mode(MeterView const& m, int load) {
  return Reading::number(Unit::none, static_cast<std::int64_t>(setup_of(m, load).mode));
}

Reading load_tariffs(MeterView const& m, int load) {
  return Reading::number(Unit::bits, setup_of(m, load).tariffs);
}

Reading load_delay(MeterView const& m) {
  return Reading::number(Unit::none, m.state().io.setup.delay_s);
}

Reading working_days(MeterView const& m) {
  return Reading::number(Unit::bits, m.state().io.setup.working_days);
}

Reading load_delay_left(MeterView const& m, int load) {
  auto const due = m.state().io.relay_due[static_cast<std::size_t>(load)];
  return Reading::number(Unit::none,
                         due == SimTime::never() ? 0 : truncate_divide((due - m.state().now).ns(), ns_per_s));
}

}  // namespace blondel

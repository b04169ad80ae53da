#include "core/registers/event_view.hpp"

#include "core/events/event_status.hpp"

namespace blondel {
namespace {

PhaseVoltage const& phase_of(MeterView const& m, int element) {
  return m.state().voltage.phase[static_cast<std::size_t>(element)];
}

}  // namespace

Reading rtc_before_set(MeterView const& m) {
  Reading reading;
  reading.kind = ReadingKind::stamp;
  reading.unit = Unit::rtc;
  reading.stamp = civil_stamp(m.state().events.clock_before);
  return reading;
}

Reading event_number(std::uint32_t word) {
  return Reading::number(Unit::bits, word);
}

Reading event_word_a(MeterView const& m) {
  return event_number(event_status_a(m.state()));
}

Reading event_word_b(MeterView const& m) {
  return event_number(event_status_b(m.state()));
}

Reading lowest_voltage(MeterView const& m, int element) {
  auto const& phase = phase_of(m, element);
  return Reading::number(Unit::volt, phase.max_mv == 0 ? 0 : phase.min_mv);
}

Reading highest_voltage(MeterView const& m, int element) {
  return Reading::number(Unit::volt, phase_of(m, element).max_mv);
}

Reading voltage_event_extreme(MeterView const& m) {
  return Reading::number(Unit::volt, m.state().voltage.last_extreme_mv);
}

Reading voltage_event(MeterView const& m) {
  return Reading::number(Unit::bits, m.state().voltage.last_event);
}

Reading voltage_limit_low(MeterView const& m) {
  return Reading::number(Unit::volt, m.state().voltage.limits.low_mv);
}

Reading voltage_limit_high(MeterView const& m) {
  return Reading::number(Unit::volt, m.state().voltage.limits.high_mv);
}

Reading voltage_event_duration(MeterView const& m) {
  return Reading::number(Unit::none, m.state().voltage.limits.duration_s);
}

Reading neutral_fault(MeterView const& m) {
  return Reading::number(Unit::none, (m.state().voltage.flags & event_neutral) != 0 ? 1 : 0);
}

}  // namespace blondel

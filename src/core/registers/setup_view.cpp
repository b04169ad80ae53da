#include "core/registers/setup_view.hpp"

#include <blondel/base/bytes.hpp>

#include "core/loggers/log_columns.hpp"
#include "core/nv/nv_map.hpp"

namespace blondel {

Reading special_data(MeterView const& m, int index) {
  return Reading::number(Unit::none, m.state().settings.special_data[static_cast<std::size_t>(index)]);
}

Reading integration_period(MeterView const& m) {
  return Reading::number(Unit::none, integration_minutes(m.state().configuration.e));
}

Reading configuration_changes(MeterView const& m) {
  return Reading::number(Unit::none, m.state().settings.change_count);
}

Reading debiting_2_interval(MeterView const& m) {
  return Reading::number(Unit::none, m.state().configuration.u - 1);
}

Reading analysis_interval(MeterView const& m) {
  return Reading::number(Unit::none, m.state().loggers.analysis_minutes);
}

Reading load_profile_setup(MeterView const& m) {
  return Reading::number(Unit::none, m.state().configuration.qq);
}

Reading analysis_setup(MeterView const& m) {
  Reading reading;
  reading.kind = ReadingKind::octets;
  reading.octet_count = 2 * analysis_registers_max;
  ByteWriter writer{reading.octet_data};
  auto const columns = columns_of(LogId::analysis, m.state(), m.config());
  for (std::size_t n = profile_fixed_columns; n < columns.count; ++n) {
    writer.u16(definition(columns.column[n].register_id).kmp.id);
  }
  return reading;
}

Reading summer_time_setup(MeterView const& m) {
  return Reading::number(Unit::none, m.state().configuration.ppp);
}

Reading tariff_mode(MeterView const& m) {
  return Reading::number(Unit::none, m.state().configuration.ooo);
}

Reading volts(std::uint16_t whole_volts) {
  constexpr std::int64_t mv_per_volt = 1'000;
  return Reading::number(Unit::volt, whole_volts * mv_per_volt);
}

}  // namespace blondel

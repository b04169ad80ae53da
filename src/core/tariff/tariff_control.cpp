#include "core/tariff/tariff_control.hpp"

#include "core/io/module_io.hpp"
#include "core/tariff/table_walk.hpp"

namespace blondel {
namespace {

bool has_table(MeterState const& s, MeterConfig const& config) {
  return s.configuration.ooo > tariffs_by_register && config.tariff_table.code == s.configuration.ooo;
}

void activate(MeterState& s, std::uint8_t tariff) {
  if (s.tariffs.active != tariff) {
    switch_tariff(s.tariffs, s.primary, s.secondary, tariff);
    s.nv_dirty = true;
  }
}

/// What the one in charge says; 0 when there is none.
std::uint8_t asked_tariff(MeterState const& s, MeterConfig const& config, CivilSeconds normal) {
  if (s.configuration.ooo == tariffs_by_module) {
    return tariff_by_inputs(s);
  }
  return has_table(s, config) ? tariff_by_table(config.tariff_table, normal, s.configuration)
                              : std::uint8_t{0};
}

void follow_tariff(MeterState& s, MeterConfig const& config, CivilSeconds normal) {
  if (s.configuration.ooo == tariffs_disabled) {
    s.tariffs.asked = 0;
    activate(s, 0);
    return;
  }
  auto const asked = asked_tariff(s, config, normal);
  if (asked != s.tariffs.asked) {
    s.tariffs.asked = asked;
    activate(s, asked == 0 ? s.tariffs.active : asked);
  }
  if (s.tariffs.active == 0) {
    activate(s, 1);
  }
}

}  // namespace

void control_tariff(MeterState& s, MeterConfig const& config, CivilSeconds normal) {
  follow_tariff(s, config, normal);
  control_loads(s, normal);
}

std::optional<CivilSeconds> next_tariff_moment(MeterState const& s, MeterConfig const& config,
                                               CivilSeconds normal) {
  if (!has_table(s, config)) {
    return std::nullopt;
  }
  return next_table_change(config.tariff_table, normal, s.configuration);
}

Result<void> force_tariff(MeterState& s, std::uint8_t tariff) {
  if (s.configuration.ooo == tariffs_disabled) {
    return fail(ErrorCode::forbidden);
  }
  if (tariff < 1 || tariff > tariff_count) {
    return fail(ErrorCode::out_of_range, tariff);
  }
  activate(s, tariff);
  control_loads(s, s.rtc.normal_seconds(s.now));
  return {};
}

}  // namespace blondel

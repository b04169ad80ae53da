#include "core/loggers/log_columns.hpp"

#include <algorithm>
#include <array>

#include <blondel/base/contract.hpp>

#include "core/clock/stamp.hpp"
#include "core/nv/nv_map.hpp"
#include "core/registers/meter_view.hpp"

namespace blondel {
namespace {

constexpr std::array primary_energies{RegisterId::active_energy_import, RegisterId::active_energy_export,
                                      RegisterId::reactive_energy_import, RegisterId::reactive_energy_export};
constexpr std::array secondary_energies{
    RegisterId::active_energy_import_secondary, RegisterId::active_energy_export_secondary,
    RegisterId::reactive_energy_import_secondary, RegisterId::reactive_energy_export_secondary};
constexpr std::array tariff_energies_import{
    RegisterId::active_energy_import_t1,   RegisterId::active_energy_import_t2,
    RegisterId::active_energy_import_t3,   RegisterId::active_energy_import_t4,
    RegisterId::reactive_energy_import_t1, RegisterId::reactive_energy_import_t2,
    RegisterId::reactive_energy_import_t3, RegisterId::reactive_energy_import_t4};

/// @source device.md B4: powers of the energy type, average U and I
constexpr std::array analysis_default{RegisterId::average_active_power_import,
                                      RegisterId::average_active_power_export,
                                      RegisterId::average_reactive_power_import,
                                      RegisterId::average_reactive_power_export,
                                      RegisterId::average_voltage_l1,
                                      RegisterId::average_voltage_l2,
                                      RegisterId::average_voltage_l3,
                                      RegisterId::average_current_l1,
                                      RegisterId::average_current_l2,
                                      RegisterId::average_current_l3};

/// @source data sheet, "values are stored at the end of a debiting period"; its dates and times are those of
/// the stamps
constexpr std::array debiting_counters{RegisterId::hour_counter, RegisterId::debiting_count,
                                       RegisterId::power_threshold_count, RegisterId::pulse_input,
                                       RegisterId::ct_ratio};
constexpr std::array debiting_powers{RegisterId::max_active_power_import,
                                     RegisterId::max_active_power_import_rtc,
                                     RegisterId::accumulated_max_active_power_import,
                                     RegisterId::accumulated_max_active_power_import_t1,
                                     RegisterId::accumulated_max_active_power_import_t2,
                                     RegisterId::max_reactive_power_import,
                                     RegisterId::max_reactive_power_import_rtc,
                                     RegisterId::accumulated_max_reactive_power_import,
                                     RegisterId::max_active_power_import_t1,
                                     RegisterId::max_active_power_import_t1_rtc,
                                     RegisterId::max_active_power_import_t2,
                                     RegisterId::max_active_power_import_t2_rtc,
                                     RegisterId::max_reactive_power_import_t1,
                                     RegisterId::max_reactive_power_import_t1_rtc,
                                     RegisterId::max_reactive_power_import_t2,
                                     RegisterId::max_reactive_power_import_t2_rtc,
                                     RegisterId::max_apparent_power_import,
                                     RegisterId::max_apparent_power_import_rtc,
                                     RegisterId::max_apparent_power_export,
                                     RegisterId::max_apparent_power_export_rtc};

/// @source device.md B3, debiting logger 2
constexpr std::array debiting_2_tariffs{
    RegisterId::active_energy_import_t1,   RegisterId::active_energy_import_t2,
    RegisterId::active_energy_import_t3,   RegisterId::active_energy_import_t4,
    RegisterId::active_energy_export_t1,   RegisterId::active_energy_export_t2,
    RegisterId::active_energy_export_t3,   RegisterId::active_energy_export_t4,
    RegisterId::reactive_energy_import_t1, RegisterId::reactive_energy_import_t2,
    RegisterId::reactive_energy_import_t3, RegisterId::reactive_energy_import_t4,
    RegisterId::reactive_energy_export_t1, RegisterId::reactive_energy_export_t2,
    RegisterId::reactive_energy_export_t3, RegisterId::reactive_energy_export_t4};

/// Dates and times that are not kept beside the stamp they are part of.
struct PartOfStamp {
  RegisterId part{};
  RegisterId stamp{};
};
constexpr std::array parts_of_stamps{
    PartOfStamp{RegisterId::clock, RegisterId::rtc},
    PartOfStamp{RegisterId::date, RegisterId::rtc},
    PartOfStamp{RegisterId::max_active_power_import_time, RegisterId::max_active_power_import_rtc},
    PartOfStamp{RegisterId::max_active_power_import_date, RegisterId::max_active_power_import_rtc},
    PartOfStamp{RegisterId::max_reactive_power_import_time, RegisterId::max_reactive_power_import_rtc},
    PartOfStamp{RegisterId::max_reactive_power_import_date, RegisterId::max_reactive_power_import_rtc},
    PartOfStamp{RegisterId::max_active_power_import_t1_time, RegisterId::max_active_power_import_t1_rtc},
    PartOfStamp{RegisterId::max_active_power_import_t1_date, RegisterId::max_active_power_import_t1_rtc},
    PartOfStamp{RegisterId::max_active_power_import_t2_time, RegisterId::max_active_power_import_t2_rtc},
    PartOfStamp{RegisterId::max_active_power_import_t2_date, RegisterId::max_active_power_import_t2_rtc},
    PartOfStamp{RegisterId::max_reactive_power_import_t1_time, RegisterId::max_reactive_power_import_t1_rtc},
    PartOfStamp{RegisterId::max_reactive_power_import_t1_date, RegisterId::max_reactive_power_import_t1_rtc},
    PartOfStamp{RegisterId::max_reactive_power_import_t2_time, RegisterId::max_reactive_power_import_t2_rtc},
    PartOfStamp{RegisterId::max_reactive_power_import_t2_date, RegisterId::max_reactive_power_import_t2_rtc},
};

/// Adds columns to a list, leaving out registers that the energy type does not have.
class Builder {
 public:
  explicit Builder(EnergyType energy) : energy_{energy} { add(RegisterId::rtc); }

  void add(RegisterId id) {
    if (is_present(definition(id), energy_)) {
      put({LogField::reading, id});
    }
  }
  void add(std::span<RegisterId const> ids) {
    for (auto const id : ids) {
      add(id);
    }
  }
  void add(LogField field) { put({field, RegisterId{}}); }
  void add_profile_fields() {
    add(LogField::logger_status);
    add(LogField::data_quality);
    add(LogField::energy_scaler);
  }
  [[nodiscard]] LogColumns const& columns() const { return columns_; }

 private:
  void put(LogColumn column) {
    BLONDEL_EXPECTS(columns_.count < log_columns_max);
    columns_.column[columns_.count++] = column;
  }
  EnergyType energy_;
  LogColumns columns_;
};

void add_analysis(Builder& builder, LoggerState const& loggers) {
  builder.add_profile_fields();
  if (loggers.analysis_registers.front() == 0) {
    builder.add(analysis_default);
  }
  for (auto const number : loggers.analysis_registers) {
    auto const* const row = number == 0 ? nullptr : find_by_kmp(number);
    if (row != nullptr) {
      builder.add(row->id);
    }
  }
}

void add_debiting(Builder& builder) {
  builder.add(debiting_counters);
  builder.add(primary_energies);
  builder.add(tariff_energies_import);
  builder.add(debiting_powers);
}

void add_debiting_2(Builder& builder) {
  builder.add(RegisterId::hour_counter);
  builder.add(primary_energies);
  builder.add(debiting_2_tariffs);
}

/// @source device.md B1: old and new ratio, hour counter, primary, secondary and tariff energies
void add_ct_ratio(Builder& builder) {
  builder.add(LogField::previous_ratio);
  builder.add(RegisterId::ct_ratio);
  builder.add(RegisterId::hour_counter);
  builder.add(primary_energies);
  builder.add(secondary_energies);
  builder.add(tariff_energies_import);
}

std::uint32_t depth_of(LogId log, std::size_t column_count) {
  switch (log) {
    case LogId::load_profile:
    case LogId::analysis:
      return profile_depth(column_count - profile_fixed_columns);
    case LogId::debiting:
      return debiting_depth;
    case LogId::debiting_2:
      return debiting_2_depth;
    case LogId::neutral_fault:
      return neutral_fault_depth;
    case LogId::status:
    case LogId::rtc:
    case LogId::voltage_quality:
    case LogId::ct_ratio:
    case LogId::load_profile_events:
    case LogId::configuration:
      break;
  }
  return event_log_depth;
}

}  // namespace

std::int64_t pack_stamp(RtcStamp const& stamp) {
  auto packed = to_seconds(stamp.normal_time) * 8;
  packed |= stamp.summer_time ? int{stamp_summer} : 0;
  packed |= stamp.valid ? int{stamp_valid} : 0;
  packed |= stamp.restored ? int{stamp_restored} : 0;
  return packed;
}

RtcStamp unpack_stamp(std::int64_t packed) {
  RtcStamp stamp;
  auto const normal = normal_seconds_of(packed);
  stamp.normal_time = to_civil(normal);
  stamp.weekday = weekday(normal);
  stamp.summer_time = (packed & stamp_summer) != 0;
  stamp.valid = (packed & stamp_valid) != 0;
  stamp.restored = (packed & stamp_restored) != 0;
  return stamp;
}

LogColumns columns_of(LogId log, MeterState const& s, MeterConfig const& config) {
  Builder builder{config.type.energy};
  switch (log) {
    case LogId::load_profile:
      builder.add_profile_fields();
      builder.add(s.configuration.qq == 2 ? secondary_energies : primary_energies);
      break;
    case LogId::analysis:
      add_analysis(builder, s.loggers);
      break;
    case LogId::debiting:
      add_debiting(builder);
      break;
    case LogId::debiting_2:
      add_debiting_2(builder);
      break;
    case LogId::ct_ratio:
      add_ct_ratio(builder);
      break;
    case LogId::rtc:
      builder.add(LogField::previous_clock);
      builder.add(LogField::event);
      break;
    case LogId::voltage_quality:
      builder.add(LogField::event);
      builder.add(LogField::phase);
      builder.add(LogField::extreme);
      builder.add(LogField::duration);
      break;
    case LogId::status:
    case LogId::load_profile_events:
    case LogId::neutral_fault:
      builder.add(LogField::event);
      break;
    case LogId::configuration:
      builder.add(LogField::changed);
      builder.add(LogField::old_value);
      builder.add(LogField::new_value);
      break;
  }
  return builder.columns();
}

RingPlace place_of(LogId log, LogColumns const& columns) {
  auto const depth = depth_of(log, columns.count);
  auto const page_count = pages_for(depth, columns.count);
  BLONDEL_EXPECTS(page_count <= log_pages[log_index(log)]);
  return {log_address(log_index(log)), page_count, depth, columns.count};
}

std::int64_t logged_value(RegisterId id, MeterState const& s, MeterConfig const& config) {
  auto const& row = definition(id);
  auto const reading = row.read(MeterView{s, config});
  return reading.kind == ReadingKind::stamp ? pack_stamp(reading.stamp)
                                            : scale(reading, row, s.configuration.a).value;
}

Result<Reading> logged_reading(LogRecord const& record, LogColumns const& columns, RegisterId id,
                               std::uint8_t decimals_a) {
  auto const* const part = std::find_if(parts_of_stamps.begin(), parts_of_stamps.end(),
                                        [id](PartOfStamp const& entry) { return entry.part == id; });
  auto const kept_id = part == parts_of_stamps.end() ? id : part->stamp;
  auto const in_use = columns.in_use();
  auto const found = std::find(in_use.begin(), in_use.end(), LogColumn{LogField::reading, kept_id});
  if (found == in_use.end()) {
    return fail(ErrorCode::unknown_register, static_cast<std::int64_t>(id));
  }
  auto const value = record.values[static_cast<std::size_t>(found - in_use.begin())];
  auto const& row = definition(id);
  if (row.unit == Unit::rtc) {
    Reading reading;
    reading.kind = ReadingKind::stamp;
    reading.unit = Unit::rtc;
    reading.stamp = unpack_stamp(value);
    return reading;
  }
  if (kept_id != id) {
    auto const stamp = unpack_stamp(value);
    // The moment itself is shown in local time, peaks in normal time. @source device.md B2
    bool const local = kept_id == RegisterId::rtc && stamp.summer_time;
    auto const civil = to_civil(normal_seconds_of(value) + (local ? 3'600 : 0));
    auto const date = civil.year % 100 * 10'000 + civil.month * 100 + civil.day;
    return Reading::number(row.unit, row.unit == Unit::local_clock
                                         ? civil.hour * 10'000 + civil.minute * 100 + civil.second
                                     : value == 0 ? 0
                                                  : date);
  }
  return Reading::number(row.unit, value * native_step(row, decimals_a));
}

}  // namespace blondel

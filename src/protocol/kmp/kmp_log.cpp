#include "protocol/kmp/kmp_log.hpp"

#include <algorithm>

namespace blondel {
namespace {

constexpr std::int32_t century = 2000;
constexpr std::size_t time_size = 8;
constexpr std::size_t fields_in_time = 6;

constexpr RegisterDef own_row(std::string_view name, std::uint16_t id, std::uint8_t width,
                              Unit unit = Unit::none) {
  RegisterDef row;
  row.name = name;
  row.unit = unit;
  row.kmp = {id, width};
  return row;
}

/// @source device.md K5, K7; widths, 1222, 1224 and 1242 in their logs and 1214 as the duration of an event
/// are inferred
constexpr std::array own_columns{
    KmpLogColumn{LogId::status, LogField::event, own_row("status_event", 99, 2)},
    KmpLogColumn{LogId::status, LogField::event, own_row("meter_status", 50, 4)},
    KmpLogColumn{LogId::rtc, LogField::previous_clock, own_row("rtc_before_set", 1048, 8, Unit::rtc)},
    KmpLogColumn{LogId::rtc, LogField::event, own_row("rtc_status", 1045, 1)},
    KmpLogColumn{LogId::voltage_quality, LogField::extreme, own_row("voltage_extreme", 1084, 2, Unit::volt)},
    KmpLogColumn{LogId::voltage_quality, LogField::event, own_row("voltage_event", 1085, 1)},
    KmpLogColumn{LogId::voltage_quality, LogField::duration, own_row("duration", 1214, 4)},
    KmpLogColumn{LogId::load_profile, LogField::logger_status, own_row("logger_status", 1086, 4)},
    KmpLogColumn{LogId::load_profile, LogField::data_quality, own_row("data_quality", 1224, 4)},
    KmpLogColumn{LogId::analysis, LogField::logger_status, own_row("logger_status", 1086, 4)},
    KmpLogColumn{LogId::analysis, LogField::data_quality, own_row("data_quality", 1224, 4)},
    KmpLogColumn{LogId::load_profile_events, LogField::event, own_row("load_profile_event", 1222, 1)},
    KmpLogColumn{LogId::neutral_fault, LogField::event, own_row("neutral_fault_event", 1242, 1)},
};

bool has_time(KmpCommand command) {
  return command == KmpCommand::get_log_time_present || command == KmpCommand::get_log_time_past;
}

bool has_position(KmpCommand command) {
  return command == KmpCommand::get_log_id_present || command == KmpCommand::get_log_time_past;
}

Result<CivilTime> time_of(ByteSpan octets) {
  std::array<std::uint8_t, fields_in_time> fields{};
  auto const civil = [&fields] {
    return CivilTime{century + fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]};
  };
  std::copy_n(octets.begin(), fields.size(), fields.begin());
  if (!is_valid(civil())) {
    std::copy_n(octets.rbegin(), fields.size(), fields.begin());
  }
  if (!is_valid(civil())) {
    return fail(ErrorCode::out_of_range, octets.front());
  }
  return civil();
}

}  // namespace

void kmp_write_log_request(ByteWriter& writer, KmpLogRequest const& request) {
  writer.u8(static_cast<std::uint8_t>(request.command));
  writer.u8(request.log);
  writer.u8(request.id_count);
  for (auto const id : request.asked()) {
    writer.u16(id);
  }
  writer.u8(request.record_count);
  writer.u8(request.length_max);
  if (has_time(request.command)) {
    auto const& from = request.from;
    writer.u8(static_cast<std::uint8_t>(from.year - century));
    for (auto const field : {from.month, from.day, from.hour, from.minute, from.second}) {
      writer.u8(field);
    }
    writer.u16(0);  // weekday and info, unused
  }
  if (has_position(request.command)) {
    writer.u16(request.position);
  }
}

Result<KmpLogRequest> kmp_log_request(KmpCommand command, ByteReader data) {
  auto const whole = static_cast<std::int64_t>(data.remaining());
  KmpLogRequest request;
  request.command = command;
  request.log = data.u8();
  request.id_count = data.u8();
  if (request.id_count > kmp_registers_max) {
    return fail(ErrorCode::too_long, kmp_registers_max);
  }
  for (std::size_t n = 0; n < request.id_count; ++n) {
    request.ids[n] = data.u16();
  }
  request.record_count = data.u8();
  request.length_max = data.u8();
  auto const time = data.take(has_time(command) ? time_size : 0);
  request.position = has_position(command) ? data.u16() : std::uint16_t{};
  if (data.failed() || data.remaining() != 0) {
    return fail(ErrorCode::bad_length, whole);
  }
  if (request.id_count == 0) {
    return fail(ErrorCode::bad_field, 1);
  }
  if (!has_time(command)) {
    return request;
  }
  return time_of(time).map([&](CivilTime const& from) {
    request.from = from;
    return request;
  });
}

Result<KmpLogAnswer> kmp_log_answer(ByteSpan data) {
  constexpr std::size_t fixed_size = kmp_log_head_size - 1 + kmp_log_tail_size;
  KmpLogAnswer answer;
  if (data.size() == 1) {
    answer.info = data.front();
    return answer;
  }
  if (data.size() < fixed_size) {
    return fail(ErrorCode::truncated, static_cast<std::int64_t>(data.size()));
  }
  ByteReader reader{data};
  answer.log = reader.u8();
  answer.column_count = reader.u8();
  if (answer.column_count > kmp_registers_max) {
    return fail(ErrorCode::too_long, kmp_registers_max);
  }
  answer.records = reader.take(data.size() - fixed_size);
  answer.last_id = reader.u16();
  answer.newest_id = reader.u16();
  answer.info = reader.u8();
  return answer;
}

Result<std::uint16_t> KmpLogRecordReader::next() {
  auto const begin = static_cast<std::int64_t>(reader_.offset());
  auto const id = reader_.u16();
  for (auto& field : std::span{fields_}.first(column_count_)) {
    if (has_formats_) {
      field.octets = reader_.take(field.octets.size());
      continue;
    }
    auto const first = kmp_read_field(reader_);
    if (!first) {
      return tl::unexpected<Error>{first.error()};
    }
    field = *first;
  }
  if (reader_.failed()) {
    return fail(ErrorCode::truncated, begin);
  }
  has_formats_ = true;
  return id;
}

bool is_kmp_log(std::uint8_t log) {
  auto const id = static_cast<LogId>(log);
  return id != LogId::configuration && std::find(all_logs.begin(), all_logs.end(), id) != all_logs.end();
}

KmpLogColumn const* kmp_log_column(LogId log, std::uint16_t id) {
  auto const* const found =
      std::find_if(own_columns.begin(), own_columns.end(),
                   [&](KmpLogColumn const& column) { return column.log == log && column.row.kmp.id == id; });
  return found == own_columns.end() ? nullptr : found;
}

std::string_view kmp_log_column_name(std::uint8_t log, std::uint16_t id) {
  if (auto const* const own = kmp_log_column(static_cast<LogId>(log), id); own != nullptr) {
    return own->row.name;
  }
  auto const* const row = find_by_kmp(id);
  return row == nullptr ? std::string_view{} : row->name;
}

}  // namespace blondel

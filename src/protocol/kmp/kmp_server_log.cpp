#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "protocol/kmp/kmp_log.hpp"
#include "protocol/kmp/kmp_server.hpp"

/// A0 to A3: the records of a log.

namespace blondel {
namespace {

/// A column of the answer: a register of the log, or what only the log knows.
struct Column {
  RegisterDef const* row{};
  std::optional<std::size_t> place{};  ///< in the record, of what only the log knows
};

std::optional<Column> find_column(Access const& access, LogId log, LogColumns const& columns,
                                  std::uint16_t id) {
  if (auto const* const own = kmp_log_column(log, id); own != nullptr) {
    auto const in_use = columns.in_use();
    auto const found = std::find_if(in_use.begin(), in_use.end(),
                                    [own](LogColumn const& column) { return column.field == own->field; });
    if (found != in_use.end()) {
      return Column{&own->row, static_cast<std::size_t>(found - in_use.begin())};
    }
  }
  auto const* const row = find_by_kmp(id);
  if (row == nullptr || !access.reading_in({}, log, row->id)) {
    return std::nullopt;
  }
  return Column{row, std::nullopt};
}

/// Appends records for as long as they fit and have the format of the first.
class RecordWriter {
 public:
  enum class Outcome : std::uint8_t { added, lost, full };

  RecordWriter(Access const& access, LogId log, ByteWriter& writer, std::size_t size_max)
      : access_{access},
        log_{log},
        writer_{writer},
        size_max_{size_max} {}

  [[nodiscard]] bool add_column(LogColumns const& columns, std::uint16_t id) {
    auto const column = find_column(access_, log_, columns, id);
    if (column) {
      columns_[column_count_++] = *column;
    }
    return column.has_value();
  }
  [[nodiscard]] std::uint8_t column_count() const { return column_count_; }

  Outcome add(LogRecord const& record, std::uint8_t decimals_a) {
    std::array<std::uint8_t, kmp_application_max> octets{};
    ByteWriter aside{octets};
    aside.u16(static_cast<std::uint16_t>(record.id));
    auto formats = formats_;
    for (std::size_t n = 0; n < column_count_; ++n) {
      constexpr std::size_t format_size = 5;
      std::array<std::uint8_t, format_size + register_size_max> one{};
      ByteWriter value{one};
      auto const reading = reading_of(columns_[n], record);
      if (!reading || !kmp_write_register(value, *columns_[n].row, *reading, decimals_a)) {
        return Outcome::lost;
      }
      std::copy_n(one.begin(), format_size, formats[n].begin());
      aside.append(value.written().subspan(has_formats_ ? format_size : 0));
    }
    if (aside.failed() || writer_.size() + aside.size() > size_max_ ||
        (has_formats_ && formats != formats_)) {
      return Outcome::full;
    }
    writer_.append(aside.written());
    formats_ = formats;
    has_formats_ = true;
    return Outcome::added;
  }

 private:
  /// Of any value that a log holds: a stamp or a number.
  static constexpr std::size_t register_size_max = 16;

  [[nodiscard]] Result<Reading> reading_of(Column const& column, LogRecord const& record) const {
    if (record.is_lost) {
      return fail(ErrorCode::nv_corrupt, record.id);
    }
    if (!column.place) {
      return access_.reading_in(record, log_, column.row->id);
    }
    auto const value = record.values[*column.place];
    if (column.row->unit != Unit::rtc) {
      return Reading::number(column.row->unit, value);
    }
    Reading reading;
    reading.kind = ReadingKind::stamp;
    reading.unit = Unit::rtc;
    reading.stamp = unpack_stamp(value);
    return reading;
  }

  Access const& access_;
  LogId log_;
  ByteWriter& writer_;
  std::size_t size_max_;
  std::array<Column, kmp_registers_max> columns_{};
  std::uint8_t column_count_{};
  std::array<std::array<std::uint8_t, 5>, kmp_registers_max> formats_{};
  bool has_formats_{};
};

/// The record that an id on the line means; newest_id + 1 when it is beyond the newest. Ids that have wrapped
/// lie before the oldest or beyond the newest, whichever is nearer: inferred.
std::uint32_t wide_id(std::uint16_t id, LogInfo const& info) {
  constexpr std::uint32_t ids = 0x10000;
  if (info.newest_id < ids) {
    return std::min<std::uint32_t>(id, info.newest_id + 1);
  }
  auto const behind = (info.newest_id - id) % ids;
  auto const wide = info.newest_id - behind;
  auto const ahead = ids - behind;
  bool const is_beyond = wide < info.oldest_id && ahead < info.oldest_id - wide;
  return is_beyond ? info.newest_id + 1 : wide;
}

/// The record to begin with; 0 when there is none. @errors nv_io, meter_off
Result<std::uint32_t> find_start(Access const& access, LogId log, LogInfo const& info,
                                 KmpLogRequest const& request) {
  auto const from = to_seconds(request.from);
  if (request.command == KmpCommand::get_log_time_present) {
    return access.first_at_or_after(log, from);
  }
  if (request.command == KmpCommand::get_log_time_past) {
    return access.last_at_or_before(log, from).map([&](std::uint32_t id) {
      return id >= info.oldest_id + request.position ? id - request.position : 0;
    });
  }
  auto const wanted = request.command == KmpCommand::get_log_id_present ? wide_id(request.position, info)
                                                                        : access.read_marker(log) + 1;
  auto const first = std::max(wanted, info.oldest_id);
  return first > info.newest_id ? 0 : first;
}

/// A walk over a log from one record on, in blocks, towards the newest or the oldest.
class Walk {
 public:
  Walk(Access const& access, LogId log, LogInfo const& info, std::uint32_t start, bool is_past)
      : access_{access},
        log_{log},
        oldest_id_{info.oldest_id},
        newest_id_{info.newest_id},
        next_{start},
        is_past_{is_past} {}

  [[nodiscard]] bool at_end() const { return next_ < oldest_id_ || next_ > newest_id_; }
  /// The record at which the walk stands; not at the end. @errors nv_io, meter_off
  [[nodiscard]] Result<LogRecord const*> record() {
    if (next_ < block_first_ || next_ >= block_first_ + block_size_) {
      constexpr std::uint32_t most = std::tuple_size_v<decltype(block_)>;
      block_first_ = !is_past_ ? next_ : next_ >= oldest_id_ + most ? next_ + 1 - most : oldest_id_;
      auto const size = std::min(most, (is_past_ ? next_ : newest_id_) + 1 - block_first_);
      auto const read = access_.read_log(log_, block_first_, std::span{block_}.first(size));
      if (!read || *read != size) {
        return tl::unexpected<Error>{read ? Error{ErrorCode::nv_corrupt, next_} : read.error()};
      }
      block_size_ = size;
    }
    return &block_[next_ - block_first_];
  }
  void advance() { next_ += is_past_ ? ~std::uint32_t{0} : 1U; }

 private:
  Access const& access_;
  LogId log_;
  std::uint32_t oldest_id_;
  std::uint32_t newest_id_;
  std::uint32_t next_;
  bool is_past_;
  std::array<LogRecord, 8> block_{};
  std::uint32_t block_first_{};
  std::uint32_t block_size_{};
};

/// What an answer's records came to.
struct Written {
  std::uint16_t last_id{};
  std::uint32_t newest_id{};  ///< of those in the answer; 0 = none
  std::uint8_t info{};
};

/// @errors nv_io, meter_off
Result<Written> write_records(RecordWriter& records, Walk& walk, KmpLogRequest const& request,
                              std::uint8_t decimals_a) {
  Written written;
  for (unsigned count = 0; count < request.record_count && !walk.at_end();) {
    auto const record = walk.record();
    if (!record) {
      return tl::unexpected<Error>{record.error()};
    }
    auto const outcome = records.add(**record, decimals_a);
    if (outcome == RecordWriter::Outcome::full) {
      written.info = kmp_log_cut;
      return written;
    }
    if (outcome == RecordWriter::Outcome::added) {
      ++count;
      written.last_id = static_cast<std::uint16_t>((*record)->id);
      written.newest_id = std::max(written.newest_id, (*record)->id);
    }
    walk.advance();
  }
  written.info = walk.at_end() ? std::uint8_t{kmp_log_end} : std::uint8_t{};
  return written;
}

/// INFO of an answer without records.
std::uint8_t info_of_nothing(LogInfo const& info, KmpCommand command) {
  return info.record_count == 0                        ? kmp_log_empty
         : command == KmpCommand::get_log_last_present ? kmp_log_end
                                                       : kmp_log_out_of_range;
}

}  // namespace

Result<KmpAnswer> KmpServer::read_log(KmpCommand command, ByteReader data) {
  auto const request = kmp_log_request(command, data);
  if (!request) {
    return tl::unexpected<Error>{request.error()};
  }
  if (!is_kmp_log(request->log)) {
    return fail(ErrorCode::bad_field, request->log);
  }
  auto const log = static_cast<LogId>(request->log);
  auto const info = access_.log_info(log);
  auto const start = find_start(access_, log, info, *request);
  if (!start) {
    return tl::unexpected<Error>{start.error()};
  }
  if (request->length_max < kmp_log_head_size + kmp_log_tail_size) {
    return kmp_frame_of(command, [](ByteWriter& writer) { writer.u8(kmp_log_cut); });
  }
  return write_log(*request, info, *start);
}

Result<KmpAnswer> KmpServer::write_log(KmpLogRequest const& request, LogInfo const& info,
                                       std::uint32_t start) {
  auto const log = static_cast<LogId>(request.log);
  KmpAnswer answer;
  ByteWriter writer{MutableByteSpan{answer.octets}.subspan(kmp_log_head_size)};
  RecordWriter records{access_, log, writer, request.length_max - kmp_log_head_size - kmp_log_tail_size};
  for (auto const id : request.asked()) {
    if (!records.add_column(info.columns, id)) {
      answer.omissions[answer.omission_count++] = {ErrorCode::unknown_register, id};
    }
  }
  Walk walk{access_, log, info, start, request.command == KmpCommand::get_log_time_past};
  Written written{.info = info_of_nothing(info, request.command)};
  if (start != 0) {
    auto const done = write_records(records, walk, request, access_.configuration().a);
    if (!done) {
      return tl::unexpected<Error>{done.error()};
    }
    written = *done;
    access_.note_read_out(log, written.newest_id);
  }
  ByteWriter head{answer.octets};
  head.u8(static_cast<std::uint8_t>(request.command));
  head.u8(request.log);
  head.u8(records.column_count());
  writer.u16(written.last_id);
  writer.u16(static_cast<std::uint16_t>(info.newest_id));
  writer.u8(written.info);
  answer.size = kmp_log_head_size + writer.size();
  return answer;
}

}  // namespace blondel

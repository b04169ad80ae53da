#pragma once
/// KMP's log reads, A0 to A3: requests and answers, role-free.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include <blondel/base/bytes.hpp>
#include <blondel/base/civil_time.hpp>
#include <blondel/base/result.hpp>
#include <blondel/meter/log.hpp>
#include <blondel/meter/register_def.hpp>

#include "protocol/kmp/kmp_codec.hpp"
#include "protocol/kmp/kmp_command.hpp"

namespace blondel {

/// Last octet of an answer. @source device.md K5
enum KmpLogInfo : std::uint8_t {
  kmp_log_empty = 1U << 0,
  kmp_log_out_of_range = 1U << 2,  ///< no record at or beyond the time or id
  kmp_log_cut = 1U << 3,           ///< fewer records than asked for: MaxL, or a value of another format
  kmp_log_end = 1U << 4,           ///< up to the newest record, or back to the oldest
};

/// Command, log and number of columns; last id, newest id and INFO.
inline constexpr std::size_t kmp_log_head_size = 3;
inline constexpr std::size_t kmp_log_tail_size = 5;

/// Which records of a log are wanted.
struct KmpLogRequest {
  KmpCommand command{KmpCommand::get_log_id_present};
  std::uint8_t log{};
  std::array<std::uint16_t, kmp_registers_max> ids{};
  std::uint8_t id_count{};
  std::uint8_t record_count{};
  std::uint8_t length_max{0xFF};  ///< of the answer, command and data
  CivilTime from;                 ///< A0 and A3, normal time
  std::uint16_t position{};       ///< record id of A2, offset of A3
  [[nodiscard]] std::span<std::uint16_t const> asked() const { return std::span{ids}.first(id_count); }
};

/// Writes a request, its command first; the time YY first. @errors too_long
void kmp_write_log_request(ByteWriter& writer, KmpLogRequest const& request);
/// @param data after the command
/// @errors bad_length, too_long (more than 8 columns), bad_field (none), out_of_range (no such time)
/// @source device.md K2, K5: the time YY first, or reversed where only that is a moment
[[nodiscard]] Result<KmpLogRequest> kmp_log_request(KmpCommand command, ByteReader data);

/// An answer taken apart; `records` borrows from it. Of a short one there is only `info`.
struct KmpLogAnswer {
  std::uint8_t log{};
  std::uint8_t column_count{};
  ByteSpan records;
  std::uint16_t last_id{};  ///< of the last record in the answer
  std::uint16_t newest_id{};
  std::uint8_t info{};
};
/// @param data after the command @errors truncated, too_long (more than 8 columns)
[[nodiscard]] Result<KmpLogAnswer> kmp_log_answer(ByteSpan data);

/// Reads the records of an answer one after another.
class KmpLogRecordReader {
 public:
  explicit KmpLogRecordReader(KmpLogAnswer const& answer)
      : reader_{answer.records},
        column_count_{answer.column_count} {}

  [[nodiscard]] bool at_end() const { return reader_.remaining() == 0; }
  /// The id of the next record; its values are in `fields()` then. @errors truncated
  Result<std::uint16_t> next();
  /// The formats are those of the first record, as the answer has them there only.
  [[nodiscard]] std::span<KmpField const> fields() const { return std::span{fields_}.first(column_count_); }

 private:
  ByteReader reader_;
  std::size_t column_count_;
  std::array<KmpField, kmp_registers_max> fields_{};
  bool has_formats_{};
};

/// What only a log knows, and the number under which KMP has it there.
struct KmpLogColumn {
  LogId log{};
  LogField field{};
  RegisterDef row;
};
/// The logs of KMP, by K5's table; the change log has no public number and is not among them.
[[nodiscard]] bool is_kmp_log(std::uint8_t log);
/// Null when the log has no such column. @source device.md K5, K7
[[nodiscard]] KmpLogColumn const* kmp_log_column(LogId log, std::uint16_t id);
/// Name of a log's column, of its own or of the catalogue's; empty when unknown.
[[nodiscard]] std::string_view kmp_log_column_name(std::uint8_t log, std::uint16_t id);

}  // namespace blondel

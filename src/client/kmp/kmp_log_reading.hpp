#pragma once
/// A log read from outside, request by request: what to ask next, and the records so far. Sans-io.

#include <cstdint>
#include <optional>
#include <vector>

#include <blondel/base/civil_time.hpp>
#include <blondel/base/result.hpp>

#include "client/kmp/kmp_client.hpp"
#include "protocol/kmp/kmp_log.hpp"

namespace blondel {

/// What is wanted of a log.
struct KmpLogWish {
  std::uint8_t log{};
  std::vector<std::uint16_t> ids;  ///< 1 to 8 columns
  std::optional<CivilTime> from;   ///< normal time; none = the oldest record
  /// Records at most; without `from` the newest ones.
  std::optional<std::uint32_t> count;
};

struct KmpLogRow {
  std::uint16_t id{};
  std::vector<KmpValue> values;
};

/// Asks for the first record by time, and from then on by record id.
class KmpLogReading {
 public:
  explicit KmpLogReading(KmpLogWish wish);

  /// The next request; none when the reading is complete.
  [[nodiscard]] std::optional<KmpLogRequest> const& request() const { return request_; }
  /// Takes the answer to request(), and adds its records.
  /// @errors bad_field (the record ids do not rise), too_long (not one record fits an answer), truncated
  Result<void> take(KmpLogAnswer const& answer);

  /// Since the last call.
  [[nodiscard]] std::vector<KmpLogRow> take_rows();
  [[nodiscard]] std::uint32_t row_count() const { return row_count_; }
  /// Records there are to read, as far as the meter has told.
  [[nodiscard]] std::uint32_t expected_count() const { return expected_count_; }

 private:
  void ask_from(std::uint16_t id);
  void start_at_newest(KmpLogAnswer const& answer, std::uint16_t oldest);

  KmpLogWish wish_;
  std::optional<KmpLogRequest> request_;
  bool is_looking_{};  ///< for the place of the newest records; what comes is not kept
  std::vector<KmpLogRow> rows_;
  std::uint32_t row_count_{};
  std::uint32_t expected_count_{};
  std::optional<std::uint16_t> last_id_;
};

}  // namespace blondel

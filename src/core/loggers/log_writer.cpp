#include "core/loggers/log_writer.hpp"

#include <blondel/base/contract.hpp>

#include "core/loggers/log_columns.hpp"
#include "core/nv/nv_layout.hpp"

namespace blondel {

Result<void> append_log(MeterState& s, MeterConfig const& config, NvStore& nv, LogId log,
                        std::span<std::int64_t const> record) {
  if (nv.size() < nv_size_min) {
    return {};
  }
  auto const bit = static_cast<std::uint16_t>(1U << log_index(log));
  // A second page must not be begun before the head is saved: see append. Only long gaps come here; all else
  // begins with keep_begun_pages.
  if ((s.loggers.begun_pages & bit) != 0) {
    if (auto saved = save(s, nv); !saved) {
      return saved;
    }
  }
  auto& head = head_of(s.loggers, log);
  auto const page = head.page;
  auto const done = append(head, place_of(log, columns_of(log, s, config)), nv, record);
  if (!done) {
    note_memory_fault(s);
    return done;
  }
  if (head.page != page) {
    s.loggers.begun_pages |= bit;
  }
  s.nv_dirty = true;
  return {};
}

void clear_log(MeterState& s, LogId log) {
  clear(head_of(s.loggers, log));
  s.loggers.begun_pages |= static_cast<std::uint16_t>(1U << log_index(log));
  s.nv_dirty = true;
}

Result<void> append_event(MeterState& s, MeterConfig const& config, NvStore& nv, LogId log,
                          std::span<std::int64_t const> special) {
  if (nv.size() < nv_size_min) {
    return {};
  }
  auto const columns = columns_of(log, s, config);
  std::array<std::int64_t, log_columns_max> record;
  std::size_t used = 0;
  for (std::size_t n = 0; n < columns.count; ++n) {
    auto const& column = columns.column[n];
    if (column.field == LogField::reading) {
      record[n] = logged_value(column.register_id, s, config);
    } else {
      BLONDEL_EXPECTS(used < special.size());
      record[n] = special[used++];
    }
  }
  return append_log(s, config, nv, log, std::span{record}.first(columns.count));
}

}  // namespace blondel

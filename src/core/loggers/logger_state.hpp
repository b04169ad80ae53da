#pragma once
/// What a meter knows about its logs; the records themselves are in permanent memory.

#include <array>

#include <blondel/meter/log.hpp>

#include "core/loggers/record_ring.hpp"

namespace blondel {

struct LoggerState {
  std::array<RingHead, log_count> heads{};  ///< in the order of all_logs
};

[[nodiscard]] inline RingHead& head_of(LoggerState& loggers, LogId log) {
  return loggers.heads[log_index(log)];
}
[[nodiscard]] inline RingHead const& head_of(LoggerState const& loggers, LogId log) {
  return loggers.heads[log_index(log)];
}

/// All of it outlives the supply. For the list of permanent fields (core/meter/meter_fields.hpp).
template<class Visitor, class State>
void visit_loggers(Visitor& field, State& loggers) {
  for (auto& head : loggers.heads) {
    visit_ring(field, head);
  }
}

}  // namespace blondel

#pragma once
/// The map of permanent memory above the state: an area for each log, large enough for its full depth however
/// badly its records pack.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <blondel/meter/log.hpp>
#include <blondel/meter/nv_store.hpp>

#include "core/loggers/record_ring.hpp"

namespace blondel {

/// Stamp, logger status, data quality and energy scaler stand before the values of a profile.
inline constexpr std::uint8_t profile_fixed_columns = 4;
inline constexpr std::size_t analysis_registers_max = 16;

/// How many records of so many values a profile keeps: 26 400, 22 176 and 16 800 of 1, 2 and 4 are the data
/// sheet's 92, 77 and 58 days at 5 minutes. @source device.md 0.2
[[nodiscard]] constexpr std::uint32_t profile_depth(std::size_t value_count) {
  constexpr std::size_t memory_octets = 554'400;
  return static_cast<std::uint32_t>(memory_octets / (17 + 4 * value_count));
}

namespace detail {
constexpr std::uint32_t profile_pages(std::size_t value_count) {
  return pages_for(profile_depth(value_count), profile_fixed_columns + value_count);
}
constexpr std::uint32_t analysis_pages() {
  std::uint32_t most = 0;
  for (std::size_t n = 1; n <= analysis_registers_max; ++n) {
    most = std::max(most, profile_pages(n));
  }
  return most;
}
}  // namespace detail

/// Records an event log keeps. @source device.md B5 to B7: 200 for voltage quality and tampering, 45 for the
/// neutral; 200 for the others, changes of the configuration too, inferred
inline constexpr std::uint32_t event_log_depth = 200;
inline constexpr std::uint32_t neutral_fault_depth = 45;
inline constexpr std::uint32_t debiting_depth = 36;
/// @source device.md 13.9
inline constexpr std::uint32_t debiting_2_depth = 45;
/// Numbers in a record of an event log at most.
inline constexpr std::size_t event_columns_max = 8;

/// Pages of each log, in the order of all_logs.
inline constexpr std::array<std::uint32_t, log_count> log_pages{
    pages_for(event_log_depth, event_columns_max),
    pages_for(event_log_depth, event_columns_max),
    pages_for(event_log_depth, event_columns_max),
    std::max({detail::profile_pages(1), detail::profile_pages(2), detail::profile_pages(4)}),
    pages_for(debiting_depth, log_columns_max),
    pages_for(debiting_2_depth, log_columns_max),
    pages_for(event_log_depth, log_columns_max),
    pages_for(event_log_depth, event_columns_max),
    detail::analysis_pages(),
    pages_for(neutral_fault_depth, event_columns_max),
    pages_for(event_log_depth, event_columns_max),
};

/// Where a log begins. @units octets
[[nodiscard]] constexpr std::uint32_t log_address(std::size_t index) {
  auto address = nv_state_size;
  for (std::size_t n = 0; n < index; ++n) {
    address += log_pages[n] * static_cast<std::uint32_t>(log_page_size);
  }
  return address;
}
static_assert(log_address(log_count) <= nv_size_min, "all logs at their full depth fit");

}  // namespace blondel

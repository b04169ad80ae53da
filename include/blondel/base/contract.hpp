#pragma once
/// Contracts: the caller is wrong. On in every build.

namespace blondel::detail {
/// Ends the program at a breakpoint trap; the core has no streams to complain on.
[[noreturn]] inline void contract_violated() {
  __builtin_trap();
}
}  // namespace blondel::detail

#define BLONDEL_EXPECTS(condition) \
  ((condition) ? static_cast<void>(0) : ::blondel::detail::contract_violated())

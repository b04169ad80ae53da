#pragma once
/// One enumerator per catalogue row; the rows stand in register_rows.inc and nowhere else.

#include <cstdint>

namespace blondel {

enum class RegisterId : std::uint16_t {
#define REGISTER(name, ...) name,
#include <blondel/meter/register_rows.inc>
#undef REGISTER
};

inline constexpr std::uint16_t register_count = 0
#define REGISTER(name, ...) +1
#include <blondel/meter/register_rows.inc>
#undef REGISTER
    ;

/// A row and which moment of it: 0 = now, n = the n-th debiting snapshot back.
struct RegisterRef {
  RegisterId id{};
  std::uint8_t history{};
};

}  // namespace blondel

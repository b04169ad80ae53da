#pragma once
/// Errors of the outside world: a code and a small number, no strings, no allocation.

#include <cstdint>

#include <tl/expected.hpp>

namespace blondel {

/// Every way the outside world can be wrong, grouped by layer. A new value needs a test that produces it.
enum class ErrorCode : std::uint8_t {
  // configuration (core/config)
  bad_length,     ///< a number has the wrong count of digits; detail = digits found
  bad_digit,      ///< a digit or code is not in the data sheet's table; detail = its position, from 0
  contradiction,  ///< two digits exclude each other; detail = position of the second
  // access (core/access)
  unknown_register,  ///< no such row, or not present in this energy type
  forbidden,         ///< the level or the seal does not allow it
  out_of_range,      ///< a value outside what the register or command takes
  meter_off,         ///< the meter has no supply
  // non-volatile memory (core/nv)
  nv_io,       ///< the medium refused a read or a write
  nv_corrupt,  ///< no valid copy of a record; detail = record number
  // frames (protocol)
  truncated,        ///< the input ends inside a field; detail = byte offset
  bad_checksum,     ///< CRC, FCS or BCC does not match
  bad_address,      ///< addressed to somebody else; detail = the address
  bad_escape,       ///< an escape is followed by a byte that needs none; detail = byte offset
  unknown_command,  ///< a command this meter does not have; detail = its code
  bad_field,        ///< a field holds a value its format forbids; detail = byte offset
  too_long,         ///< more than the buffer or the protocol allows; detail = the limit
  quiet_time,       ///< the frame fell into the rest the line has to keep after an error
  // files and options (sim, scenario, ports)
  bad_syntax,  ///< text that is not what its format says; detail = line or offset
  io_error,    ///< the operating system refused; detail = errno
  in_use,      ///< another process has it, or another one of its kind is under way
};

/// What went wrong and one number that says where (see the code's comment).
struct Error {
  ErrorCode code{};
  std::int64_t detail{};
  friend constexpr bool operator==(Error const&, Error const&) = default;

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field.enumerator(self.code, ErrorCode::io_error);
    field(self.detail);
  }
};

template<class T>
using Result = tl::expected<T, Error>;

/// Shorthand for returning an error from a function that gives a Result.
[[nodiscard]] constexpr tl::unexpected<Error> fail(ErrorCode code, std::int64_t detail = 0) {
  return tl::unexpected<Error>{Error{code, detail}};
}

/// The name of a code, for messages. @cost O(1)
[[nodiscard]] char const* name_of(ErrorCode code);

}  // namespace blondel

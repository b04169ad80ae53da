#include <blondel/base/result.hpp>

namespace blondel {

char const* name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_length:
      return "wrong length";
    case ErrorCode::bad_digit:
      return "digit not allowed";
    case ErrorCode::contradiction:
      return "contradicting digits";
    case ErrorCode::unknown_register:
      return "unknown register";
    case ErrorCode::forbidden:
      return "not allowed";
    case ErrorCode::out_of_range:
      return "out of range";
    case ErrorCode::meter_off:
      return "meter without supply";
    case ErrorCode::nv_io:
      return "permanent memory refused";
    case ErrorCode::nv_corrupt:
      return "permanent memory damaged";
    case ErrorCode::truncated:
      return "cut short";
    case ErrorCode::bad_checksum:
      return "checksum does not match";
    case ErrorCode::bad_address:
      return "not addressed to this meter";
    case ErrorCode::bad_escape:
      return "escape before a byte that needs none";
    case ErrorCode::unknown_command:
      return "unknown command";
    case ErrorCode::bad_field:
      return "field out of its format";
    case ErrorCode::too_long:
      return "too long";
    case ErrorCode::quiet_time:
      return "inside the quiet time after an error";
    case ErrorCode::bad_syntax:
      return "not of the expected form";
    case ErrorCode::io_error:
      return "refused by the operating system";
    case ErrorCode::in_use:
      return "in use already";
  }
  return "unknown error";
}

}  // namespace blondel

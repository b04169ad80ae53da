#include <blondel/meter/config.hpp>

#include "core/config/code_tables.hpp"

namespace blondel {
namespace {

AccuracyClass accuracy_of(char digit) {
  switch (digit) {
    case 'B':
      return AccuracyClass::b;
    case 'C':
      return AccuracyClass::c;
    case '1':
      return AccuracyClass::iec_1;
    default:
      return AccuracyClass::iec_05;
  }
}

}  // namespace

Result<TypeNumber> parse_type_number(std::string_view text, DataSheet) {
  TypeNumber type;
  std::size_t used = 0;
  for (auto const character : text) {
    if (character == '-' || character == ' ') {
      continue;
    }
    if (used == type.text.size()) {
      return fail(ErrorCode::bad_length, static_cast<std::int64_t>(used + 1));
    }
    type.text[used++] = character;
  }
  if (used != type.text.size()) {
    return fail(ErrorCode::bad_length, static_cast<std::int64_t>(used));
  }
  std::string_view const digits{type.text.data(), type.text.size()};
  for (std::size_t n = 0; n < 3; ++n) {
    if (digits[n] != std::string_view{"685"}[n]) {
      return fail(ErrorCode::bad_digit, static_cast<std::int64_t>(n));
    }
  }
  for (auto const& field : type_fields) {
    if (!code_allowed(field.allowed, slice(digits, field.position, field.digits))) {
      return fail(ErrorCode::bad_digit, field.position);
    }
  }
  type.phases = static_cast<Phases>(digits[3] - '0');
  type.current = digits[4];
  type.accuracy = accuracy_of(digits[5]);
  type.generation = digits[6];
  type.energy = static_cast<EnergyType>(digits[7] - '0');
  type.radio = digits[8] == '5';
  type.tariff = digits[9];
  type.country =
      static_cast<std::uint16_t>((digits[10] - '0') * 100 + (digits[11] - '0') * 10 + (digits[12] - '0'));
  return type;
}

}  // namespace blondel

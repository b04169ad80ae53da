#include <span>

#include <blondel/meter/config.hpp>

#include "core/config/code_tables.hpp"

namespace blondel {
namespace {

std::span<CodeField const> fields_of(int number) {
  switch (number) {
    case 1:
      return config_1_fields;
    case 2:
      return config_2_fields;
    case 3:
      return config_3_fields;
    case 4:
      return config_4_fields;
    case 5:
      return config_5_fields;
    default:
      return type_fields;
  }
}

}  // namespace

bool code_allowed(std::string_view allowed, std::string_view code) {
  while (!allowed.empty()) {
    auto const comma = allowed.find(',');
    auto const length = comma == std::string_view::npos ? allowed.size() : comma;
    auto const item = slice(allowed, 0, length);
    allowed.remove_prefix(length == allowed.size() ? length : length + 1);
    bool const range = item.size() == 2 * code.size() + 1;
    auto const low = slice(item, 0, code.size());
    auto const high = range ? slice(item, code.size() + 1, code.size()) : low;
    if (low <= code && code <= high) {
      return true;
    }
  }
  return false;
}

DigitRule digit_rule(int number, int position) {
  if (number == 0 && position < 3) {
    return {"the leading three digits", "685", 3, "685", "685"};
  }
  for (auto const& field : fields_of(number)) {
    if (position >= field.position && position < field.position + field.digits) {
      return {field.letters, field.allowed, field.digits,
              field.english.empty() ? field.allowed : field.english,
              field.russian.empty() ? field.allowed : field.russian};
    }
  }
  return {};
}

}  // namespace blondel

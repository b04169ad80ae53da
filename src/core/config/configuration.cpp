#include <span>

#include <blondel/base/decimal.hpp>
#include <blondel/meter/config.hpp>

#include "core/config/code_tables.hpp"
#include "core/io/io_roles.hpp"
#include "core/pulse/module_pulses.hpp"

namespace blondel {
namespace {

constexpr std::size_t number_digits = 8;

/// Eight digits with the dashes taken out.
struct EightDigits {
  std::array<char, number_digits> text{};
  [[nodiscard]] std::string_view view() const { return {text.data(), text.size()}; }
};

Result<EightDigits> eight_digits(std::string_view text, int number) {
  EightDigits digits;
  std::size_t used = 0;
  for (auto const character : text) {
    if (character == '-' || character == ' ') {
      continue;
    }
    if (used == number_digits) {
      return fail(ErrorCode::bad_length, 100 * number + static_cast<int>(used) + 1);
    }
    if (character < '0' || character > '9') {
      return fail(ErrorCode::bad_digit, 100 * number + static_cast<int>(used));
    }
    digits.text[used++] = character;
  }
  if (used != number_digits) {
    return fail(ErrorCode::bad_length, 100 * number + static_cast<int>(used));
  }
  return digits;
}

std::uint32_t number_of(std::string_view digits) {
  std::uint32_t value = 0;
  for (auto const digit : digits) {
    value = value * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  return value;
}

Result<void> check_fields(std::string_view digits, std::span<CodeField const> fields, int number) {
  for (auto const& field : fields) {
    if (!code_allowed(field.allowed, slice(digits, field.position, field.digits))) {
      return fail(ErrorCode::bad_digit, 100 * number + field.position);
    }
  }
  return {};
}

/// The value of one field, after check_fields.
std::uint32_t value_of(std::string_view digits, CodeField const& field) {
  return number_of(slice(digits, field.position, field.digits));
}

std::uint8_t small(std::string_view digits, CodeField const& field) {
  return static_cast<std::uint8_t>(value_of(digits, field));
}
std::uint16_t wide(std::string_view digits, CodeField const& field) {
  return static_cast<std::uint16_t>(value_of(digits, field));
}

void decode(Configuration& c, std::array<EightDigits, 5> const& numbers) {
  auto const one = numbers[0].view();
  auto const two = numbers[1].view();
  auto const three = numbers[2].view();
  auto const four = numbers[3].view();
  auto const five = numbers[4].view();
  c.a = small(one, config_1_fields[0]);
  c.b = small(one, config_1_fields[1]);
  c.ccc = wide(one, config_1_fields[2]);
  c.dd = small(one, config_1_fields[3]);
  c.e = small(one, config_1_fields[4]);
  c.fff = wide(two, config_2_fields[0]);
  c.gg = small(two, config_2_fields[1]);
  c.hh = small(two, config_2_fields[2]);
  c.i = small(two, config_2_fields[3]);
  c.jj = small(three, config_3_fields[0]);
  c.k = small(three, config_3_fields[1]);
  c.ll = small(three, config_3_fields[2]);
  c.m = small(three, config_3_fields[3]);
  c.nn = small(three, config_3_fields[4]);
  c.ooo = wide(four, config_4_fields[0]);
  c.ppp = wide(four, config_4_fields[1]);
  c.qq = small(four, config_4_fields[2]);
  c.rrr = wide(five, config_5_fields[0]);
  c.sss = wide(five, config_5_fields[1]);
  c.t = small(five, config_5_fields[2]);
  c.u = small(five, config_5_fields[3]);
}

constexpr std::array<std::span<CodeField const>, 5> number_fields{
    std::span<CodeField const>{config_1_fields}, std::span<CodeField const>{config_2_fields},
    std::span<CodeField const>{config_3_fields}, std::span<CodeField const>{config_4_fields},
    std::span<CodeField const>{config_5_fields}};

/// @errors bad_digit: detail = 100 * number + digit position
Result<Configuration> from_digits(std::array<EightDigits, 5> const& texts) {
  Configuration configuration;
  for (std::size_t n = 0; n < texts.size(); ++n) {
    auto const checked = check_fields(texts[n].view(), number_fields[n], static_cast<int>(n) + 1);
    if (!checked) {
      return tl::unexpected{checked.error()};
    }
    configuration.numbers[n] = number_of(texts[n].view());
  }
  decode(configuration, texts);
  return configuration;
}

}  // namespace

Result<Configuration> parse_configuration(std::array<std::string_view, 5> const& numbers,
                                          TypeNumber const& type, DataSheet) {
  std::array<EightDigits, 5> texts;
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    auto const digits = eight_digits(numbers[n], static_cast<int>(n) + 1);
    if (!digits) {
      return tl::unexpected{digits.error()};
    }
    texts[n] = *digits;
  }
  auto const configuration = from_digits(texts);
  // An RF code needs the radio hardware (X6 = 5). @source features.md TYP-07
  if (configuration && configuration->rrr != 0 && !type.radio) {
    return fail(ErrorCode::contradiction, 500 + config_5_fields[0].position);
  }
  return configuration;
}

Result<Configuration> decode_configuration(std::array<std::uint32_t, 5> const& numbers) {
  std::array<EightDigits, 5> texts;
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    auto rest = numbers[n];
    for (std::size_t digit = number_digits; digit-- > 0; rest /= 10) {
      texts[n].text[digit] = static_cast<char>('0' + rest % 10);
    }
    if (rest != 0) {
      return fail(ErrorCode::bad_length, 100 * (static_cast<std::int64_t>(n) + 1));
    }
  }
  return from_digits(texts);
}

Result<Configuration> with_code(Configuration const& configuration, std::string_view letters,
                                std::int64_t code) {
  auto numbers = configuration.numbers;
  for (std::size_t n = 0; n < numbers.size(); ++n) {
    for (auto const& field : number_fields[n]) {
      if (field.letters != letters) {
        continue;
      }
      auto const codes = pow10(field.digits);
      auto const place = pow10(static_cast<int>(number_digits) - field.position - field.digits);
      if (code < 0 || code >= codes) {
        return fail(ErrorCode::bad_digit, 100 * (static_cast<std::int64_t>(n) + 1) + field.position);
      }
      auto const old_code = numbers[n] / place % codes;
      numbers[n] = static_cast<std::uint32_t>(numbers[n] + (code - old_code) * place);
    }
  }
  return decode_configuration(numbers);
}

std::array<bool, module_io_count> module_outputs(Configuration const& configuration) {
  auto const energies = module_pulse_energies(configuration.dd);
  auto const terminals = io_terminals(configuration.dd);
  return {energies[0] || is_level_output(terminals[0].role),
          energies[1] || is_level_output(terminals[1].role)};
}

}  // namespace blondel

#include <scenario/load_parts.hpp>

#include <array>

namespace blondel {
namespace {

std::string eight_digits(std::uint32_t number) {
  auto digits = std::to_string(number);
  return digits.insert(0, 8 - digits.size(), '0');
}

}  // namespace

std::vector<std::string> sheet_warnings(MeterConfig const& meter) {
  bool const is_english = meter.data_sheet == DataSheet::english;
  std::string const sheet = is_english ? "English" : "Russian";
  std::array<std::string, 6> texts{std::string{meter.type.text.begin(), meter.type.text.end()}};
  for (std::size_t n = 1; n < texts.size(); ++n) {
    texts[n] = eight_digits(meter.configuration.numbers[n - 1]);
  }
  std::vector<std::string> warnings;
  for (std::size_t number = 0; number < texts.size(); ++number) {
    auto const& text = texts[number];
    for (std::size_t position = 0; position < text.size();) {
      auto const rule = digit_rule(static_cast<int>(number), static_cast<int>(position));
      auto const code = text.substr(position, rule.digits);
      auto const listed = is_english ? rule.english : rule.russian;
      if (!code_allowed(listed, code)) {
        warnings.push_back(std::string{rule.letters} + " " + code + " (digit " +
                           std::to_string(position + 1) + " of " +
                           (number == 0 ? "the type number" : "configuration " + std::to_string(number)) +
                           ") is not in the " + sheet + " data sheet, which has " + std::string{listed} +
                           "; taken all the same");
      }
      position += rule.digits;
    }
  }
  if (!is_english && meter.type.radio && meter.configuration.ccc != 0) {
    warnings.emplace_back("the built-in radio is off: a module is fitted (CCC; Russian data sheet)");
  }
  return warnings;
}

}  // namespace blondel

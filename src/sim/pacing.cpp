#include <blondel/base/decimal.hpp>
#include <blondel/sim/pacing.hpp>

#include <array>
#include <cstddef>

namespace blondel {

namespace {

constexpr std::string_view real_prefix = "real:";
constexpr int ratio_decimals = 6;
constexpr std::int64_t one_ppm = 1'000'000;
constexpr std::int64_t paced_epoch_ns = 10 * ns_per_ms;

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

Result<std::int64_t> parse_ratio_ppm(std::string_view text, std::size_t offset) {
  std::int64_t ppm = 0;
  int decimals = -1;  // -1: still before the point
  std::size_t digits = 0;
  for (std::size_t n = 0; n < text.size(); ++n) {
    bool const is_point = text[n] == '.' && decimals < 0 && digits > 0;
    if (!is_point && (!is_digit(text[n]) || decimals == ratio_decimals)) {
      return fail(ErrorCode::bad_syntax, static_cast<std::int64_t>(offset + n));
    }
    if (is_point) {
      decimals = 0;
      continue;
    }
    ppm = ppm * 10 + (text[n] - '0');
    digits += 1;
    decimals += decimals >= 0 ? 1 : 0;
    if (ppm > ratio_ppm_max) {
      return fail(ErrorCode::out_of_range);
    }
  }
  if (digits == 0 || decimals == 0) {
    return fail(ErrorCode::bad_syntax, static_cast<std::int64_t>(offset + text.size()));
  }
  ppm *= pow10(ratio_decimals - (decimals < 0 ? 0 : decimals));
  if (ppm < 1 || ppm > ratio_ppm_max) {
    return fail(ErrorCode::out_of_range);
  }
  return ppm;
}

}  // namespace

Result<Pacing> parse_pacing(std::string_view text) {
  if (text == "free") {
    return Pacing{Pacing::Kind::free, one_ppm};
  }
  if (text == "stepped") {
    return Pacing{Pacing::Kind::stepped, one_ppm};
  }
  if (text == "real") {
    return Pacing{Pacing::Kind::real, one_ppm};
  }
  if (!text.starts_with(real_prefix)) {
    return fail(ErrorCode::bad_syntax, 0);
  }
  auto const ratio = parse_ratio_ppm(text.substr(real_prefix.size()), real_prefix.size());
  if (!ratio) {
    return tl::unexpected{ratio.error()};
  }
  return Pacing{Pacing::Kind::real, *ratio};
}

std::string to_text(Pacing const& pacing) {
  switch (pacing.kind) {
    case Pacing::Kind::free:
      return "free";
    case Pacing::Kind::stepped:
      return "stepped";
    case Pacing::Kind::real:
      break;
  }
  if (pacing.ratio_ppm == one_ppm) {
    return "real";
  }
  std::array<char, 32> buffer{};
  std::string ratio{format_decimal(pacing.ratio_ppm, -ratio_decimals, buffer)};
  ratio.erase(ratio.find_last_not_of('0') + 1);
  if (ratio.ends_with('.')) {
    ratio.pop_back();
  }
  return std::string{real_prefix} + ratio;
}

SimDuration epoch_of(Pacing const& pacing) {
  switch (pacing.kind) {
    case Pacing::Kind::free:
      return SimDuration::seconds(1);
    case Pacing::Kind::stepped:
      return SimDuration{paced_epoch_ns};
    case Pacing::Kind::real:
      return SimDuration{paced_epoch_ns / one_ppm * pacing.ratio_ppm};
  }
  return SimDuration{paced_epoch_ns};
}

std::int64_t line_ratio_ppm(Pacing const& pacing) {
  return pacing.kind == Pacing::Kind::real ? pacing.ratio_ppm : one_ppm;
}

}  // namespace blondel

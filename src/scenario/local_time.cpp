#include <scenario/local_time.hpp>

#include <blondel/base/decimal.hpp>

#include <charconv>

namespace blondel {
namespace {

constexpr std::int32_t seconds_per_hour = 3'600;

std::string padded(std::int64_t value, std::size_t width) {
  auto text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string with_milliseconds(CivilSeconds seconds, std::int64_t milliseconds) {
  return iso_civil(to_civil(seconds)) + "." + padded(milliseconds, 3);
}

}  // namespace

std::int32_t LocalZone::offset_s(CivilSeconds utc) const {
  return base_s + (eu_summer_time && blondel::eu_summer_time(utc) ? seconds_per_hour : 0);
}

CivilSeconds LocalZone::to_utc(CivilSeconds local) const {
  auto const if_summer = local - base_s - seconds_per_hour;
  return offset_s(if_summer) != base_s ? if_summer : local - base_s;
}

bool LocalZone::is_skipped(CivilSeconds local) const {
  auto const utc = to_utc(local);
  return utc + offset_s(utc) != local;
}

bool LocalZone::is_repeated(CivilSeconds local) const {
  auto const in_summer = to_utc(local);
  auto const in_winter = in_summer + seconds_per_hour;
  return in_winter + offset_s(in_winter) == local;
}

std::optional<std::string> skipped_text(LocalZone const& zone, CivilSeconds local) {
  if (!zone.is_skipped(local)) {
    return std::nullopt;
  }
  // The clocks change at a whole hour; the missing hour is one of the clock.
  auto const hour = local - floor_divide(local, seconds_per_hour).rest;
  return "does not exist: the clocks go forward over it; allowed: up to " + iso_civil(to_civil(hour - 1)) +
         " or from " + iso_civil(to_civil(hour + seconds_per_hour)) + " on";
}

std::optional<std::string> repeated_text(LocalZone const& zone, CivilSeconds local) {
  if (!zone.is_repeated(local)) {
    return std::nullopt;
  }
  return "the start " + iso_civil(to_civil(local)) +
         " comes twice when the clocks go back; taken is the first, in summer time (" +
         offset_text(zone.base_s + seconds_per_hour) + ")";
}

LocalZone zone_of(Configuration const& configuration) {
  return {static_cast<std::int32_t>(utc_offset_s(configuration.ll)), configuration.ppp == 1};
}

std::optional<CivilSeconds> parse_local_time(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (text.size() != shape.size()) {
    return std::nullopt;
  }
  for (std::size_t n = 0; n < shape.size(); ++n) {
    bool const digit = text[n] >= '0' && text[n] <= '9';
    if (shape[n] == '0' ? !digit : text[n] != shape[n]) {
      return std::nullopt;
    }
  }
  auto const field = [text](std::size_t from, std::size_t count) {
    std::int32_t value = 0;
    std::from_chars(text.data() + from, text.data() + from + count, value);
    return value;
  };
  CivilTime civil;
  civil.year = field(0, 4);
  civil.month = static_cast<std::uint8_t>(field(5, 2));
  civil.day = static_cast<std::uint8_t>(field(8, 2));
  civil.hour = static_cast<std::uint8_t>(field(11, 2));
  civil.minute = static_cast<std::uint8_t>(field(14, 2));
  civil.second = static_cast<std::uint8_t>(field(17, 2));
  return is_valid(civil) ? std::optional{to_seconds(civil)} : std::nullopt;
}

std::string offset_text(std::int32_t offset_s) {
  auto const minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;
  return (offset_s < 0 ? "-" : "+") + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2);
}

std::string iso_civil(CivilTime const& civil) {
  return padded(civil.year, 4) + "-" + padded(civil.month, 2) + "-" + padded(civil.day, 2) + "T" +
         padded(civil.hour, 2) + ":" + padded(civil.minute, 2) + ":" + padded(civil.second, 2);
}

std::string iso_local(LocalZone const& zone, CivilSeconds utc_start, SimTime t) {
  auto const [seconds, rest_ns] = floor_divide(t.ns(), ns_per_s);
  auto const utc = utc_start + seconds;
  auto const offset = zone.offset_s(utc);
  return with_milliseconds(utc + offset, rest_ns / ns_per_ms) + offset_text(offset);
}

std::string iso_utc(CivilSeconds utc_start, SimTime t) {
  auto const [seconds, rest_ns] = floor_divide(t.ns(), ns_per_s);
  return with_milliseconds(utc_start + seconds, rest_ns / ns_per_ms) + "Z";
}

}  // namespace blondel

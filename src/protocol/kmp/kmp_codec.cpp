#include "protocol/kmp/kmp_codec.hpp"

#include <algorithm>
#include <array>

#include <blondel/base/decimal.hpp>

#include "protocol/kmp/kmp_units.hpp"

namespace blondel {
namespace {

constexpr std::uint8_t rtc_summer_time = 0x01;
constexpr std::uint8_t rtc_valid = 0x02;
constexpr std::uint8_t rtc_restored = 0x04;
constexpr std::int32_t century = 2000;

/// Room for the largest value: RID, unit, NoB, SiEx and 255 octets.
constexpr std::size_t register_size_max = 5 + 255;

constexpr bool fits(std::uint64_t magnitude, std::uint8_t width) {
  return width >= sizeof magnitude || magnitude >> (8 * width) == 0;
}

void write_octets(ByteWriter& writer, Reading const& reading) {
  auto const octets = reading.octets();
  writer.u8(reading.octet_count);
  writer.u8(0);
  if (reading.unit != Unit::text) {
    writer.append(octets);
    return;
  }
  // Last character first, seen on the family's registers 1126 and 1058. @source device.md K2
  for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet) {
    writer.u8(*octet);
  }
}

Result<void> write_value(ByteWriter& writer, RegisterDef const& row, Reading const& reading,
                         std::uint8_t decimals_a, std::int8_t exponent_shift) {
  switch (reading.kind) {
    case ReadingKind::number: {
      auto const scaled = scale(reading, row, decimals_a);
      return kmp_write_number(writer, {scaled.value, scaled.exponent + exponent_shift}, row.kmp.bytes);
    }
    case ReadingKind::stamp:
      writer.u8(kmp_rtc_size);
      writer.u8(0);
      return kmp_write_rtc(writer, reading.stamp);
    case ReadingKind::octets:
      write_octets(writer, reading);
      return {};
  }
  return {};
}

}  // namespace

Result<void> kmp_write_number(ByteWriter& writer, KmpNumber number, std::uint8_t width) {
  bool const negative = number.mantissa < 0;
  // Negated as unsigned, so that the most negative number has a magnitude too.
  auto const bits = static_cast<std::uint64_t>(number.mantissa);
  auto magnitude = negative ? 0 - bits : bits;
  while (!fits(magnitude, width)) {
    magnitude /= 10;
    ++number.exponent;
  }
  auto const amount = number.exponent < 0 ? -number.exponent : number.exponent;
  if (amount > kmp_exponent_max) {
    return fail(ErrorCode::out_of_range, number.exponent);
  }
  auto const sign = negative && magnitude != 0 ? 0x80 : 0;
  writer.u8(width);
  writer.u8(static_cast<std::uint8_t>(sign | (number.exponent < 0 ? 0x40 : 0) | amount));
  constexpr std::uint8_t integer_size = sizeof magnitude;
  for (auto leading = width; leading > integer_size; --leading) {
    writer.u8(0);
  }
  writer.big_endian(magnitude, std::min(width, integer_size));
  return {};
}

Result<KmpNumber> kmp_number(std::uint8_t sign_exponent, ByteSpan magnitude) {
  constexpr std::uint64_t mantissa_max = 0x7FFF'FFFF'FFFF'FFFF;
  std::uint64_t value = 0;
  for (auto const octet : magnitude) {
    if (value > mantissa_max >> 8) {
      return fail(ErrorCode::too_long, static_cast<std::int64_t>(magnitude.size()));
    }
    value = value << 8 | octet;
  }
  auto const decoded = kmp_sign_exponent(sign_exponent);
  auto const mantissa = static_cast<std::int64_t>(value);
  return KmpNumber{decoded.negative ? -mantissa : mantissa, decoded.exponent};
}

Result<void> kmp_write_rtc(ByteWriter& writer, RtcStamp const& stamp) {
  auto const& time = stamp.normal_time;
  if (time.year < century || time.year >= century + 100) {
    return fail(ErrorCode::out_of_range, time.year);
  }
  auto const flags = (stamp.summer_time ? rtc_summer_time : 0) | (stamp.valid ? rtc_valid : 0) |
                     (stamp.restored ? rtc_restored : 0);
  writer.u8(static_cast<std::uint8_t>(flags));
  writer.u8(stamp.weekday);
  writer.u8(time.second);
  writer.u8(time.minute);
  writer.u8(time.hour);
  writer.u8(time.day);
  writer.u8(time.month);
  writer.u8(static_cast<std::uint8_t>(time.year - century));
  return {};
}

Result<RtcStamp> kmp_rtc(ByteSpan octets) {
  if (octets.size() != kmp_rtc_size) {
    return fail(ErrorCode::bad_length, static_cast<std::int64_t>(octets.size()));
  }
  constexpr std::uint8_t year_max = 99;
  constexpr std::uint8_t weekday_max = 7;
  RtcStamp stamp;
  stamp.summer_time = (octets[0] & rtc_summer_time) != 0;
  stamp.valid = (octets[0] & rtc_valid) != 0;
  stamp.restored = (octets[0] & rtc_restored) != 0;
  stamp.weekday = octets[1];
  stamp.normal_time = {century + octets[7], octets[6], octets[5], octets[4], octets[3], octets[2]};
  if (stamp.weekday < 1 || stamp.weekday > weekday_max) {
    return fail(ErrorCode::bad_field, 1);
  }
  if (octets[7] > year_max || !is_valid(stamp.normal_time)) {
    return fail(ErrorCode::bad_field, 2);
  }
  return stamp;
}

Result<KmpDateTime> kmp_date_time(CivilTime const& civil) {
  if (!is_valid(civil) || civil.year < century || civil.year >= century + 100) {
    return fail(ErrorCode::out_of_range, civil.year);
  }
  auto const yy = static_cast<std::uint32_t>(civil.year - century);
  return KmpDateTime{yy * 10000 + civil.month * 100U + civil.day,
                     civil.hour * 10000U + civil.minute * 100U + civil.second};
}

Result<CivilTime> kmp_civil_time(KmpDateTime const& encoded) {
  constexpr std::uint32_t date_max = 991231;
  constexpr std::uint32_t time_max = 235959;
  if (encoded.date > date_max) {
    return fail(ErrorCode::out_of_range, encoded.date);
  }
  if (encoded.time > time_max) {
    return fail(ErrorCode::out_of_range, encoded.time);
  }
  auto const two_digits = [](std::uint32_t number, std::uint32_t unit) {
    return static_cast<std::uint8_t>(number / unit % 100);
  };
  CivilTime const civil{
      century + two_digits(encoded.date, 10000), two_digits(encoded.date, 100), two_digits(encoded.date, 1),
      two_digits(encoded.time, 10000),           two_digits(encoded.time, 100), two_digits(encoded.time, 1)};
  if (!is_valid(civil)) {
    return fail(ErrorCode::out_of_range, encoded.date);
  }
  return civil;
}

Result<void> kmp_write_register(ByteWriter& writer, RegisterDef const& row, Reading const& reading,
                                std::uint8_t decimals_a) {
  if (row.kmp.bytes == 0) {
    return fail(ErrorCode::unknown_register, row.kmp.id);
  }
  // Written aside first: what fails half way must leave no trace in the answer.
  std::array<std::uint8_t, register_size_max> octets{};
  ByteWriter aside{octets};
  auto const unit = kmp_unit(reading.unit, row.prefix);
  aside.u16(row.kmp.id);
  aside.u8(unit.code);
  auto const value = write_value(aside, row, reading, decimals_a, unit.exponent_shift);
  if (!value) {
    return value;
  }
  writer.append(aside.written());
  if (writer.failed()) {
    return fail(ErrorCode::too_long, row.kmp.id);
  }
  return {};
}

Result<KmpField> kmp_read_field(ByteReader& reader) {
  auto const begin = reader.offset();
  KmpField field;
  field.id = reader.u16();
  field.unit = reader.u8();
  auto const width = reader.u8();
  field.sign_exponent = reader.u8();
  field.octets = reader.take(width);
  if (reader.failed()) {
    return fail(ErrorCode::truncated, static_cast<std::int64_t>(begin));
  }
  return field;
}

namespace {

/// mantissa * 10^exponent units in native steps. @errors out_of_range
Result<std::int64_t> native_of(KmpNumber number, Unit unit) {
  constexpr std::int64_t mantissa_max = 1'000'000'000'000;  // times 3.6e6 it stays within 63 bits
  constexpr std::int64_t native_max = 0x7FFF'FFFF'FFFF'FFFF;
  if (number.mantissa > mantissa_max || number.mantissa < -mantissa_max) {
    return fail(ErrorCode::out_of_range, number.mantissa);
  }
  auto native = number.mantissa * native_per_unit(unit);
  for (; number.exponent < 0 && native != 0; ++number.exponent) {
    if (native % 10 != 0) {
      return fail(ErrorCode::out_of_range, number.mantissa);
    }
    native /= 10;
  }
  for (; number.exponent > 0 && native != 0; --number.exponent) {
    if (native > native_max / 10 || native < -native_max / 10) {
      return fail(ErrorCode::out_of_range, number.mantissa);
    }
    native *= 10;
  }
  return native;
}

Result<Reading> octets_of(KmpField const& field, Reading const& now) {
  Reading reading;
  reading.kind = ReadingKind::octets;
  reading.unit = now.unit;
  if (field.octets.size() > reading.octet_data.size()) {
    return fail(ErrorCode::too_long, static_cast<std::int64_t>(reading.octet_data.size()));
  }
  std::copy(field.octets.begin(), field.octets.end(), reading.octet_data.begin());
  reading.octet_count = static_cast<std::uint8_t>(field.octets.size());
  if (now.unit == Unit::text) {
    std::reverse(reading.octet_data.begin(), reading.octet_data.begin() + reading.octet_count);
  }
  return reading;
}

}  // namespace

Result<Reading> kmp_reading(KmpField const& field, RegisterDef const& row, Reading const& now) {
  auto const unit = kmp_unit(now.unit, row.prefix);
  if (field.unit != unit.code || now.kind == ReadingKind::stamp) {
    return fail(ErrorCode::bad_field, field.unit);
  }
  if (now.kind == ReadingKind::octets) {
    return octets_of(field, now);
  }
  return kmp_number(field.sign_exponent, field.octets).and_then([&](KmpNumber number) {
    number.exponent += row.prefix - unit.exponent_shift;
    return native_of(number, now.unit).map([&](std::int64_t native) {
      return Reading::number(now.unit, native);
    });
  });
}

}  // namespace blondel

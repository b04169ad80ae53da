#pragma once
/// KMP's values: number of bytes, sign and exponent, integer; clock stamps; text; registers. Role-free.

#include <cstddef>
#include <cstdint>

#include <blondel/base/bytes.hpp>
#include <blondel/base/result.hpp>
#include <blondel/meter/reading.hpp>
#include <blondel/meter/register_def.hpp>

namespace blondel {

/// mantissa * 10^exponent, exact.
struct KmpNumber {
  std::int64_t mantissa{};
  int exponent{};
  friend constexpr bool operator==(KmpNumber const&, KmpNumber const&) = default;
};

/// The largest exponent that six bits hold. @source device.md K2
inline constexpr int kmp_exponent_max = 63;
inline constexpr std::size_t kmp_rtc_size = 8;
/// Registers of one request. @source device.md K4
inline constexpr std::size_t kmp_registers_max = 8;

/// The octet of sign and exponent: bit 7 negative, bit 6 negative exponent, bits 0-5 its amount.
/// @source device.md K2
struct KmpSignExponent {
  bool negative{};
  int exponent{};
};
[[nodiscard]] constexpr KmpSignExponent kmp_sign_exponent(std::uint8_t octet) {
  int const amount = octet & 0x3F;
  return {(octet & 0x80) != 0, (octet & 0x40) != 0 ? -amount : amount};
}

/// Writes NoB, SiEx and the integer, most significant octet first.
/// A magnitude wider than `width` loses decimal digits, truncated towards zero, and its exponent rises by as
/// many: the value stays true to its first digits; it neither wraps nor saturates. Zero is never negative.
/// @param width octets of the integer, 1 to 255
/// @errors out_of_range when the exponent leaves -63 .. 63
/// @source device.md K2; what happens beyond the width is inferred
[[nodiscard]] Result<void> kmp_write_number(ByteWriter& writer, KmpNumber number, std::uint8_t width);

/// The number that SiEx and the integer's octets stand for.
/// @errors too_long when the magnitude needs more than 63 bits (detail = its octets)
[[nodiscard]] Result<KmpNumber> kmp_number(std::uint8_t sign_exponent, ByteSpan magnitude);

/// Eight octets: flags, weekday, ss, mm, hh, DD, MM, YY. @errors out_of_range for years outside 2000-2099
/// @source device.md K2, unit 53
[[nodiscard]] Result<void> kmp_write_rtc(ByteWriter& writer, RtcStamp const& stamp);
/// @errors bad_length, bad_field (no such date, time or weekday)
[[nodiscard]] Result<RtcStamp> kmp_rtc(ByteSpan octets);

/// yymmdd and hhmmss as decimal numbers, as SetClock and registers 1002 and 1003 carry them.
struct KmpDateTime {
  std::uint32_t date{};
  std::uint32_t time{};
};
/// @errors out_of_range for years outside 2000-2099 and moments that no calendar has
[[nodiscard]] Result<KmpDateTime> kmp_date_time(CivilTime const& civil);
/// @errors out_of_range: YY 0-99, MM 1-12, DD by month and leap year, 0-23, 0-59, 0-59
/// @source device.md K4, SetClock
[[nodiscard]] Result<CivilTime> kmp_civil_time(KmpDateTime const& encoded);

/// Writes RID, unit, NoB, SiEx and value of one row, or nothing when it fails.
/// Numbers are scaled to the row's resolution; text goes last character first; other octets as they stand.
/// @param decimals_a digit A of configuration 1
/// @errors unknown_register (row not offered on KMP), out_of_range, too_long (does not fit the writer)
/// @source device.md K2, K7
[[nodiscard]] Result<void> kmp_write_register(ByteWriter& writer, RegisterDef const& row,
                                              Reading const& reading, std::uint8_t decimals_a);

/// One register of an answer; `octets` borrows from the answer.
struct KmpField {
  std::uint16_t id{};
  std::uint8_t unit{};
  std::uint8_t sign_exponent{};
  ByteSpan octets;
};
/// Reads one register. @errors truncated (detail = offset in the reader's span)
[[nodiscard]] Result<KmpField> kmp_read_field(ByteReader& reader);

/// What a field says of a row, exact. The unit has to be that of the row: no conversion, inferred.
/// @param now what the row reads now: kind and unit of what it takes
/// @errors bad_field (another unit, or a stamp; detail = the field's unit), out_of_range (no whole native
/// step, or beyond 63 bits), too_long (octets)
[[nodiscard]] Result<Reading> kmp_reading(KmpField const& field, RegisterDef const& row, Reading const& now);

}  // namespace blondel

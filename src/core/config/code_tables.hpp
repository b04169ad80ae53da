#pragma once
/// The data sheet's code tables. @source device.md 1 and 3 (S-EN unless marked there)

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace blondel {

/// One field of a number: where it stands, how it is called, which codes exist.
struct CodeField {
  std::string_view letters;  ///< "X3", "CCC"
  std::uint8_t position{};   ///< of its first digit
  std::uint8_t digits{};
  std::string_view allowed;  ///< for people; also the list the parser uses, see code_allowed
  /// What the sheets list themselves, where that is less; empty = the whole. @source device.md 2: accept all
  std::string_view english{};
  std::string_view russian{};
};

/// Part of a text; unlike substr it cannot throw, which the firmware must not. @param position, count inside
/// it
[[nodiscard]] constexpr std::string_view slice(std::string_view text, std::size_t position,
                                               std::size_t count) {
  return {text.data() + position, count};
}

inline constexpr std::array<CodeField, 8> type_fields{{
    {"X1", 3, 1, "2-4"},
    {"X2", 4, 1, "5"},
    {"X3", 5, 1, "1,5,B,C", {}, "1,5"},
    {"X4", 6, 1, "C"},
    {"X5", 7, 1, "1-4"},
    {"X6", 8, 1, "2,5"},
    {"X7", 9, 1, "3"},
    {"X8X9X10",
     10,
     3,
     "010,025,031,036,040,045,049,050,055,059,061,063,064,065,067,070,078,080,084,090,110,120,151",
     {},
     "010"},
}};

inline constexpr std::array<CodeField, 5> config_1_fields{{
    {"A", 0, 1, "1-3"},
    {"B", 1, 1, "1-2"},
    {"CCC", 2, 3, "000,001,008,018,040,053,055,058,061,064,068,069,071,072,075",
     "000,001,008,018,040,053,055,058,064,068,069,071,072,075", "000,040,053,058,061,064,068,069,071,072"},
    {"DD", 5, 2, "00-23,26-28", {}, "00,03-06,16,17"},
    {"E", 7, 1, "1-4"},
}};
inline constexpr std::array<CodeField, 4> config_2_fields{{
    {"FFF", 0, 3, "000-999"},
    {"GG", 3, 2, "00-28"},
    {"HH", 5, 2, "00-24", {}, "00,01,13-24"},
    {"I", 7, 1, "1-4"},
}};
inline constexpr std::array<CodeField, 5> config_3_fields{{
    {"JJ", 0, 2, "00"},
    {"K", 2, 1, "0"},
    {"LL", 3, 2, "00-23"},
    {"M", 5, 1, "0-1"},
    {"NN", 6, 2, "00-03"},
}};
inline constexpr std::array<CodeField, 3> config_4_fields{{
    {"OOO", 0, 3, "000-999"},
    {"PPP", 3, 3, "000-001"},
    {"QQ", 6, 2, "01-02"},
}};
inline constexpr std::array<CodeField, 4> config_5_fields{{
    {"RRR", 0, 3, "000,318,319,327,328,339,348,349,359,369", {}, "000,319"},
    {"SSS", 3, 3, "001-010,020,040,060,080,100,200,300,400,500,600"},
    {"T", 6, 1, "1-2"},
    {"U", 7, 1, "1-3"},
}};

}  // namespace blondel

#pragma once
/// Text on its way into XML or HTML.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace blondel {

/// Text that may stand between tags and inside quoted attributes. Octets that are no UTF-8, and characters
/// XML cannot hold, become U+FFFD.
/// @source XML 1.0, 2.2 (characters) and 2.4 (escapes)
[[nodiscard]] std::string escaped(std::string_view text);

/// How many characters a text has: code points, an octet that is no UTF-8 counts as one.
[[nodiscard]] std::size_t character_count(std::string_view text);

/// The text in lines of at most `limit` characters, broken at spaces; a longer word is broken where it must
/// be. No text, no lines.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t limit);

/// The text, or its beginning and "..." when it has more than `limit` characters.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t limit);

/// A number's text with a true minus sign (U+2212), for people; programs read a hyphen.
[[nodiscard]] std::string typeset(std::string_view number);

/// A number with at most three digits that count, for people: "2.31", "1230", "0.0662".
[[nodiscard]] std::string rough_text(double value);

/// The shortest decimal text that reads back as the same number, never an exponent or a locale.
[[nodiscard]] std::string number_text(double value);

}  // namespace blondel

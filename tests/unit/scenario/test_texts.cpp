#include <catch2/catch.hpp>

#include <scenario/texts.hpp>

using namespace blondel;

TEST_CASE("quoted text: letters stay, what is no UTF-8 and what steers a terminal is spelt out") {
  CHECK(quoted_text("gr\xC3\xB6\xC3\x9F"
                    "er 3 \xE2\x82\xAC") ==
        "\"gr\xC3\xB6\xC3\x9F"
        "er 3 \xE2\x82\xAC\"");
  CHECK(quoted_text("a\x1b[2J\x7f") == "\"a\\x1b[2J\\x7f\"");
  CHECK(quoted_text("\xFF\xC3(\x80") == "\"\\xff\\xc3(\\x80\"");
  CHECK(quoted_text("\xE2\x82") == "\"\\xe2\\x82\"");  // cut off
  CHECK(quoted_text("\xC0\xAF") == "\"\\xc0\\xaf\"");  // longer than it need be
  CHECK(quoted_text("12345", 3) == "\"123...\"");
  CHECK(quoted_text("12\xC3\xB6"
                    "5",
                    3) == "\"12\xC3\xB6...\"");  // no half character
}

#include <report/markup.hpp>

#include <catch2/catch.hpp>

using namespace blondel;

TEST_CASE("report: text is escaped for tags and quoted attributes") {
  CHECK(escaped("a<b & \"c\" > 'd'") == "a&lt;b &amp; &quot;c&quot; &gt; &#39;d&#39;");
}

TEST_CASE("report: octets that XML cannot hold become the replacement character") {
  struct Row {
    char const* name;
    std::string text;
    std::string expected;
  };
  // The octet sequences are written by hand after RFC 3629, section 3, and XML 1.0, 2.2.
  Row const rows[] = {
      {"degree sign stays", "\xC2\xB0", "\xC2\xB0"},
      {"four octets stay", "\xF0\x9F\x94\x8C", "\xF0\x9F\x94\x8C"},
      {"lone first octet", "\xC2", "&#65533;"},
      {"lone continuation", "\x80", "&#65533;"},
      {"cut in the middle", "\xE2\x82 ", "&#65533;&#65533; "},
      {"overlong", "\xE0\x80\xBC", "&#65533;"},
      {"surrogate", "\xED\xA0\x80", "&#65533;"},
      {"noncharacter", "\xEF\xBF\xBF", "&#65533;"},
      {"control", "\x01", "&#65533;"},
      {"zero", std::string(1, '\0'), "&#65533;"},
  };
  for (auto const& row : rows) {
    INFO(row.name);
    CHECK(escaped(row.text) == row.expected);
  }
}

TEST_CASE("report: a text is wrapped at spaces and long words are broken") {
  CHECK(wrapped("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(wrapped("abcdefgh ij", 3) == std::vector<std::string>{"abc", "def", "gh", "ij"});
  CHECK(wrapped("  ", 3).empty());
}

TEST_CASE("report: characters are counted, not octets") {
  CHECK(character_count("23 \xC2\xB0"
                        "C") == 5);
  CHECK(shortened("\xC2\xB0\xC2\xB0\xC2\xB0\xC2\xB0\xC2\xB0", 4) == "\xC2\xB0...");
  CHECK(shortened("abcd", 4) == "abcd");
}

TEST_CASE("report: a number is the shortest text that reads back as the same") {
  CHECK(number_text(0.05) == "0.05");
  CHECK(number_text(100000.0) == "100000");
  CHECK(number_text(1e-7) == "0.0000001");
  CHECK(number_text(-0.0) == "0");
}

TEST_CASE("report: a rough number has three digits that count and a true minus sign") {
  CHECK(rough_text(1234.0) == "1230");
  CHECK(rough_text(2.3149) == "2.31");
  CHECK(rough_text(-0.066249) ==
        "\xE2\x88\x92"
        "0.0662");
  CHECK(rough_text(0.0) == "0");
}

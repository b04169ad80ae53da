#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <vector>

#include <report/glass.hpp>

#include "unit/report/xml_scanner.hpp"

namespace blondel {
namespace {

/// How often a piece stands in a text.
std::size_t count_of(std::string const& text, std::string const& piece) {
  std::size_t count = 0;
  for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) {
    ++count;
  }
  return count;
}

constexpr std::array<std::uint16_t, 9> clear_value{};
constexpr std::array<std::uint16_t, 7> clear_id{};
constexpr std::array<std::uint16_t, 9> clear_text{};

GlassSegments clear_glass() {
  GlassSegments glass;
  glass.value = clear_value;
  glass.id = clear_id;
  glass.text = clear_text;
  return glass;
}

}  // namespace

TEST_CASE("glass: segments that are off are drawn faintly, those that are on dark") {
  // Off: 9 x (7 + 2) of the value, 7 x (7 + 1) of the id, 9 x 14 of the text, 10 units, 4 quadrants; L1 to
  // L3: 3 + 2, 3 + 5, 3 + 5 segments and six arrows; T1 to T4: 3 + 2, 3 + 5, 3 + 5, 3 + 4; two parts of the
  // exclamation mark: 81 + 56 + 126 + 10 + 4 + 21 + 6 + 28 + 2 = 334.
  auto glass = clear_glass();
  auto const off = glass_svg(glass, "off");
  CHECK(count_of(off, "fill-opacity=\"0.05\"") == 334);
  auto value = clear_value;
  value[8] = 0x06;  // a one
  glass.value = value;
  glass.voltages = 0b100;  // L3: three segments and five
  glass.error = true;
  CHECK(count_of(glass_svg(glass, "on"), "fill-opacity=\"0.05\"") == 334 - 2 - 8 - 2);
}

TEST_CASE("glass: the drawing is well-formed XML that names what it shows") {
  auto const svg = glass_svg(clear_glass(), "1.8.0 A+ L1> & more");
  auto const document = xml::scan(svg);
  CHECK(document.fault.empty());
  CHECK(xml::texts(document, "title") == std::vector<std::string>{"1.8.0 A+ L1> & more"});
}

}  // namespace blondel

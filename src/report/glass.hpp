#pragma once
/// The meter's glass as a drawing in millimetres.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace blondel {

/// Which segments are dark. Cells: bits 0 to 6 are segments a to g, 7 the point, 8 the dot above it; of
/// fourteen segments bits 0 to 13, the middle in two halves g and h, then clockwise from the top i to n.
struct GlassSegments {
  std::span<std::uint16_t const> value;
  std::span<std::uint16_t const> id;
  std::span<std::uint16_t const> text;
  unsigned units{};  ///< bits in the order k W var VA V A h Hz m3 L
  unsigned quadrants{}, tariffs{}, voltages{}, imports{}, exports{};
  bool error{};
};

/// The glass at the sheet's sizes: digits of 7 mm in the value field, 5 mm in the id, text and tariff fields,
/// 3 mm at the phases and the quadrants. Segments that are off are there, faintly, as on a real glass.
/// @source data sheet, technical data, "Display"; places of the fields inferred
[[nodiscard]] std::string glass_svg(GlassSegments const& glass, std::string_view name);

}  // namespace blondel

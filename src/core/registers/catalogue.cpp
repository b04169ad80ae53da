#include <algorithm>
#include <array>

#include <blondel/meter/register_def.hpp>

#include "core/registers/demand_view.hpp"
#include "core/registers/io_view.hpp"
#include "core/registers/meter_view.hpp"
#include "core/registers/tariff_view.hpp"

namespace blondel {
namespace {

constexpr std::array<RegisterDef, register_count> table{{
#define REGISTER(row, ...) RegisterDef{.id = RegisterId::row, .name = #row, __VA_ARGS__},
#include <blondel/meter/register_rows.inc>
#undef REGISTER
}};

/// Two rows may share a display id only when one of them says so by leaving it empty; KMP ids never repeat.
constexpr bool rows_are_distinct() {
  for (std::size_t a = 0; a < table.size(); ++a) {
    if (table[a].source.empty() || table[a].title.empty() || table[a].read == nullptr) {
      return false;
    }
    for (std::size_t b = a + 1; b < table.size(); ++b) {
      bool const same_kmp =
          table[a].kmp.bytes != 0 && table[a].kmp.id == table[b].kmp.id && table[b].kmp.bytes != 0;
      bool const same_obis = table[a].obis != ObisCode{} && table[a].obis == table[b].obis;
      bool const same_short = !table[a].short_obis.empty() && table[a].short_obis == table[b].short_obis;
      if (same_kmp || same_obis || same_short) {
        return false;
      }
    }
  }
  return true;
}
static_assert(rows_are_distinct(), "every row has a source, a title, a reader and ids of its own");

struct KmpIndexEntry {
  std::uint16_t kmp_id{};
  std::uint16_t row{};
};

constexpr auto make_kmp_index() {
  std::array<KmpIndexEntry, register_count> index{};
  for (std::uint16_t row = 0; row < register_count; ++row) {
    index[row] = {table[row].kmp.id, row};
  }
  std::sort(index.begin(), index.end(), [](KmpIndexEntry const& a, KmpIndexEntry const& b) {
    return a.kmp_id != b.kmp_id ? a.kmp_id < b.kmp_id : a.row < b.row;
  });
  return index;
}
constexpr auto kmp_index = make_kmp_index();

}  // namespace

std::span<RegisterDef const> catalogue() {
  return table;
}

RegisterDef const& definition(RegisterId id) {
  return table[static_cast<std::size_t>(id)];
}

RegisterDef const* find_by_kmp(std::uint16_t kmp_id) {
  auto const* const found =
      std::lower_bound(kmp_index.begin(), kmp_index.end(), kmp_id,
                       [](KmpIndexEntry const& entry, std::uint16_t id) { return entry.kmp_id < id; });
  if (found == kmp_index.end() || found->kmp_id != kmp_id || table[found->row].kmp.bytes == 0) {
    return nullptr;
  }
  return &table[found->row];
}

RegisterDef const* find_by_short_obis(std::string_view text) {
  auto const* const found = std::find_if(table.begin(), table.end(), [&](RegisterDef const& row) {
    return !text.empty() && row.short_obis == text;
  });
  return found == table.end() ? nullptr : found;
}

RegisterDef const* find_by_name(std::string_view name) {
  auto const* const found =
      std::find_if(table.begin(), table.end(), [&](RegisterDef const& row) { return row.name == name; });
  return found == table.end() ? nullptr : found;
}

bool is_present(RegisterDef const& row, EnergyType energy) {
  switch (energy) {
    case EnergyType::a_plus:
      return row.presence.a_plus;
    case EnergyType::a_plus_minus:
      return row.presence.a_plus_minus;
    case EnergyType::a_plus_r_plus:
      return row.presence.a_plus_r_plus;
    case EnergyType::four_quadrant:
      return row.presence.four_quadrant;
  }
  return false;
}

}  // namespace blondel

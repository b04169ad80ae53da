#include <algorithm>
#include <array>

#include <blondel/meter/register_def.hpp>

#include "core/config/change_log.hpp"
#include "core/display/segments.hpp"
#include "core/registers/demand_view.hpp"
#include "core/registers/event_view.hpp"
#include "core/registers/io_view.hpp"
#include "core/registers/meter_view.hpp"
#include "core/registers/ratio_view.hpp"
#include "core/registers/register_writes.hpp"
#include "core/registers/setup_view.hpp"
#include "core/registers/tariff_view.hpp"

namespace blondel {
namespace {

constexpr std::array<RegisterDef, register_count> table{{
#define REGISTER(row, ...) RegisterDef{.id = RegisterId::row, .name = #row, __VA_ARGS__},
#include <blondel/meter/register_rows.inc>
#undef REGISTER
}};

constexpr std::uint64_t key_of(ObisCode const& obis) {
  std::uint64_t key = 0;
  for (auto const octet : obis) {
    key = key << 8 | octet;
  }
  return key;
}

/// Ids of the display have at most seven characters.
constexpr std::uint64_t key_of(std::string_view short_obis) {
  std::uint64_t key = 0;
  for (auto const character : short_obis) {
    key = key << 8 | static_cast<std::uint8_t>(character);
  }
  return key;
}

/// No two rows have the same key; 0 means "none".
template<class Key>
constexpr bool are_distinct(Key key) {
  std::array<std::uint64_t, register_count> keys{};
  for (std::size_t n = 0; n < table.size(); ++n) {
    keys[n] = key(table[n]);
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t n = 1; n < keys.size(); ++n) {
    if (keys[n] != 0 && keys[n] == keys[n - 1]) {
      return false;
    }
  }
  return true;
}

constexpr bool rows_are_whole() {
  for (auto const& row : table) {
    if (row.source.empty() || row.title.empty() || row.read == nullptr || row.short_obis.size() > 7) {
      return false;
    }
  }
  return true;
}

static_assert(rows_are_whole(),
              "every row has a source, a title, a reader and an id that the display has room for");
static_assert(are_distinct([](RegisterDef const& row) { return key_of(row.obis); }));
static_assert(are_distinct([](RegisterDef const& row) { return key_of(row.short_obis); }));
static_assert(are_distinct([](RegisterDef const& row) {
  return row.kmp.bytes == 0 ? std::uint64_t{0} : std::uint64_t{row.kmp.id};
}));

/// Tags and ids stand in nine cells of fourteen segments and seven digits.
constexpr bool labels_fit() {
  return std::all_of(table.begin(), table.end(), [](RegisterDef const& row) {
    return row.glass.tag.size() <= DisplayFrame{}.text.size() &&
           can_show(fourteen_segment_glyphs, row.glass.tag) && id_digits(row.glass.id) <= id_cells &&
           id_digits(row.short_obis) <= id_cells;
  });
}
static_assert(labels_fit(), "the glass can show every tag and id");

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

constexpr bool is_configuration(RegisterDef const& row) {
  return (row.write.apply != nullptr && row.write.is_configuration) || row.id == RegisterId::configuration_1 ||
         row.id == RegisterId::configuration_2 || row.id == RegisterId::configuration_3 ||
         row.id == RegisterId::configuration_4 || row.id == RegisterId::configuration_5;
}

struct ConfigurationRows {
  std::array<RegisterId, configuration_rows_max> row{};
  std::size_t count{};
};

constexpr ConfigurationRows gather_configuration_rows() {
  ConfigurationRows rows;
  for (auto const& row : table) {
    if (is_configuration(row)) {
      rows.row[rows.count++] = row.id;  // one too many is no constant expression
    }
  }
  return rows;
}
constexpr auto all_configuration_rows = gather_configuration_rows();

/// A log says by its KMP number what was changed, and people are told what is allowed.
constexpr bool writes_are_whole() {
  return std::all_of(table.begin(), table.end(), [](RegisterDef const& row) {
    return (row.write.apply == nullptr || row.kmp.bytes != 0) &&
           (row.write.apply == nullptr) == row.write.allowed.empty();
  });
}
static_assert(writes_are_whole());

}  // namespace

std::span<RegisterId const> configuration_rows() {
  return std::span{all_configuration_rows.row}.first(all_configuration_rows.count);
}

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

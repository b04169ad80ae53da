#pragma once
/// Tariff control tables: models/tariff/OOO.json, or a scenario's own.

#include <cstdint>
#include <filesystem>
#include <string>

#include <blondel/meter/tariff_table.hpp>
#include <scenario/document.hpp>

namespace blondel {

/// A table with the name of its file.
struct NamedTariffTable {
  std::string name;
  TariffTable table;
};

/// Reads a table. @param code digits OOO it is for @param models folder in which calendars are found
/// @errors invalid: a switch out of order, an unknown day type, seasons that overlap or leave a day out, no
///         such date, the same date twice, an unknown calendar; the message names the place and what is
///         allowed
[[nodiscard]] ScenarioResult<TariffTable> load_tariff_table(Node const& table, std::uint16_t code,
                                                            std::filesystem::path const& models);

/// Reads a file of models/tariff. @errors as above; invalid when its name is not the file's
[[nodiscard]] ScenarioResult<NamedTariffTable> load_tariff_model(std::filesystem::path const& file);

}  // namespace blondel

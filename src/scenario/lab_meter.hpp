#pragma once
/// The laboratory's meters: from a type number and the models folder to a meter for the bench.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include <blondel/frontend/lot.hpp>
#include <scenario/models.hpp>
#include <twin/twin.hpp>

namespace blondel {

/// What a laboratory report says of itself.
struct LabIdentity {
  std::string type_number;
  std::string model;
  DataSheet data_sheet{};  ///< edition the model follows
  std::string version;
  std::uint64_t seed{};
  bool ideal_bench{};
};

/// "68535CC453010, model k351c_four_wire_class_c": the meter, its model by the name of the file.
[[nodiscard]] std::string meter_text(LabIdentity const& identity);
/// "English data sheet, blondel 0.1.0, seed 1, ideal bench": what the meters of one result have in common.
[[nodiscard]] std::string making_text(LabIdentity const& identity);

/// A meter before it is built.
struct LabMeter {
  TwinConfig twin;
  std::optional<LotSpread> lot;  ///< none: the model does not say how its meters differ
  std::optional<ScenarioError> lot_fault;
  LabIdentity identity;  ///< but for the version and the bench
};

/// A meter of a type number from the models folder, with 5/5 A, for the bench.
/// @param data_sheet edition whose model is taken
/// @errors invalid: a digit that is not allowed, no model of that edition
[[nodiscard]] ScenarioResult<LabMeter> lab_meter(std::filesystem::path const& models,
                                                 std::string const& type_number, DataSheet data_sheet,
                                                 std::uint64_t seed);

}  // namespace blondel

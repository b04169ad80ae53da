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
  std::string version;
  std::uint64_t seed{};
  bool ideal_bench{};
};

/// "68535CC453010, model k351c_four_wire_class_c, blondel 0.1.0, seed 1, ideal bench"
[[nodiscard]] std::string text_of(LabIdentity const& identity);

/// A meter before it is built.
struct LabMeter {
  TwinConfig twin;
  std::optional<LotSpread> lot;  ///< none: the model does not say how its meters differ
  LabIdentity identity;          ///< but for the version and the bench
};

/// A meter of a type number from the models folder, with 5/5 A, for the bench.
/// @errors invalid: a digit that is not allowed, no model
[[nodiscard]] ScenarioResult<LabMeter> lab_meter(std::filesystem::path const& models,
                                                 std::string const& type_number, std::uint64_t seed);

}  // namespace blondel

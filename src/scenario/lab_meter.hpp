#pragma once
/// The laboratory's meters and reports: models in, files that people read out.

#include <filesystem>
#include <string>
#include <vector>

#include <lab/type_test.hpp>
#include <report/html.hpp>
#include <report/table.hpp>
#include <scenario/models.hpp>

namespace blondel {

/// What a laboratory report says of itself.
struct LabIdentity {
  std::string type_number;
  std::string model;
  std::string version;
  std::uint64_t seed{};
  bool ideal_bench{};
};

/// A meter of a type number from the models folder, with 5/5 A, for the bench.
/// @errors invalid: a digit that is not allowed, no model
[[nodiscard]] ScenarioResult<TwinConfig> lab_meter(std::filesystem::path const& models,
                                                   std::string const& type_number, std::uint64_t seed,
                                                   LabIdentity& identity);

/// Lines of a type test as a table for programs.
[[nodiscard]] DataTable type_test_table(std::vector<TestResult> const& results);
/// The report that a person reads.
[[nodiscard]] HtmlReport type_test_report(LabIdentity const& identity, TestPlan const& plan,
                                          std::vector<TestResult> const& results);

/// The load curves at cos 1 and cos 0.5 inductive with the limits of the class, I = Ist to 1.2 Imax.
[[nodiscard]] Chart load_curve(Bench& bench, TypeNumber const& type, LabIdentity const& identity);
/// Error over temperature, voltage or frequency at Itr and 20 Itr, at both angles.
enum class CurveQuantity : std::uint8_t { temperature, voltage, frequency };
[[nodiscard]] Chart influence_curve(Bench& bench, TypeNumber const& type, CurveQuantity quantity,
                                    LabIdentity const& identity);

}  // namespace blondel

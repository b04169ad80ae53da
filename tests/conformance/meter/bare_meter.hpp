#pragma once
/// A meter reduced to the part that a test is about, and expectations that the program itself judges.

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <string>

#include "conformance/meter/document.hpp"

namespace blondel::test {

using Values = std::map<std::string, std::string>;  ///< key of a model's front end to its value as JSON

/// Replaces the value of one parameter of a model; one that is not there fails the test.
inline void set_parameter(std::string& model, std::string const& key, std::string const& value) {
  auto const place = model.find('"' + key + "\": {\"value\": ");
  REQUIRE(place != model.npos);
  auto const from = model.find(": ", place + key.size() + 4) + 2;
  auto const to = model.find(", \"source\"", from);
  model.replace(from, to - from, value);
}

/// Runs the document with a meter that has no filter, noise, offset, coupling or clock error, and exact
/// dividers, but for what `values` gives it.
/// @param name of the model file in models/meter that the document's type number leads to
inline Outcome run_bare(Values const& values, Document const& document,
                        std::string const& name = "k351c_four_wire_class_c") {
  Folder const folder;
  std::filesystem::copy(BLONDEL_SOURCE_DIR "/models", folder.file("models"),
                        std::filesystem::copy_options::recursive);
  auto const file = "models/meter/" + name + ".json";
  auto model = folder.read(file);
  Values all{{"clock_error_ppm", "0"}, {"u_filter_tau_us", "0"},
             {"i_filter_tau_us", "0"}, {"u_noise_mv", "0"},
             {"i_noise_ua", "0"},      {"u_offset_mv", "0"},
             {"i_offset_ua", "0"},     {"ratio_error_percent", "0"},
             {"sinc3", "false"},       {"own_ppm", "0"},
             {"next_ppm", "0"},        {"after_ppm", "0"}};
  for (auto const& [key, value] : values) {
    all[key] = value;
  }
  for (auto const& [key, value] : all) {
    set_parameter(model, key, value);
  }
  folder.write(file, model);
  return run_in(folder, document, "--models '" + folder.file("models") + "'");
}

/// @param reg display id; @param value expected at the end of the run, or at another instant
inline std::string expected(std::string const& reg, std::string const& value, std::string const& tolerance,
                            std::string const& unit, std::string const& at_s = "\"end\"") {
  return R"({"register": ")" + reg + R"(", "at_s": )" + at_s + R"(, "value": )" + value +
         R"(, "tolerance": )" + tolerance + R"(, "unit": ")" + unit + "\"}";
}

/// Every expectation of the document was met.
inline void check_passed(Outcome const& outcome) {
  INFO(outcome.err);
  CHECK(outcome.exit_code == 0);
}

}  // namespace blondel::test

#pragma once
/// The permanent memory of a run, and what stops a meter, in words.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <blondel/base/result.hpp>
#include <blondel/base/time.hpp>
#include <blondel/meter/nv_store.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// "s.json: $.meter.nv: meter.image"
[[nodiscard]] std::string memory_place(Scenario const& scenario);

/// @param where what leads to the memory: a file and a place in it
[[nodiscard]] ScenarioError memory_error(std::string const& where, Error const& error);

/// Opens what "nv" names. @param is_branch of another run, whose image stays as it is: in RAM
/// @errors damaged, runtime
[[nodiscard]] ScenarioResult<std::unique_ptr<NvStore>> open_memory(Scenario const& scenario, bool is_branch);

/// A damaged memory keeps the meter down; one that refuses ends the run, unless an action wanted it.
[[nodiscard]] bool is_fatal(Error const& fault, bool is_wanted);

/// What the self-tests found that was not told yet. @param found, told SelfTestBit
[[nodiscard]] std::vector<std::string> new_self_test_texts(std::uint8_t found, std::uint8_t& told);

/// What stopped a meter for good, for a person. @param t when it was found
[[nodiscard]] ScenarioError fault_error(Scenario const& scenario, Error const& fault, SimTime t);

}  // namespace blondel

#pragma once
/// Parameters of model files, each an object of value, source and basis.

#include <array>
#include <optional>
#include <string_view>

#include <blondel/frontend/front_end_model.hpp>
#include <scenario/document.hpp>

namespace blondel {

struct ExternalCt;

/// What is wrong when a model is named differently from its file.
[[nodiscard]] std::optional<ScenarioError> wrong_name(Document const& document);
/// The value of a parameter. @units as its key says
[[nodiscard]] double parameter(Node const& parent, std::string_view key);
/// The value of a parameter that may differ between L1, L2, L3.
[[nodiscard]] std::array<double, 3> parameter_per_phase(Node const& parent, std::string_view key);
/// A coupling of the magnetisation to itself beyond what its curve bears: a limit that no schema can say.
[[nodiscard]] std::optional<ScenarioError> unstable_hysteresis(Node const& parent);
/// A whole model of an external transformer. @errors invalid: no clear ratio, unstable hysteresis
[[nodiscard]] ScenarioResult<ExternalCt> external_ct_of(Node const& root);
/// Everything of a current transformer but its turns. @param element 0, 1, 2 for parameters given per phase
[[nodiscard]] CtModel core_and_winding(Node const& parent, std::size_t element);

}  // namespace blondel

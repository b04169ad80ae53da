#pragma once
/// The lot of a model file: how meters of one production differ.

#include <optional>

#include <blondel/frontend/lot.hpp>
#include <scenario/document.hpp>

namespace blondel {

/// A lot replaces the RC of the file's own meter by that of the design: none can be drawn where the two
/// cannot be of one production.
[[nodiscard]] std::optional<ScenarioError> contradictory_filter(Node const& root);

/// @param lot the block of this name
[[nodiscard]] LotSpread lot_of(Node const& lot);

}  // namespace blondel

#pragma once
/// The lot of a model file: how meters of one production differ.

#include <blondel/frontend/lot.hpp>
#include <scenario/document.hpp>

namespace blondel {

/// @param lot the block of this name
[[nodiscard]] LotSpread lot_of(Node const& lot);

}  // namespace blondel

#pragma once
/// The spreads of a lot, for tests.

#include <blondel/frontend/lot.hpp>

namespace blondel::test {

/// The spreads of metrology.md 3.1 to 3.3.
inline LotSpread spread() {
  return {.permeability = 0.12,
          .low_field = 0.2,
          .winding = 0.03,
          .burden = 0.001,
          .burden_per_k = 12e-6,
          .loss = 0.1,
          .divider_ratio = 0.001,
          .divider_per_k = 10e-6,
          .filter_tau_s = 33e-6,
          .filter_mismatch = 0.04,
          .reference_per_k = 10e-6,
          .clock = 20e-6,
          .crosstalk_own = 1e-5,
          .crosstalk_other = 3e-6};
}

}  // namespace blondel::test

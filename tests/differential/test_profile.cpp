#include <catch2/catch.hpp>

#include "support/household_profile.hpp"

TEST_CASE("tiers: E4, an evening hour of three households gives the same registers in every tier", "[E4]") {
  blondel::test::check_alike(18 * 60, 60);
}

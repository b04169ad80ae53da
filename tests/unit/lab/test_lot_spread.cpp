#include <lab/lot.hpp>

#include <catch2/catch.hpp>

#include <cmath>

#include "unit/lab/lot_fixture.hpp"

namespace blondel {

using test::at;
using test::lot_of;

TEST_CASE("lot: spreads like the prototype's lot of 40") {
  // metrology.md 3.4. Its standard deviations, of 40 meters, are known to 1/sqrt(78) = 11 %, ours of 60
  // to 9 %: three times the root of both squares is 43 %.
  auto const lot = lot_of({.meters = 60, .seed = 5, .jobs = 2});
  CHECK(at(lot, 0.05, 1.0, 23.0).deviation == Approx(0.14).margin(0.43 * 0.14));
  CHECK(at(lot, 0.25, 1.0, 23.0).deviation == Approx(0.028).margin(0.43 * 0.028));
  CHECK(at(lot, 5.0, 1.0, 23.0).deviation == Approx(0.012).margin(0.43 * 0.012));
  // The worst of 40 lies between 1.5 and 4.0 of the root mean square in all but 3 of 1000 lots, on either
  // side.
  struct Worst {
    double current_a, factor, temperature_c, worst_pct;
  };
  for (auto const& prototype :
       {Worst{0.05, 1.0, 23, 0.34}, Worst{0.25, 1.0, 23, 0.066}, Worst{5.0, 1.0, 23, 0.037},
        Worst{0.05, 0.5, 23, 0.61}, Worst{0.25, 0.5, 23, 0.15}, Worst{5.0, 0.5, 23, 0.033},
        Worst{0.05, 1.0, -40, 0.67}, Worst{0.25, 1.0, -40, 0.48}, Worst{5.0, 1.0, -40, 0.43},
        Worst{0.05, 1.0, 70, 0.35}, Worst{0.25, 1.0, 70, 0.31}, Worst{5.0, 1.0, 70, 0.36}}) {
    auto const found = at(lot, prototype.current_a, prototype.factor, prototype.temperature_c);
    auto const rms = std::hypot(found.mean, found.deviation);
    INFO(prototype.current_a << " A, cos " << prototype.factor << ", " << prototype.temperature_c << " C");
    CHECK(prototype.worst_pct > 1.5 * rms);
    CHECK(prototype.worst_pct < 4.0 * rms);
  }
  for (auto const& member : lot.members) {
    CHECK(member.accepted);
  }
}

}  // namespace blondel

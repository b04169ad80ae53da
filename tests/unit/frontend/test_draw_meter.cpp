#include <blondel/frontend/lot.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include "support/lot_spread.hpp"

namespace blondel {
namespace {

using test::spread;

struct Moments {
  double mean{};
  double deviation{};
};

template<class Value>
Moments moments(std::uint64_t seed, Value value) {
  constexpr std::uint64_t meters = 2000;
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint64_t n = 0; n < meters; ++n) {
    auto const x = value(draw_meter(FrontEndModel{}, spread(), seed, n));
    sum += x;
    squares += x * x;
  }
  auto const mean = sum / meters;
  return {mean, std::sqrt(squares / meters - mean * mean)};
}

}  // namespace

TEST_CASE("lot: parts scatter around the design's value as the spread says") {
  // 2000 meters: the mean is known to sigma / 45, the deviation to 1/63; four times that is allowed.
  struct Part {
    char const* name;
    double (*value)(FrontEndModel const&);
    double centre;
    double sigma;
  };
  auto const part = GENERATE(
      Part{"permeability", [](FrontEndModel const& m) { return m.internal_ct[1].initial_permeability; },
           60000, 7200},
      Part{"low-field rise", [](FrontEndModel const& m) { return m.internal_ct[0].low_field_rise; }, 0.35,
           0.07},
      Part{"low-field flux", [](FrontEndModel const& m) { return m.internal_ct[0].low_field_b_t; }, 2e-3,
           4e-4},
      Part{"winding", [](FrontEndModel const& m) { return m.internal_ct[2].winding.value(); }, 90, 2.7},
      Part{"burden", [](FrontEndModel const& m) { return m.internal_ct[2].burden.value(); }, 50, 0.05},
      Part{"burden over temperature", [](FrontEndModel const& m) { return m.internal_ct[2].burden_per_k; },
           15e-6, 12e-6},
      Part{"core loss", [](FrontEndModel const& m) { return m.internal_ct[2].loss.value(); }, 300e3, 30e3},
      Part{"divider", [](FrontEndModel const& m) { return m.divider[1].ratio_error; }, 0, 1e-3},
      Part{"divider over temperature", [](FrontEndModel const& m) { return m.divider[0].per_k; }, 0, 10e-6},
      Part{"filter", [](FrontEndModel const& m) { return m.adc[1].i_filter_tau_s; }, 33e-6, 1.32e-6},
      Part{"reference", [](FrontEndModel const& m) { return m.adc[2].reference_per_k; }, 0, 10e-6},
      Part{"clock", [](FrontEndModel const& m) { return m.adc[0].clock_error; }, 0, 20e-6},
      Part{"own crosstalk", [](FrontEndModel const& m) { return m.crosstalk[1][1]; }, 0, 1e-5},
      Part{"other crosstalk", [](FrontEndModel const& m) { return m.crosstalk[1][2]; }, 0, 3e-6});
  INFO(part.name);
  auto const seen = moments(7, part.value);
  CHECK(seen.mean == Approx(part.centre).margin(4 * part.sigma / 45));
  CHECK(seen.deviation == Approx(part.sigma).margin(4 * part.sigma / 63));
}

TEST_CASE("lot: a meter is the same whenever it is drawn, and another than its neighbours") {
  auto const first = draw_meter(FrontEndModel{}, spread(), 1, 12);
  auto const again = draw_meter(FrontEndModel{}, spread(), 1, 12);
  CHECK(first.internal_ct[0].initial_permeability == again.internal_ct[0].initial_permeability);
  CHECK(first.crosstalk == again.crosstalk);
  CHECK(first.internal_ct[0].initial_permeability !=
        draw_meter(FrontEndModel{}, spread(), 1, 13).internal_ct[0].initial_permeability);
  CHECK(first.internal_ct[0].initial_permeability !=
        draw_meter(FrontEndModel{}, spread(), 2, 12).internal_ct[0].initial_permeability);
  CHECK(first.internal_ct[0].initial_permeability != first.internal_ct[1].initial_permeability);
}

TEST_CASE("lot: another spread of one part leaves the others what they are") {
  auto wider = spread();
  wider.permeability = 0.2;
  auto const narrow = draw_meter(FrontEndModel{}, spread(), 1, 5);
  auto const wide = draw_meter(FrontEndModel{}, wider, 1, 5);
  CHECK(narrow.internal_ct[0].initial_permeability != wide.internal_ct[0].initial_permeability);
  CHECK(narrow.internal_ct[0].winding.value() == wide.internal_ct[0].winding.value());
  CHECK(narrow.adc[0].clock_error == wide.adc[0].clock_error);
  CHECK(narrow.crosstalk == wide.crosstalk);
}

TEST_CASE("lot: one reference and one crystal serve all channels of a meter") {
  auto const model = draw_meter(FrontEndModel{}, spread(), 3, 8);
  for (std::size_t e = 1; e < element_count; ++e) {
    CHECK(model.adc[e].reference_per_k == model.adc[0].reference_per_k);
    CHECK(model.adc[e].clock_error == model.adc[0].clock_error);
  }
}

TEST_CASE("lot: twelve uniform numbers less six are normal enough for three sigma") {
  // Irwin-Hall 12: beyond 2 sigma 4.455 %, beyond 3 sigma 0.201 % (the exact normal: 4.55, 0.27)
  RandomStream stream{11, 0, "test"};
  constexpr int count = 100'000;
  int beyond_two = 0;
  int beyond_three = 0;
  for (int n = 0; n < count; ++n) {
    auto const x = std::abs(standard_normal(stream));
    beyond_two += x > 2 ? 1 : 0;
    beyond_three += x > 3 ? 1 : 0;
  }
  CHECK(beyond_two == Approx(4455).margin(4 * 66));  // four times the root of the count
  CHECK(beyond_three == Approx(201).margin(4 * 14.2));
}

}  // namespace blondel

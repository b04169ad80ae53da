#include <blondel/base/rng.hpp>

#include <catch2/catch.hpp>

#include <cstdint>

using blondel::RandomStream;

// Expected: the widely published output of SplitMix64 with state 0.
TEST_CASE("rng: the unkeyed stream is SplitMix64 from state zero") {
  RandomStream stream;
  CHECK(stream.next() == 0xE220A8397B1DCDAFU);
  CHECK(stream.next() == 0x6E789E6AA1B965F4U);
  CHECK(stream.next() == 0x06C45D188009454FU);
  CHECK(stream.next() == 0xF88BB8A8724C81ECU);
}

// Expected: the same definition worked in Python, key = mix(mix(mix(7) + 3) + fnv1a("adc.i.1")).
// These numbers are part of every golden transcript: they must not move.
TEST_CASE("rng: a keyed stream gives the numbers it always gave") {
  RandomStream stream{7, 3, "adc.i.1"};
  CHECK(stream.next() == 0x14A1EA346D6859A1U);
  CHECK(stream.next() == 0x7B21E34D9F2DB4FEU);
  CHECK(stream.next() == 0x1203B5CB664EF538U);
  CHECK(stream.next() == 0xBBE96FE64B2B2225U);
}

TEST_CASE("rng: the n-th number does not depend on what was drawn before") {
  RandomStream const fresh{7, 3, "adc.i.1"};
  CHECK(fresh.at(3) == 0xBBE96FE64B2B2225U);
  CHECK(fresh.at(0) == 0x14A1EA346D6859A1U);
}

TEST_CASE("rng: seed, meter and name each make another stream") {
  RandomStream const stream{7, 3, "adc.i.1"};
  CHECK(stream.at(0) != RandomStream(8, 3, "adc.i.1").at(0));
  CHECK(stream.at(0) != RandomStream(7, 4, "adc.i.1").at(0));
  CHECK(stream.at(0) != RandomStream(7, 3, "adc.i.2").at(0));
}

// Expected: Python, top 53 bits times 2^-53; doubles of this form are exact.
TEST_CASE("rng: uniform numbers are the top 53 bits") {
  RandomStream stream{7, 3, "adc.i.1"};
  CHECK(stream.uniform() == 0.08059562473263904);
  CHECK(stream.uniform() == 0.48098583836615805);
}

// Expected: Python, sum of the four 16-bit parts less 131070, over sqrt(4 (65536^2 - 1) / 12).
// Margin: one unit in the last place of a number near 4.
TEST_CASE("rng: gaussian numbers are the sum of four uniform ones at unit variance") {
  auto const margin = 8.9e-16;
  CHECK(RandomStream::gaussian_of(0x14A1EA346D6859A1U) ==
        Approx(-0.3932634890689889).margin(margin).epsilon(0));
  CHECK(RandomStream::gaussian_of(0) == Approx(-3.464048757545186).margin(margin).epsilon(0));
  CHECK(RandomStream::gaussian_of(0xFFFFFFFFFFFFFFFFU) ==
        Approx(3.464048757545186).margin(margin).epsilon(0));
}

// The mean of 100 000 draws of unit variance has a standard deviation of 0.0032, the variance one of 0.0038
// (kurtosis -0.3): four of each.
TEST_CASE("rng: gaussian numbers have mean 0 and variance 1") {
  RandomStream stream{1, 0, "test"};
  double sum = 0;
  double square_sum = 0;
  constexpr int draws = 100'000;
  for (int n = 0; n < draws; ++n) {
    auto const draw = stream.gaussian();
    sum += draw;
    square_sum += draw * draw;
  }
  CHECK(sum / draws == Approx(0.0).margin(0.0127));
  CHECK(square_sum / draws == Approx(1.0).margin(0.0155).epsilon(0));
}

TEST_CASE("rng: a bounded integer stays below its bound") {
  RandomStream stream{1, 0, "test"};
  bool seen[6]{};
  for (int n = 0; n < 200; ++n) {
    auto const draw = stream.below(6);
    REQUIRE(draw < 6);
    seen[draw] = true;
  }
  for (auto const one : seen) {
    CHECK(one);
  }
}

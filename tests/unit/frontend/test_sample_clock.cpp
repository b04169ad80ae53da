#include <frontend/adc/sample_clock.hpp>

#include <catch2/catch.hpp>

using blondel::SampleClock;
using blondel::SimTime;

TEST_CASE("frontend: samples stand a nominal interval apart") {
  SampleClock clock{SimTime{1000}, 8000.0, 0.0};
  CHECK(clock.next() == SimTime{1000});
  clock.advance(3);
  CHECK(clock.next() == SimTime{376'000});
}

TEST_CASE("frontend: ten years of samples with a clock error do not drift by a nanosecond") {
  // 4096 S/s and +20 ppm: sample 4096 * 315 360 000 stands at 315 360 000 s * 1.00002 = 315 366 307.2 s
  SampleClock clock{SimTime{}, 4096.0, 20e-6};
  for (int n = 0; n < 315'360; ++n) {
    clock.advance(4'096'000);
  }
  CHECK(clock.next() == SimTime{315'366'307'200'000'000});
}

TEST_CASE("frontend: a fraction of a nanosecond is carried from sample to sample") {
  // 3 S/s: 333 333 333.33 ns, 666 666 666.67 ns, 1 s
  SampleClock clock{SimTime{}, 3.0, 0.0};
  clock.advance(1);
  CHECK(clock.next() == SimTime{333'333'333});
  clock.advance(1);
  CHECK(clock.next() == SimTime{666'666'666});
  clock.advance(1);
  CHECK(clock.next() == SimTime{1'000'000'000});
}

TEST_CASE("frontend: only samples before the given instant count") {
  SampleClock clock{SimTime{}, 8000.0, 0.0};
  CHECK(clock.count_before(SimTime{0}, 100) == 0);
  CHECK(clock.count_before(SimTime{1}, 100) == 1);
  CHECK(clock.count_before(SimTime{125'000}, 100) == 1);
  CHECK(clock.count_before(SimTime{125'001}, 100) == 2);
  CHECK(clock.count_before(SimTime::never(), 100) == 100);
  SampleClock thirds{SimTime{}, 3.0, 0.0};
  thirds.advance(1);  // next at 333 333 333.33, the one after at 666 666 666.67
  CHECK(thirds.count_before(SimTime{666'666'666}, 100) == 1);
  CHECK(thirds.count_before(SimTime{666'666'667}, 100) == 2);
}

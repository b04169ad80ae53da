/// Cost of the measuring system per three-phase sample set, beside the calibration kernel.

#include <cmath>
#include <cstdio>
#include <memory>
#include <numbers>
#include <vector>

#include "core/metrology/sample_pipeline.hpp"
#include "timing.hpp"

int main() {
  using namespace blondel;
  constexpr std::size_t block = 160;
  std::vector<SampleFrame> frames(50 * block);  // one second at 8 kS/s
  for (std::size_t n = 0; n < frames.size(); ++n) {
    for (std::size_t e = 0; e < element_count; ++e) {
      auto const angle =
          2.0 * std::numbers::pi * (static_cast<double>(n) / 160.0 - static_cast<double>(e) / 3.0);
      frames[n].u[e] = static_cast<std::int32_t>(2.7e6 * std::sin(angle));
      frames[n].i[e] = static_cast<std::int32_t>(1.4e6 * std::sin(angle - 0.3));
    }
  }
  std::array<ElementCalibration, element_count> calibration;
  calibration.fill({.power_gain = 320'000'000, .u_gain = 64'000'000, .i_gain = 640'000'000});
  auto const state = std::make_unique<MeasuringState>();
  SamplePipeline pipeline{*state, {8'000, 50}, calibration};
  std::int64_t sink = 0;
  auto const ns = bench::best_ns(200, static_cast<double>(frames.size()), [&] {
    for (std::size_t from = 0; from < frames.size(); from += block) {
      std::span<SampleFrame const> left{&frames[from], block};
      while (!left.empty()) {
        ElementIncrement increment;
        auto const progress = pipeline.process(left, increment);
        left = left.subspan(progress.consumed);
        sink += increment.element[0].active_uj;
      }
    }
  });
  auto const reference = bench::calibration_ns();
  std::printf("calibration kernel: %.2f ns/unit\n", reference);
  std::printf("measuring system: %.1f ns/set, %.2f x calibration, %.0f x real time (%lld)\n", ns,
              ns / reference, 125'000.0 / ns, static_cast<long long>(sink % 10));
  return 0;
}

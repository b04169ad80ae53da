#pragma once
/// The measuring system: raw codes in, one ElementIncrement per mains cycle out.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include <blondel/meter/access.hpp>
#include <blondel/meter/config.hpp>
#include <blondel/meter/element_increment.hpp>
#include <blondel/meter/sample.hpp>

#include "core/metrology/measuring_state.hpp"

namespace blondel {

/// What the pipeline needs to know about its hardware.
struct MeasuringSetup {
  std::uint32_t sample_rate_hz{8000};
  std::uint16_t nominal_frequency_hz{50};
  bool aron{};              ///< elements 0 and 2 measure U12 and U32
  bool measures_neutral{};  ///< sums the currents of the elements, for effective apparent power
  Quadrature quadrature{Quadrature::tracked};
  bool has_high_pass{true};
};

/// Mean removal, calibration, phase compensation; P, Q on a quadrature tracked to the measured period, S,
/// rms, frequency. Energy is summed sample by sample without a window: a cycle only decides when it is handed
/// over.
/// @source metrology.md 2.2 to 2.6
class SamplePipeline {
 public:
  SamplePipeline(MeasuringState& state, MeasuringSetup const& setup,
                 std::array<ElementCalibration, element_count> const& calibration)
      : state_{&state},
        setup_{setup},
        calibration_{&calibration} {}

  /// What process() did.
  struct Progress {
    std::size_t consumed{};  ///< frames taken; less than given only when a cycle closed
    bool closed{};           ///< `increment` holds a cycle that ends before frame[consumed]
  };
  /// Takes frames until a cycle closes or they are used up.
  Progress process(std::span<SampleFrame const> frames, ElementIncrement& increment);
  /// Hands over what was summed since the last increment, in mid-cycle: a boundary of the clock splits by
  /// time.
  /// @return false when there is nothing
  bool flush(ElementIncrement& increment);

 private:
  std::size_t append_chunk(std::span<SampleFrame const> frames);
  std::size_t find_crossing(std::size_t count);
  void sum_chunk(std::size_t count);
  void sum_neutral(std::size_t count);
  void shift_history(std::size_t count);
  void close_cycle(bool crossed);
  void track_period(std::int64_t raw_q16);
  void update_rms(std::size_t element);
  void update_means();
  void choose_reference();
  void take_energy(ElementIncrement& increment, bool whole_cycle);

  MeasuringState* state_;
  MeasuringSetup setup_;
  std::array<ElementCalibration, element_count> const* calibration_;
};

}  // namespace blondel

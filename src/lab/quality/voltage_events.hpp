#pragma once
/// Dips, swells and interruptions of a three-phase supply.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <blondel/base/time.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

enum class VoltageEventKind : std::uint8_t { dip, swell, interruption };

/// One event that is over. @units seconds of simulated time, percent of the declared voltage
struct VoltageEvent {
  VoltageEventKind kind{};
  SimTime start;
  SimDuration duration;
  double extreme_percent{};  ///< the lowest Urms(1/2) of any phase, of a swell the highest
};

/// Urms(1/2) of all phases to events: from the beginning of the window that starts one to the end of the
/// window that ends it.
/// @source IEC 61000-4-30: a dip starts when any phase is below 90 % and ends when all are at least 92 %,
///         a swell likewise at 110 and 108 %; an interruption starts when all are below 5 % and ends when one
///         is at least 7 %
class VoltageEvents {
 public:
  /// @param phases how many of the channels are there, bit by bit
  VoltageEvents(double declared_v, std::array<bool, element_count> phases)
      : declared_v_{declared_v},
        present_{phases} {}

  /// @param begin, end of the window @param events those that it ends are appended
  void handle_value(std::size_t phase, double rms_v, SimTime begin, SimTime end,
                    std::vector<VoltageEvent>& events);
  /// Those that have not ended. @units duration up to `now`
  [[nodiscard]] std::vector<VoltageEvent> running(SimTime now) const;

 private:
  struct Running {
    SimTime start;
    double extreme_percent{};
  };
  double declared_v_;
  std::array<bool, element_count> present_;
  std::array<double, element_count> percent_{100.0, 100.0, 100.0};
  std::array<std::optional<Running>, 3> running_;  ///< by kind
};

}  // namespace blondel

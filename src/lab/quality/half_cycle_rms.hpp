#pragma once
/// The voltage's rms value over one cycle, renewed every half cycle: Urms(1/2).

#include <optional>
#include <vector>

namespace blondel {

/// One voltage, sample by sample. Windows end at the zero crossings of the fundamental, between samples. A
/// loop of second order follows the crossings, so that a dip's own transient hardly moves them, and goes on
/// where there are none. @source IEC 61000-4-30, Urms(1/2) of class A; the loop is ours
class HalfCycleRms {
 public:
  /// A window that has ended. @units `end` in samples since the first one
  struct Value {
    double begin{};
    double end{};
    double rms{};
  };

  /// Frequencies from 40 to 70 Hz are followed. @param nominal_v crossings count while the voltage is more
  /// than a twentieth of it
  HalfCycleRms(double sample_rate_hz, double nominal_hz, double nominal_v);

  /// @return the window that this sample lets end, if there is one; none in the first four cycles, and none
  /// while
  ///         there is a voltage whose period is not known
  [[nodiscard]] std::optional<Value> handle_sample(double voltage_v);
  /// The loop follows the voltage, or did before it went away.
  [[nodiscard]] bool is_locked() const { return is_locked_; }

 private:
  [[nodiscard]] double filtered(double voltage_v);
  [[nodiscard]] double sum_to(double instant) const;
  void set_period(double samples);
  void handle_crossing(double instant);
  void acquire(double instant);

  struct Sum {
    double square{};  ///< of the sample
    double total{};   ///< integral of the squares up to it, trapezoids
  };

  double nominal_samples_, shortest_, longest_;  ///< periods
  double level_;  ///< that the filtered voltage must have reached since the crossing before
  // low-pass of second order: Butterworth at twice the nominal frequency
  double b0_{}, a1_{}, a2_{};
  double x1_{}, x2_{}, y1_{}, y2_{};
  double period_{};  ///< samples
  double delay_{};   ///< of the fundamental through the filter, samples
  double peak_{};    ///< of the filtered voltage since the last crossing
  double last_peak_{};
  long long made_{};
  std::vector<Sum> sums_;  ///< ring
  double next_end_;        ///< of the window under way
  bool is_locked_{};
  int strays_{};                   ///< crossings in a row that are far from where they should be
  std::vector<double> crossings_;  ///< while not locked
};

}  // namespace blondel

#pragma once
/// When the LED, the S0 output and the module port's outputs are on.

#include <array>
#include <vector>

#include <blondel/meter/config.hpp>

#include "core/meter/meter_fields.hpp"
#include "twin/twin.hpp"

namespace blondel {

/// The instants at which a counter passed its threshold while energy grew evenly over a span that ends at
/// `end`.
/// @param each called with every instant, in order
template<class Each>
void for_each_pulse(PulseCounter const& before, PulseCounter const& after, std::int64_t pulse_uj, SimTime end,
                    SimDuration span, Each const& each) {
  auto const pulses = static_cast<std::int64_t>(after.count - before.count);
  if (pulses == 0) {
    return;
  }
  auto const grown_uj = static_cast<double>(pulses * pulse_uj + after.rest_uj - before.rest_uj);
  for (std::int64_t n = 1; n <= pulses; ++n) {
    auto const left = 1.0 - static_cast<double>(n * pulse_uj - before.rest_uj) / grown_uj;
    auto const back_ns = static_cast<std::int64_t>(left * static_cast<double>(span.ns()) + 0.5);
    each(end - SimDuration{back_ns});
  }
}

/// Makes edges out of counts: each pulse has its length, a pause as long follows, and what comes too fast
/// waits its turn. @source data sheet: LED and S0 30 ms; device.md B9: module port 30 or 80 ms with equal
/// pause, none lost; the same pause on LED and S0 is inferred
class PulseOutputs {
 public:
  explicit PulseOutputs(MeterConfig const& config);

  /// @param state whose counts have been shown already
  void watch(OutputObserver observer, MeterState const& state);
  /// Energy of the `span` that ends at `end` is in the counters. Edges up to `end` are told, in order.
  void handle_booking(MeterState const& state, SimTime end, SimDuration span);
  /// Terminals of the module port that give a level have it from `now` on.
  void show_levels(MeterState const& state, SimTime now);
  /// Everything goes dark; pulses that still waited are lost.
  void power_down(SimTime now);

  /// What has been shown and what waits; who watches is not in it.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.pulse_uj_);
    field(self.length_);
    field(self.is_lit_without_load_);
    field(self.is_lit_);
    for (auto& shown : self.shown_) {
      visit_pulses(field, shown);
    }
    field(self.ready_);
    field(self.owed_);
    field(self.pending_);
    field(self.is_on_);
    field(self.level_);
    field(self.told_);
  }

 private:
  static constexpr std::size_t outputs = pulse_output_count;
  using Counters = std::array<PulseCounter, outputs>;
  [[nodiscard]] static Counters counters_of(MeterState const& state);
  void add_pulse(std::size_t output, SimTime due);
  void give_owed(std::size_t output, SimTime until);
  void show_consumption(bool is_registering, SimTime end, SimDuration span);
  void tell(SimTime until);

  DataSheet sheet_;
  OutputObserver observer_;
  std::array<std::int64_t, outputs> pulse_uj_{};
  std::array<SimDuration, outputs> length_{};
  bool is_lit_without_load_{};
  bool is_lit_{};  ///< the LED, because nothing is consumed
  Counters shown_{};
  std::array<SimTime, outputs> ready_{};
  std::array<std::uint64_t, outputs> owed_{};  ///< pulses whose turn has not come
  std::vector<OutputEdge> pending_;            ///< not yet told, unsorted
  std::array<bool, outputs> is_on_{};
  std::array<bool, module_io_count> level_{};  ///< shown last
  SimTime told_;                               ///< everything up to here
};

}  // namespace blondel

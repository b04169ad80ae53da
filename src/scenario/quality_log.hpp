#pragma once
/// Power quality of a run as files: means and extremes over intervals, and voltage events.

#include <array>
#include <string>
#include <vector>

#include <lab/quality/power_quality.hpp>
#include <scenario/output_file.hpp>
#include <scenario/scenario_data.hpp>

namespace blondel {

/// Writes power_quality.csv, a row for every interval, and voltage_events.csv, a row for every event that is
/// over.
class QualityLog {
 public:
  /// @param scale of the meter's converters @param run names version, scenario and seed in every row
  /// @errors runtime
  [[nodiscard]] static ScenarioResult<QualityLog> create(std::filesystem::path const& directory,
                                                         Scenario const& scenario, SampleScale const& scale,
                                                         CivilSeconds utc_start, std::string run);

  void handle_samples(std::span<SampleFrame const> frames, SimTime first);
  /// Writes what has come to its end by `now`; an interval without samples gives a row without values.
  /// @errors runtime, the first one ever
  [[nodiscard]] ScenarioResult<void> flush(SimTime now);
  /// Writes the interval under way too, as far as it came, and events that have not ended, without a
  /// duration.
  /// @errors runtime
  [[nodiscard]] ScenarioResult<void> close(SimTime now);
  [[nodiscard]] std::array<KeptFile, 2> kept() const { return {rows_.kept(), events_.kept()}; }

 private:
  /// What one interval adds up to: squares of rms values, sums of the rest.
  struct Channel {
    double squares{};
    std::array<double, harmonic_max + 1> subgroup_squares{};
  };
  struct Interval {
    int windows{};
    SimTime begin;  ///< of the first window, which may reach back before the interval
    double frequency_hz{};
    double unbalance_percent{};
    int balances{};  ///< windows with an unbalance
    std::array<Channel, element_count> u{}, i{};
    std::array<double, element_count> lowest_v{}, highest_v{};
    std::array<int, element_count> half_cycles{};
  };

  QualityLog(OutputFile rows, OutputFile events, Scenario const& scenario, QualitySettings const& settings,
             CivilSeconds utc_start, std::string run);
  [[nodiscard]] std::vector<std::string> head() const;
  /// An element that the form of the meter lacks.
  [[nodiscard]] bool is_absent(std::size_t k) const;
  void add(QualityWindow const& window);
  void add(HalfCycleValue const& value);
  /// "dip swell": the events that the values of an interval hold; empty without any.
  /// @source IEC 61000-4-30, flagging of values during dips, swells and interruptions
  [[nodiscard]] std::string flags(SimTime begin, SimTime end) const;
  [[nodiscard]] ScenarioResult<void> write_complete(SimTime now);
  [[nodiscard]] ScenarioResult<void> end_interval(SimTime end);
  [[nodiscard]] ScenarioResult<void> write_event(VoltageEvent const& event, bool has_ended);
  [[nodiscard]] std::vector<std::string> time_cells(SimTime t) const;

  PowerQualityMeter meter_;
  OutputFile rows_, events_;
  Scenario const* scenario_;
  CivilSeconds utc_start_;
  std::string run_;
  std::string meter_number_;
  SimTime interval_end_;
  std::vector<VoltageEvent> ended_;  ///< that may still touch an interval to come
  Interval sums_;
};

}  // namespace blondel

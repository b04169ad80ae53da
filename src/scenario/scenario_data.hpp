#pragma once
/// A validated document with its models resolved, as plain data.

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <blondel/frontend/operating_point.hpp>
#include <blondel/meter/register_def.hpp>
#include <blondel/scenario/scenario.hpp>
#include <scenario/action.hpp>
#include <scenario/connection.hpp>
#include <scenario/load_profile.hpp>
#include <scenario/local_time.hpp>
#include <twin/twin.hpp>

namespace blondel {

class Recording;

/// What stands at the terminals before any action.
struct SourceSpec {
  OperatingPoint point;                        ///< everything but the currents of a profile
  std::optional<LoadProfile> profile;          ///< gives the currents
  std::shared_ptr<Recording const> recording;  ///< gives everything, in the waveform tier
  std::array<double, 3> peak_u_v{};            ///< of the recording
  std::array<double, 3> peak_i_a{};
};

/// A row of the catalogue as the document asked for it.
struct RegisterRequest {
  RegisterDef const* row{};
  std::string name;       ///< as written: "1.8.0"
  std::string_view unit;  ///< in this meter
};

/// What to write and how often.
struct OutputSpec {
  std::optional<SimDuration> interval;
  std::vector<RegisterRequest> registers;
};

/// Which pulse outputs are written down.
struct PulseSpec {
  std::array<bool, pulse_output_count> outputs{};
};

/// Power quality, measured on the samples.
struct QualitySpec {
  SimDuration interval{SimDuration::seconds(600)};
  int harmonics{};  ///< up to which order each is written; 0: none
};

/// One expectation. @units value and tolerance in millionths of the row's unit as shown
struct Expectation {
  RegisterRequest request;
  std::optional<SimTime> at;  ///< none = end
  std::int64_t value_micro{};
  std::int64_t tolerance_micro{};
  std::optional<std::string> text;  ///< instead of a value
};

struct Scenario {
  std::filesystem::path file;
  std::uint64_t document_fnv1a{};
  std::string name;
  std::string description;
  std::uint64_t seed{};
  SimDuration duration;
  CivilSeconds start_local{};
  LocalZone zone;
  TwinConfig twin;              ///< seed, index and production time are filled in when a run is made
  std::string nv;               ///< "ram" or a path, made absolute against the scenario file
  std::string ct_text;          ///< "200/5 A, model nanocrystalline_200_5"
  std::string connection_text;  ///< empty when everything is connected right
  SourceSpec source;
  std::vector<TimedAction> actions;  ///< by time
  std::vector<Expectation> expectations;
  OutputSpec transcript;
  std::optional<OutputSpec> csv;
  std::optional<PulseSpec> pulses;
  std::optional<QualitySpec> quality;
  std::vector<LogId> logs;    ///< written at the end
  S0Loop s0;                  ///< before any action
  double humidity_percent{};  ///< relative, before any action
  std::vector<std::string> warnings;
};

/// Whole milliseconds out of seconds. @errors invalid when there is a rest or it does not fit
[[nodiscard]] ScenarioResult<SimDuration> load_duration(Node const& seconds);

}  // namespace blondel

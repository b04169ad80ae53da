#include <scenario/load_parts.hpp>
#include <scenario/run_tiers.hpp>
#include <scenario/texts.hpp>

#include <cmath>
#include <numbers>

namespace blondel {
namespace {

/// Judges primary currents for one scenario; keeps to one warning, of the first that is too large.
class LoadLimit {
 public:
  explicit LoadLimit(Scenario& scenario) : scenario_{scenario} {
    full_scale_a_ = scenario.twin.front_end.adc[0].i_full_scale_a;
    // The full scale is an instantaneous value: a sine clips from this rms value on.
    clips_above_a_ = full_scale_a_ / std::numbers::sqrt2;
  }

  /// @param place what leads to the value inside the document: path or row. A warning goes to the
  /// transcript, which must not depend on where the document lies; an error names the file too
  ScenarioResult<void> judge(std::string const& place, std::size_t phase, double primary_a) {
    double const secondary_a = std::abs(primary_a) / scenario_.twin.ct_ratio;
    bool const refuses = scenario_.twin.tier != Tier::waveform && !scenario_.twin.hybrid_window;
    if (secondary_a <= (refuses ? full_scale_a_ : clips_above_a_)) {
      return {};
    }
    auto const text = place + ": L" + std::to_string(phase + 1) + " " + plain_number(primary_a) + " A is " +
                      plain_number(secondary_a) + " A behind the transformer";
    if (refuses) {
      return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid,
                                          scenario_.file.string() + ": " + text + "; allowed in the " +
                                              tier_text(scenario_.twin.tier) + " tier: up to " +
                                              plain_number(full_scale_a_) + " A"}};
    }
    if (!warned_ && !neutral_lost) {
      warned_ = true;
      scenario_.warnings.push_back(text + "; the converter clips at a peak of " +
                                   plain_number(full_scale_a_) + " A");
    }
    return {};
  }

  /// While the supply's neutral is lost the voltages move and with them the currents: OperatingLimits sees
  /// them.
  bool neutral_lost{};

 private:
  Scenario& scenario_;
  double full_scale_a_{};
  double clips_above_a_{};
  bool warned_{};
};

double rms_a(PhasePoint const& phase) {
  return std::hypot(phase.i.value(), phase.i_dc.value());
}

ScenarioResult<void> judge_all(LoadLimit& limit, std::string const& place,
                               std::array<double, 3> const& currents_a) {
  for (std::size_t phase = 0; phase < currents_a.size(); ++phase) {
    if (auto judged = limit.judge(place, phase, currents_a[phase]); !judged) {
      return judged;
    }
  }
  return {};
}

/// The files whose columns a profile's row was summed from.
std::string files_of(Node const& profile) {
  std::string text;
  for (auto const& series : profile.at("series").items()) {
    auto const file = series.at("file").text();
    if (text.find(file) == std::string::npos) {
      text += (text.empty() ? "" : " + ") + file;
    }
  }
  return text;
}

ScenarioResult<void> judge_profile(LoadLimit& limit, SourceSpec const& source, Node const& node) {
  auto const& profile = *source.profile;
  auto const place = node.path() + ": " + files_of(node) + ": row ";
  for (std::size_t row = 0; row < profile.rows(); ++row) {
    std::array<double, 3> currents_a{};
    for (std::size_t phase = 0; phase < currents_a.size(); ++phase) {
      currents_a[phase] = std::hypot(profile.active_w[phase][row], profile.reactive_var[phase][row]) /
                          source.point.phase[phase].u.value();
    }
    if (auto judged = judge_all(limit, place + std::to_string(row + 1), currents_a); !judged) {
      return judged;
    }
  }
  return {};
}

}  // namespace

ScenarioResult<void> check_load_limits(Scenario& scenario, Node const& root) {
  LoadLimit limit{scenario};
  limit.neutral_lost = scenario.twin.wiring.neutral_lost;
  auto const source = root.at("source");
  if (scenario.source.profile) {
    if (auto judged = judge_profile(limit, scenario.source, source.at("load_profile")); !judged) {
      return judged;
    }
  } else if (!scenario.source.recording) {
    auto const node = source.at("constant").at("current_a");
    auto const& phases = scenario.source.point.phase;
    if (auto judged = judge_all(limit, node.path(), {rms_a(phases[0]), rms_a(phases[1]), rms_a(phases[2])});
        !judged) {
      return judged;
    }
  }
  for (auto const& action : scenario.actions) {
    limit.neutral_lost = action.key == "set_connection" ? action.body.loses_neutral : limit.neutral_lost;
    if (auto judged = judge_all(limit, action.path, action.body.current_a); !judged) {
      return judged;
    }
  }
  return {};
}

}  // namespace blondel

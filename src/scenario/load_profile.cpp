#include <scenario/load_profile.hpp>

#include <scenario/scenario_data.hpp>

#include <cmath>
#include <utility>

namespace blondel {
namespace {

bool is_active(std::string const& unit) {
  return unit == "W" || unit == "kW";
}
double factor_of(std::string const& unit) {
  return unit.front() == 'k' ? 1000.0 : 1.0;
}

/// Adds one series to the sums of its phases; the first one sets the length.
class ProfileSums {
 public:
  ScenarioResult<void> add(Node const& series, std::vector<double> const& values) {
    if (length_ == 0) {
      length_ = values.size();
      for (std::size_t phase = 0; phase < 3; ++phase) {
        active_w[phase].assign(length_, 0.0);
        reactive_var[phase].assign(length_, 0.0);
      }
    }
    if (values.size() != length_) {
      return series.at("file").refuse("has " + std::to_string(values.size()) +
                                      " rows, the first series has " + std::to_string(length_));
    }
    auto const unit = series.at("unit").text();
    auto const wanted = series.at("phase").text();
    auto const phases = phases_of(wanted == "total" ? "all" : wanted);
    double const factor = factor_of(unit) * series.number_or("scale", 1.0) / (wanted == "total" ? 3.0 : 1.0);
    for (std::size_t phase = 0; phase < 3; ++phase) {
      if (phases[phase]) {
        has_reactive[phase] = has_reactive[phase] || !is_active(unit);
        auto& sums = is_active(unit) ? active_w[phase] : reactive_var[phase];
        (is_active(unit) ? active_files_ : reactive_files_)[phase].push_back(series.at("file").text());
        for (std::size_t row = 0; row < length_; ++row) {
          sums[row] += values[row] * factor;
        }
      }
    }
    return {};
  }

  /// Where several series meet: the phase, what, and the files in the order of the document.
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (std::size_t phase = 0; phase < 3; ++phase) {
      auto const number = std::to_string(phase + 1);
      for (auto const& [what, files] : {std::pair{" active: ", &active_files_[phase]},
                                        std::pair{" reactive: ", &reactive_files_[phase]}}) {
        std::string text;
        for (auto const& file : *files) {
          text.append(text.empty() ? "" : " + ").append(file);
        }
        if (files->size() > 1) {
          all.push_back(std::string{"L"}.append(number).append(what).append(text));
        }
      }
    }
    return all;
  }

  std::array<std::vector<double>, 3> active_w;
  std::array<std::vector<double>, 3> reactive_var;
  std::array<bool, 3> has_reactive{};

 private:
  std::array<std::vector<std::string>, 3> active_files_, reactive_files_;
  std::size_t length_{};
};

ScenarioResult<void> add_series(ProfileSums& sums, Node const& spec, Node const& series) {
  ColumnRequest request;
  request.file = (series.file().parent_path() / series.at("file").text()).lexically_normal();
  request.header_lines = static_cast<std::size_t>(series.number_or("header_lines", 0.0));
  if (auto const column = series.find("column")) {
    if (column->is_number()) {
      request.column = static_cast<std::size_t>(column->integer());
    } else {
      request.column_name = column->text();
      request.header_lines = std::max<std::size_t>(request.header_lines, 1);
    }
  }
  request.is_only_column = !series.has("column");
  auto values = read_column(request);
  if (!values) {
    return tl::unexpected{values.error()};
  }
  if (auto const rows = spec.find("rows");
      rows && values->size() != static_cast<std::size_t>(rows->integer())) {
    return series.at("file").refuse(request.file.string() + " has " + std::to_string(values->size()) +
                                    " rows, the scenario says " + std::to_string(rows->integer()));
  }
  return sums.add(series, *values);
}

/// Reactive power of phases that only have active power.
void fill_reactive(ProfileSums& sums, Node const& spec) {
  double const power_factor = spec.number_or("power_factor", 1.0);
  double const sign = spec.text_or("power_factor_kind", "inductive") == "inductive" ? 1.0 : -1.0;
  double const tangent = sign * std::sqrt(1.0 - power_factor * power_factor) / power_factor;
  for (std::size_t phase = 0; phase < 3; ++phase) {
    for (std::size_t row = 0; !sums.has_reactive[phase] && row < sums.active_w[phase].size(); ++row) {
      sums.reactive_var[phase][row] = std::abs(sums.active_w[phase][row]) * tangent;
    }
  }
}

}  // namespace

ScenarioResult<LoadProfile> load_profile_of(Node const& spec, SimDuration scenario_duration) {
  LoadProfile profile;
  auto const interval = load_duration(spec.at("interval_s"));
  if (!interval) {
    return tl::unexpected{interval.error()};
  }
  profile.interval = *interval;
  ProfileSums sums;
  for (auto const& series : spec.at("series").items()) {
    if (auto added = add_series(sums, spec, series); !added) {
      return tl::unexpected{added.error()};
    }
  }
  fill_reactive(sums, spec);
  profile.sums = sums.texts();
  profile.active_w = std::move(sums.active_w);
  profile.reactive_var = std::move(sums.reactive_var);
  auto const rows = static_cast<std::int64_t>(profile.rows());
  if (!spec.has("after_end") && profile.interval * rows < scenario_duration) {
    return spec.at("series").refuse("the profile ends after " + std::to_string(rows) +
                                    " rows, before the scenario; \"after_end\" must say hold or zero");
  }
  profile.hold_after_end = spec.text_or("after_end", "hold") == "hold";
  return profile;
}

}  // namespace blondel

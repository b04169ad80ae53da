#include <scenario/load_source.hpp>

#include <blondel/base/decimal.hpp>
#include <frontend/source/recording.hpp>

#include <algorithm>
#include <cmath>

namespace blondel {
namespace {

/// The same point for ever.
class ConstantSource final : public Source {
 public:
  explicit ConstantSource(OperatingPoint const& point) : point_{point} {}
  OperatingPoint point_at(SimTime) override { return point_; }
  SimTime next_change(SimTime) const override { return SimTime::never(); }

 private:
  OperatingPoint point_;
};

/// One row of the profile after the other; each holds for one interval. Before the instant 0 the profile
/// comes again and again, so that its end meets its beginning there.
class ProfileSource final : public Source {
 public:
  ProfileSource(OperatingPoint const& point, LoadProfile profile)
      : point_{point},
        profile_{std::move(profile)} {}

  OperatingPoint point_at(SimTime now) override {
    auto const row = row_of(number_of(now));
    for (std::size_t phase = 0; phase < 3; ++phase) {
      double const p_w = row < profile_.rows() ? profile_.active_w[phase][row] : 0.0;
      double const q_var = row < profile_.rows() ? profile_.reactive_var[phase][row] : 0.0;
      point_.phase[phase].i = Amps{std::hypot(p_w, q_var) / point_.phase[phase].u.value()};
      point_.phase[phase].lag = Radians{std::atan2(q_var, p_w)};
    }
    return point_;
  }

  SimTime next_change(SimTime now) const override {
    auto const here = number_of(now);
    auto const rows = static_cast<std::int64_t>(profile_.rows());
    for (auto next = here + 1; next <= std::max(rows, here + rows); ++next) {
      if (!same(row_of(here), row_of(next))) {
        return SimTime{profile_.interval.ns() * next};
      }
    }
    return SimTime::never();
  }

 private:
  /// Of the interval, from 0 at the instant 0.
  [[nodiscard]] std::int64_t number_of(SimTime now) const {
    return floor_divide(now.ns(), profile_.interval.ns()).quotient;
  }
  [[nodiscard]] std::size_t row_of(std::int64_t number) const {
    auto const rows = static_cast<std::int64_t>(profile_.rows());
    return number < 0 ? static_cast<std::size_t>(floor_divide(number, rows).rest)
                      : held(static_cast<std::size_t>(number));
  }
  /// rows() stands for "nothing flows".
  [[nodiscard]] std::size_t held(std::size_t row) const {
    if (row < profile_.rows()) {
      return row;
    }
    return profile_.hold_after_end ? profile_.rows() - 1 : profile_.rows();
  }
  [[nodiscard]] bool same(std::size_t a, std::size_t b) const {
    if (a == b) {
      return true;
    }
    if (a >= profile_.rows() || b >= profile_.rows()) {
      return false;
    }
    for (std::size_t phase = 0; phase < 3; ++phase) {
      // Bit for bit: a row that differs in the last bit is a change, a row that repeats is none.
      if (!std::equal_to<>{}(profile_.active_w[phase][a], profile_.active_w[phase][b]) ||
          !std::equal_to<>{}(profile_.reactive_var[phase][a], profile_.reactive_var[phase][b])) {
        return false;
      }
    }
    return true;
  }

  OperatingPoint point_;
  LoadProfile profile_;
};

/// A recording; the points tell its level cycle by cycle.
class RecordingSource final : public Source {
 public:
  explicit RecordingSource(std::shared_ptr<Recording const> recording) : recording_{std::move(recording)} {}
  OperatingPoint point_at(SimTime now) override { return recording_->point_at(now); }
  SimTime next_change(SimTime now) const override { return recording_->next_change(now); }
  Recording const* recording() const override { return recording_.get(); }

 private:
  std::shared_ptr<Recording const> recording_;
};

}  // namespace

std::unique_ptr<Source> make_source(SourceSpec const& spec) {
  if (spec.recording) {
    return std::make_unique<RecordingSource>(spec.recording);
  }
  if (spec.profile) {
    return std::make_unique<ProfileSource>(spec.point, *spec.profile);
  }
  return std::make_unique<ConstantSource>(spec.point);
}

}  // namespace blondel

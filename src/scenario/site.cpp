#include <scenario/site.hpp>

#include <utility>

namespace blondel {

/// The scenario's source with the shape and the direct currents that actions set.
class Site::ShapedSource final : public Source {
 public:
  ShapedSource(std::unique_ptr<Source> source, Site& site) : source_{std::move(source)}, site_{&site} {}

  OperatingPoint point_at(SimTime now) override {
    auto point = source_->point_at(now);
    point.shape = site_->shape_.value_or(point.shape);
    for (std::size_t phase = 0; phase < element_count; ++phase) {
      point.phase[phase].i_dc = site_->direct_[phase].value_or(point.phase[phase].i_dc);
      if (!site_->held_.supply) {
        point.phase[phase].i_dc = Amps{};
      }
    }
    site_->given_ = point;
    return point;
  }
  SimTime next_change(SimTime now) const override { return source_->next_change(now); }

  [[nodiscard]] Recording const* recording() const override { return source_->recording(); }

 private:
  std::unique_ptr<Source> source_;
  Site* site_;
};

Site::Site(Scenario const& scenario)
    : spec_{&scenario.source},
      wiring_{scenario.twin.wiring},
      s0_{scenario.s0},
      humidity_percent_{scenario.humidity_percent},
      given_{scenario.source.point} {}

std::unique_ptr<Source> Site::source() {
  return std::make_unique<ShapedSource>(make_source(*spec_), *this);
}

void Site::set_load(std::array<bool, 3> const& phases, LoadSpec const& load) {
  shape_ = load.shape ? load.shape : shape_;
  for (std::size_t n = 0; n < phases.size(); ++n) {
    if (phases[n]) {
      auto const& phase = load.phase[n];
      direct_[n] = phase.direct_current_a ? std::optional{Amps{*phase.direct_current_a}} : direct_[n];
      held_.i[n] = Overrides::Current{Amps{phase.current_a}, Radians{phase.lag_rad}};
    }
  }
  for (std::size_t n = 0; n < phases.size(); ++n) {
    if (phases[n]) {
      twin_->set_current(static_cast<int>(n), held_.i[n]->primary, held_.i[n]->lag);
    }
  }
}

void Site::set_voltage(std::array<bool, 3> const& phases, std::array<double, 3> const& voltages_v) {
  for (std::size_t n = 0; n < phases.size(); ++n) {
    if (phases[n]) {
      held_.u[n] = Volts{voltages_v[n]};
      twin_->set_voltage(static_cast<int>(n), *held_.u[n]);
    }
  }
}

void Site::set_frequency(Hertz frequency) {
  held_.frequency = frequency;
  twin_->set_frequency(frequency);
}

void Site::set_temperature(Celsius temperature) {
  held_.temperature = temperature;
  twin_->set_temperature(temperature);
}

void Site::connect(Wiring const& wiring, S0Loop const& s0) {
  wiring_ = wiring;
  twin_->set_wiring(wiring);
  s0_ = s0;
}

bool Site::lose_phases(std::array<bool, 3> const& phases, bool are_lost) {
  bool changes = false;
  for (std::size_t n = 0; n < phases.size(); ++n) {
    if (phases[n] && held_.lost[n] != are_lost) {
      changes = true;
      held_.lost[n] = are_lost;
      twin_->lose_phase(static_cast<int>(n), are_lost);
    }
  }
  return changes;
}

Result<bool> Site::set_supply(bool on) {
  if (held_.supply == on) {
    return false;
  }
  held_.supply = on;
  if (auto const set = twin_->set_supply(on); !set) {
    return tl::unexpected{set.error()};
  }
  return true;
}

Exposure Site::exposure() const {
  auto point = overridden(given_, held_);
  for (std::size_t n = 0; n < element_count; ++n) {
    if (spec_->profile && !held_.i[n]) {
      point.phase[n].i = Amps{};
    }
  }
  return {point, wiring_, s0_, humidity_percent_};
}

}  // namespace blondel

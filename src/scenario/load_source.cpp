#include <scenario/load_source.hpp>

#include <scenario/comtrade_source.hpp>

#include <cmath>
#include <numbers>

namespace blondel {
namespace {

constexpr double rad_per_deg = std::numbers::pi / 180.0;

/// Voltages, frequency, temperature and harmonics: what constant and load_profile share.
ScenarioResult<OperatingPoint> common_point(Node const& spec) {
  OperatingPoint point;
  auto const voltages_v = three_numbers(spec.at("voltage_v"));
  for (std::size_t phase = 0; phase < 3; ++phase) {
    point.phase[phase].u = Volts{voltages_v[phase]};
  }
  // Positive sequence. @source operating_point.hpp
  point.phase[1].u_angle = Radians{-2.0 * std::numbers::pi / 3.0};
  point.phase[2].u_angle = Radians{2.0 * std::numbers::pi / 3.0};
  point.frequency = Hertz{spec.number_or("frequency_hz", 50.0)};
  point.temperature = Celsius{spec.number_or("temperature_c", 23.0)};
  if (auto const harmonics = spec.find("harmonics")) {
    std::size_t slot = 0;
    for (auto const& item : harmonics->items()) {
      auto const order = static_cast<int>(item.at("order").integer());
      for (std::size_t before = 0; before < slot; ++before) {
        if (point.harmonic[before].order == order) {
          return item.at("order").refuse("stands here twice; allowed: each order once");
        }
      }
      auto& harmonic = point.harmonic[slot++];
      harmonic.order = order;
      harmonic.u_ratio = item.number_or("voltage_percent", 0.0) / 100.0;
      harmonic.u_angle = Radians{item.number_or("voltage_angle_deg", 0.0) * rad_per_deg};
      harmonic.i_ratio = item.number_or("current_percent", 0.0) / 100.0;
      harmonic.i_angle = Radians{item.number_or("current_angle_deg", 0.0) * rad_per_deg};
    }
  }
  return point;
}

CurrentShape shape_of(std::string const& name) {
  return name == "half_wave"     ? CurrentShape::half_wave
         : name == "phase_fired" ? CurrentShape::phase_fired
         : name == "burst"       ? CurrentShape::burst
                                 : CurrentShape::sine;
}

}  // namespace

std::array<double, 3> three_numbers(Node const& node) {
  if (!node.is_array()) {
    return {node.number(), node.number(), node.number()};
  }
  auto const items = node.items();
  return {items[0].number(), items[1].number(), items[2].number()};
}

ScenarioResult<LoadSpec> load_phase_loads(Node const& spec) {
  LoadSpec loads;
  auto const currents_a = three_numbers(spec.at("current_a"));
  std::array<double, 3> lags_rad{};
  if (auto const angle = spec.find("angle_deg")) {
    if (spec.has("power_factor") || spec.has("power_factor_kind")) {
      return angle->refuse("stands beside power_factor; allowed: one of the two");
    }
    lags_rad = three_numbers(*angle);
    for (auto& lag : lags_rad) {
      lag *= rad_per_deg;
    }
  } else if (auto const power_factor = spec.find("power_factor")) {
    double const sign = spec.text_or("power_factor_kind", "inductive") == "inductive" ? 1.0 : -1.0;
    lags_rad = three_numbers(*power_factor);
    for (auto& lag : lags_rad) {
      lag = sign * std::acos(lag);
    }
  }
  for (std::size_t phase = 0; phase < 3; ++phase) {
    loads.phase[phase] = {currents_a[phase], lags_rad[phase], {}};
  }
  if (auto const direct = spec.find("direct_current_a")) {
    auto const direct_a = three_numbers(*direct);
    for (std::size_t phase = 0; phase < 3; ++phase) {
      loads.phase[phase].direct_current_a = direct_a[phase];
    }
  }
  if (auto const shape = spec.find("shape")) {
    loads.shape = shape_of(shape->text());
  }
  return loads;
}

ScenarioResult<SourceSpec> load_source(Node const& source, SimDuration scenario_duration) {
  SourceSpec spec;
  if (auto const constant = source.find("constant")) {
    auto const point = common_point(*constant);
    if (!point) {
      return tl::unexpected{point.error()};
    }
    spec.point = *point;
    auto const loads = load_phase_loads(*constant);
    if (!loads) {
      return tl::unexpected{loads.error()};
    }
    for (std::size_t phase = 0; phase < 3; ++phase) {
      auto const& load = loads->phase[phase];
      spec.point.phase[phase].i = Amps{load.current_a};
      spec.point.phase[phase].lag = Radians{load.lag_rad};
      spec.point.phase[phase].i_dc = Amps{load.direct_current_a.value_or(0.0)};
    }
    spec.point.shape = loads->shape.value_or(CurrentShape::sine);
    return spec;
  }
  if (auto const comtrade = source.find("comtrade")) {
    return load_comtrade(*comtrade, scenario_duration);
  }
  auto const profile = source.at("load_profile");
  for (double const u_v : three_numbers(profile.at("voltage_v"))) {
    if (u_v <= 0.0) {
      return profile.at("voltage_v").refuse("a load in watts needs a voltage above 0");
    }
  }
  auto const point = common_point(profile);
  if (!point) {
    return tl::unexpected{point.error()};
  }
  spec.point = *point;
  auto loaded = load_profile_of(profile, scenario_duration);
  if (!loaded) {
    return tl::unexpected{loaded.error()};
  }
  spec.profile = std::move(*loaded);
  return spec;
}

}  // namespace blondel

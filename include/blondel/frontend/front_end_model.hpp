#pragma once
/// Named parameters of one meter's analogue side. Values come from models/, every one with source and basis.

#include <array>

#include <blondel/base/units.hpp>
#include <blondel/meter/sample.hpp>

namespace blondel {

/// A core with hysteresis and remanence, by Jiles and Atherton; waveform tier only. It takes the place of
/// permeability, low-field rise and saturation of a transformer. @source metrology.md 3.1
struct HysteresisModel {
  bool present{};
  double saturation_a_per_m{0.98e6};  ///< Ms
  double shape_a_per_m{4.0};          ///< a, of the anhysteretic curve
  double pinning_a_per_m{1.5};        ///< k, about the coercive field
  double reversibility{0.2};          ///< c, 0 to 1
  double coupling{5e-6};              ///< alpha; alpha Ms < 3 a, or the curve would fall back
};

/// A current transformer's core, winding and burden. @source metrology.md 3.1
struct CtModel {
  double turns{2500.0};       ///< secondary turns over primary turns
  double turns_correction{};  ///< relative; 0.001 takes 0.1 % off the turns
  double core_area_m2{25e-6};
  double core_length_m{50e-3};
  double initial_permeability{60000.0};
  double low_field_rise{0.35};  ///< rho
  double low_field_b_t{2e-3};   ///< B0; a0 = turns * area * B0
  double saturation_b_t{1.1};   ///< as = turns * area * Bsat
  int saturation_exponent{14};  ///< q
  Ohms winding{90.0};           ///< Rct at 23 C
  Ohms burden{50.0};            ///< Rb at 23 C
  Ohms loss{300e3};             ///< R_fe
  /// The loss resistance is that at low field and rises as the permeability does, so that the loss angle
  /// stays.
  bool loss_follows_permeability{};
  double permeability_per_k{-0.0015};
  double winding_per_k{0.0039};
  double burden_per_k{15e-6};
  HysteresisModel hysteresis{};
  bool present{true};  ///< false: an ideal transformer of `turns`
};

/// The resistive divider of the English sheet. @source metrology.md 3.2
struct DividerModel {
  double ratio{991.0};   ///< input over output voltage
  double ratio_error{};  ///< relative, at 23 C
  double per_k{};        ///< relative, per kelvin
  double per_v{};        ///< relative, per volt away from 230 V
};

/// A voltage transformer in the divider's place (Russian sheet): primary winding in series with the
/// magnetising branch of a core, whose electromotive force the secondary shows. @source metrology.md 3.2
struct VoltageTransformerModel {
  bool present{};
  Ohms primary{3000.0};  ///< winding, at 23 C
  double primary_per_k{0.0039};
  double inductance_h{3300.0};  ///< of the primary at low flux
  double low_field_rise{0.35};  ///< rho
  double low_field_wb{0.05};    ///< a0
  double saturation_wb{1.6};    ///< as; 230 V at 50 Hz swing to 1.04 Wb
  int saturation_exponent{14};
  Ohms loss{3e6};  ///< core loss and load, parallel to the core
};

/// Anti-alias filter and converter. @source metrology.md 3.3
struct AdcModel {
  double sample_rate_hz{8000.0};  ///< nominal
  double clock_error{};   ///< relative at 23 C: the true sample interval is nominal * (1 + clock_error)
  double clock_per_k2{};  ///< relative frequency of the crystal over (T - 23 C)^2; negative: slower
  double u_full_scale_v{1000.0};  ///< at the terminals' side of the divider, for code 2^23
  double i_full_scale_a{20.0};    ///< secondary amperes through the terminals, for code 2^23
  double u_filter_tau_s{33e-6};   ///< RC of the voltage channel; 0 = none
  double i_filter_tau_s{33e-6};
  double u_noise_v{};  ///< rms per sample, at the terminals
  double i_noise_a{};  ///< rms per sample, at the terminals
  double u_offset_v{};
  double i_offset_a{};
  double reference_per_k{};  ///< relative gain of both channels per kelvin
  double reference_per_k2{};
  bool sinc3{};         ///< the modulator's filter droops as sinc^3 of frequency over sample rate
  int bits{24};         ///< of a code; fewer leave the low ones of the 24 empty
  bool quantise{true};  ///< false only in tests: codes are still integers, rounded to nearest
};

/// The relative error of the sample interval at a temperature.
[[nodiscard]] constexpr double clock_error_at(AdcModel const& model, Celsius temperature) {
  auto const warmer_k = temperature.value() - 23.0;
  return model.clock_error - model.clock_per_k2 * warmer_k * warmer_k;
}

/// The crystal of the meter's clock, a tuning fork. @source data sheet: typically 5 ppm at 23 C
struct RtcCrystal {
  double error_at_23c{};     ///< relative, positive runs fast
  double turnover_c{25.0};   ///< where it runs fastest
  double per_k2{-0.035e-6};  ///< relative, over the square of the distance from there
};

/// By how much the clock is fast at a temperature, relative.
[[nodiscard]] constexpr double rtc_error_at(RtcCrystal const& crystal, Celsius temperature) {
  auto const bend = [&](double at_c) { return (at_c - crystal.turnover_c) * (at_c - crystal.turnover_c); };
  return crystal.error_at_23c + crystal.per_k2 * (bend(temperature.value()) - bend(23.0));
}

/// Voltage that couples into the current channels, over the voltage at the converters' inputs.
/// @source metrology.md 3.3: sigma 1e-5 from the own phase, 3e-6 from each other
using CrosstalkModel = std::array<std::array<double, element_count>, element_count>;  ///< [into][from]

/// One meter with what hangs in front of it.
struct FrontEndModel {
  /// turns = primary over secondary rating, e.g. 40 for 200/5; none by default.
  CtModel external_ct{.turns = 1.0, .present = false};
  std::array<CtModel, element_count> internal_ct;
  std::array<DividerModel, element_count> divider;
  std::array<VoltageTransformerModel, element_count> voltage_transformer;
  CrosstalkModel crosstalk{};
  std::array<AdcModel, element_count> adc;  ///< rates must agree over the elements
  RtcCrystal rtc_crystal;
  Ohms terminal_burden{0.8e-3};  ///< own consumption of the current circuit. @source 0.02 VA at 5 A
};

/// Current that the voltage of one element seems to drive through the terminals of another. @units A per V,
/// secondary
[[nodiscard]] constexpr double crosstalk_a_per_v(FrontEndModel const& model, std::size_t into,
                                                 std::size_t from) {
  auto const& ct = model.internal_ct[into];
  return model.crosstalk[into][from] / model.divider[from].ratio / ct.burden.value() * ct.turns;
}

}  // namespace blondel

#pragma once
/// A core that remembers: hysteresis and remanence of a current transformer, for the waveform tier.

#include <array>
#include <cstddef>

#include <frontend/ct/ct_law.hpp>
#include <frontend/lanes.hpp>

namespace blondel {

/// Anhysteretic magnetisation over saturation: coth x - 1/x, by its continued fraction.
/// No library function, whose last bit may depend on the processor.
[[nodiscard]] double langevin(double x);

/// A core by Jiles and Atherton, walked along the effective field He = H + alpha M:
///   M = c Man + (1 - c) Mirr,  Man = Ms langevin(He / a),  dMirr/dHe = max(0, (Man - Mirr) delta) / k
/// with delta the sign of the walk. B = mu0 (He + (1 - alpha) M) and H = He - alpha M both rise with He as
/// long as alpha Ms < 3 a, so the core can be asked for the point at any flux density: the inverse form.
/// @source metrology.md 3.1; D. C. Jiles, D. L. Atherton, 1986; a negative susceptibility is clamped to zero
class HysteresisCore {
 public:
  struct State {
    double effective_a_per_m{};     ///< He
    double irreversible_a_per_m{};  ///< Mirr

    template<class Visitor, class Self>
    static void visit_state(Visitor& field, Self& self) {
      field(self.effective_a_per_m);
      field(self.irreversible_a_per_m);
    }
  };

  HysteresisCore() = default;
  /// @shape model present, with alpha Ms < 3 a
  explicit HysteresisCore(HysteresisModel const& model);

  /// The state after the effective field has gone monotonously to a new value.
  /// Between points of the walk Man is taken as straight, for which the lag of Mirr is exact; the points are
  /// a twentieth of a + |He| apart. @cost up to some 500 points between opposite saturations
  [[nodiscard]] State moved(State from, double effective_a_per_m) const;
  [[nodiscard]] double field_a_per_m(State const& state) const;
  [[nodiscard]] double flux_density_t(State const& state) const;
  /// Derivative of M after He when the walk goes on. @param delta 1 or -1
  [[nodiscard]] double susceptibility(State const& state, double delta) const;
  [[nodiscard]] double coupling() const { return model_.coupling; }

 private:
  [[nodiscard]] double magnetisation(State const& state) const;
  [[nodiscard]] double anhysteretic(double effective_a_per_m) const;

  HysteresisModel model_{};
};

/// One transformer with such a core, stepped as CtLaw says: flux' = flux + w + w', w = drive (j - ie), where
/// ie is the field over the turns. The loss resistance of the law stays: it is what eddy currents take.
class HysteresisCt {
 public:
  HysteresisCt() = default;
  explicit HysteresisCt(CtModel const& model);

  /// Changes the law (temperature, interval); flux and core stay.
  void set_law(CtLaw const& law) { law_ = law; }
  /// Brings the demagnetised core along its first curve to a flux.
  /// @param flux_wb cut off at the saturation magnetisation
  void start(double flux_wb, double half_step_wb);
  /// One sample. @return the secondary current
  double step(double primary_a);

  [[nodiscard]] double flux_wb() const { return flux_wb_; }
  /// The magnetising current, seen from the secondary.
  [[nodiscard]] double excitation_a() const { return core_.field_a_per_m(state_) * amps_per_field_; }

  /// What the core remembers; model and law are not in it.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.state_);
    field(self.flux_wb_);
    field(self.half_step_wb_);
  }

 private:
  [[nodiscard]] HysteresisCore::State at_target(double target_wb, double drive_wb_per_a) const;

  HysteresisCore core_;
  HysteresisCore::State state_;
  CtLaw law_;
  double turns_area_m2_{};
  double amps_per_field_{};  ///< length over turns
  double saturation_wb_{};   ///< turns area mu0 Ms
  double flux_wb_{}, half_step_wb_{};
};

}  // namespace blondel

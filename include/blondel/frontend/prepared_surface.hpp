#pragma once
/// An accuracy surface as kernels read it: polynomials in rows, the influences of slow quantities taken out.

#include <array>
#include <cstddef>
#include <tuple>

#include <blondel/base/units.hpp>
#include <blondel/frontend/accuracy_surface.hpp>

namespace blondel {

/// The same interpolation as AccuracySurface::gain, but for rounding.
class PreparedSurface {
 public:
  /// A complex cubic in the distance from the first of the four points it goes through, in steps of the grid;
  /// rising powers.
  struct alignas(64) Cubic {
    std::array<double, 4> real{};
    std::array<double, 4> imaginary{};
  };
  static constexpr int current_rows = static_cast<int>(AccuracySurface::current_points) - 3;
  static constexpr int voltage_rows = static_cast<int>(AccuracySurface::voltage_points) - 3;
  static constexpr int element_rows = current_rows + voltage_rows;
  /// One number of each element, and one of an idle fourth that fills the vector.
  using Fours = std::array<double, element_count + 1>;
  /// What temperature and frequency add to c, as a cubic, and what turns the gain error into the share of the
  /// cores' excitation that it is taken at.
  struct Slow {
    alignas(32) Fours rated_real{}, rated_imaginary{};  ///< c - 1 at rated current
    alignas(32) Fours share_real{}, share_imaginary{};
    alignas(32) std::array<Fours, std::tuple_size_v<Drift>> drift_real{}, drift_imaginary{};
  };

  explicit PreparedSurface(AccuracySurface const& surface);

  /// Does nothing while both stay. @cost a hundred products for each element
  void set_conditions(AccuracySurface const& surface, Hertz frequency, Celsius temperature);

  [[nodiscard]] Slow const& slow() const { return slow_; }
  /// Of each element current_rows and then voltage_rows.
  [[nodiscard]] Cubic const* rows() const { return rows_.data(); }
  [[nodiscard]] double voltage_from_v() const { return voltage_from_v_; }
  [[nodiscard]] double voltage_steps_per_v() const { return voltage_steps_per_v_; }
  [[nodiscard]] double fitted_voltage_v() const { return fitted_voltage_v_; }
  /// @units A per V, secondary @shape [from][into]
  [[nodiscard]] std::array<Fours, element_count> const& crosstalk() const { return crosstalk_; }

 private:
  std::array<Cubic, element_count * element_rows> rows_;
  Slow slow_;
  alignas(32) std::array<Fours, element_count> crosstalk_{};
  double voltage_from_v_;
  double voltage_steps_per_v_;
  double fitted_voltage_v_;
  Hertz frequency_{-1.0};  ///< none yet
  Celsius temperature_{};
};

}  // namespace blondel

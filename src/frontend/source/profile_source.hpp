#pragma once
/// A source over an evenly spaced load profile of constant powers.

#include <array>
#include <cstdint>
#include <vector>

#include <blondel/base/units.hpp>
#include <blondel/frontend/source.hpp>

namespace blondel {

/// Mean powers of one row, primary side; import and inductive are positive.
struct ProfileRow {
  std::array<Watts, element_count> active{};
  std::array<Vars, element_count> reactive{};
  friend constexpr bool operator==(ProfileRow const&, ProfileRow const&) = default;
};

/// What follows the last row.
enum class ProfileEnd : std::uint8_t {
  hold,  ///< the last row goes on
  zero,  ///< no current
};

/// How the rows are to be read.
struct ProfileSettings {
  SimTime start;  ///< of the first row; before it the first row holds
  SimDuration row_span{SimDuration::seconds(60)};
  Volts u{230.0};  ///< of every phase, in positive sequence
  Hertz frequency{50.0};
  Celsius temperature{23.0};
  ProfileEnd end{ProfileEnd::hold};
};

/// Turns each row into the current that draws its power at the given voltage.
class ProfileSource final : public Source {
 public:
  /// @param rows not empty
  ProfileSource(std::vector<ProfileRow> rows, ProfileSettings const& settings);

  [[nodiscard]] OperatingPoint point_at(SimTime now) override;
  [[nodiscard]] SimTime next_change(SimTime now) const override;

 private:
  [[nodiscard]] std::size_t row_index(SimTime now) const;
  [[nodiscard]] ProfileRow const& row(std::size_t index) const;

  std::vector<ProfileRow> rows_;
  ProfileSettings settings_;
  ProfileRow after_;
};

}  // namespace blondel

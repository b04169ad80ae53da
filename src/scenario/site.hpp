#pragma once
/// Where the meter of a run stands: the source with what actions put in its place, and the meter itself.

#include <array>
#include <memory>
#include <optional>

#include <blondel/frontend/source.hpp>
#include <scenario/load_source.hpp>
#include <scenario/operating_limits.hpp>
#include <twin/faulty_nv.hpp>
#include <twin/overrides.hpp>
#include <twin/twin.hpp>

namespace blondel {

/// Keeps what the actions have changed, so that a change can be told from none. Everything acts at
/// twin().now().
class Site {
 public:
  explicit Site(Scenario const& scenario);
  Site(Site const&) = delete;
  Site& operator=(Site const&) = delete;

  /// The source for the meter; borrows from this object.
  [[nodiscard]] std::unique_ptr<Source> source();
  void put_meter(std::unique_ptr<Twin> twin) { twin_ = std::move(twin); }
  [[nodiscard]] Twin& twin() const { return *twin_; }
  /// The meter's memory, when an action damages it. @param memory the meter's own; borrowed
  void put_memory(FaultyNv* memory) { memory_ = memory; }
  [[nodiscard]] FaultyNv* memory() const { return memory_; }

  // What actions do. Phases are those of a "phase" value.
  void set_load(std::array<bool, 3> const& phases, LoadSpec const& load);
  void set_voltage(std::array<bool, 3> const& phases, std::array<double, 3> const& voltages_v);
  void set_frequency(Hertz frequency);
  void set_temperature(Celsius temperature);
  void set_humidity(double relative_percent) { humidity_percent_ = relative_percent; }
  void connect(Wiring const& wiring, S0Loop const& s0);
  /// @return false when none of the phases changes
  bool lose_phases(std::array<bool, 3> const& phases, bool are_lost);
  /// @return false when nothing changes @errors nv_io, nv_corrupt
  Result<bool> set_supply(bool on);

  /// What actions can have changed: the conductors as they are now, without the currents of a load profile.
  [[nodiscard]] Exposure exposure() const;

  /// What actions have changed and the source has given; the meter is not in it.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.wiring_);
    field(self.s0_);
    field(self.humidity_percent_);
    field(self.given_);
    field(self.shape_);
    field(self.direct_);
    field(self.held_);
  }

 private:
  class ShapedSource;

  SourceSpec const* spec_;
  Wiring wiring_;
  S0Loop s0_;
  double humidity_percent_;
  OperatingPoint given_;  ///< by the source, last
  std::optional<CurrentShape> shape_;
  std::array<std::optional<Amps>, 3> direct_;
  Overrides held_;
  std::unique_ptr<Twin> twin_;
  FaultyNv* memory_{};
};

}  // namespace blondel

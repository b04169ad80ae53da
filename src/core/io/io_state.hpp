#pragma once
/// What the meter remembers of its module port's terminals.

#include <array>
#include <cstdint>

#include <blondel/base/time.hpp>
#include <blondel/meter/config.hpp>

namespace blondel {

struct IoState {
  // permanent
  LoadControlSetup setup;
  std::int64_t pulse_milli{};                 ///< pulses times weight, thousandths of the unit NN
  std::array<std::uint32_t, 2> switch_ons{};  ///< relays: delays drawn so far

  // of the terminals, whatever the supply does
  std::array<bool, 2> level{};

  // volatile
  std::array<SimTime, 2> level_since{};
  std::array<bool, 2> has_begun{};  ///< a pulse, after a pause that is long enough
  std::int64_t shown_milli{};       ///< the pulse register before those of the refresh interval under way
  std::int64_t shown_until{};       ///< number of that interval
  std::array<bool, 2> relay{};
  std::array<SimTime, 2> relay_due{SimTime::never(), SimTime::never()};  ///< end of a delay under way
};

template<class Visitor, class State>
void visit_io(Visitor& field, State& io) {
  for (auto& load : io.setup.load) {
    field(load.mode);
    field(load.tariffs);
  }
  field(io.setup.delay_s);
  field(io.setup.working_days);
  field(io.pulse_milli);
  for (auto& count : io.switch_ons) {
    field(count);
  }
}

template<class Visitor, class State>
void visit_volatile_io(Visitor& field, State& io) {
  for (std::size_t n = 0; n < io.level.size(); ++n) {
    field(io.level[n]);
    field(io.level_since[n]);
    field(io.has_begun[n]);
    field(io.relay[n]);
    field(io.relay_due[n]);
  }
  field(io.shown_milli);
  field(io.shown_until);
}

}  // namespace blondel

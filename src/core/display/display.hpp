#pragma once
/// The display: which reading stands on the glass and why. The frame is a function of state, configuration
/// and the instant to which the meter was advanced; nothing has to happen for it to scroll.

#include <blondel/base/time.hpp>
#include <blondel/meter/config.hpp>
#include <blondel/meter/display_frame.hpp>
#include <blondel/meter/display_setup.hpp>

namespace blondel {

class MeterView;

/// What the display remembers.
struct DisplayState {
  // permanent
  std::uint32_t catalogue{};  ///< mark of the catalogue that `setup` names rows of; 0: the order's lists hold
  DisplaySetup setup;         ///< as reconfigured in service

  // volatile
  SimTime automatic_since;  ///< before it are the start-up screens
  SimTime pushed_at;        ///< last, while `by_hand`
  std::uint8_t position{};  ///< in the manual or back-up list, while `by_hand`
  bool by_hand{};           ///< the button leads, until two minutes after pushed_at
  bool is_check{};          ///< all segments, while `by_hand`
};

template<class Visitor, class List>
void visit_display_list(Visitor& field, List& list) {
  field(list.count);
  for (std::size_t n = 0; n < list.item.size() && n < list.count; ++n) {
    field(list.item[n].id);
    field(list.item[n].history);
  }
}

/// Lists only as long as they are.
template<class Visitor, class Setup>
void visit_display_setup(Visitor& field, Setup& setup) {
  visit_display_list(field, setup.automatic);
  visit_display_list(field, setup.manual);
  visit_display_list(field, setup.backup);
  field(setup.leading_zeroes);
}

/// The permanent fields.
template<class Visitor, class State>
void visit_display_permanent(Visitor& field, State& display) {
  field(display.catalogue);
  if (display.catalogue != 0) {
    visit_display_setup(field, display.setup);
  }
}

template<class Visitor, class State>
void visit_display_volatile(Visitor& field, State& display) {
  field(display.automatic_since);
  field(display.pushed_at);
  field(display.position);
  field(display.by_hand);
  field(display.is_check);
}

/// The supply has come back. @source device.md B7: two start-up screens, then the automatic list
void start_display(DisplayState& display, SimTime now);

/// The left push button was held and is let go at `now`. @param powered decides the list
/// Without lists of its own (catalogue mark) those of the order hold.
void push_button(DisplayState& display, DisplaySetup const& setup, PushLength length, bool powered,
                 SimTime now);

/// The lists in force: those set in service as long as they name rows of this catalogue, else the order's.
[[nodiscard]] DisplaySetup const& display_setup(DisplayState const& display, MeterConfig const& config);

/// A mark of the rows and their order: lists in memory name rows by number. Never 0.
[[nodiscard]] std::uint32_t catalogue_mark();

/// The glass at the instant to which the meter was advanced.
[[nodiscard]] DisplayFrame display_frame(MeterView const& m);

}  // namespace blondel

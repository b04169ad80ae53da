#include "core/display/display.hpp"

#include <algorithm>
#include <array>

#include <blondel/base/crc.hpp>
#include <blondel/meter/register_def.hpp>

#include "core/display/screen.hpp"
#include "core/loggers/log_columns.hpp"

namespace blondel {
namespace {

/// @source device.md B7
constexpr SimDuration start_screen = SimDuration::seconds(5);
constexpr SimDuration start_screens = SimDuration::seconds(10);
/// @source data sheet, "Display"
constexpr SimDuration scroll_step = SimDuration::seconds(10);
/// Without supply the glass goes dark after it: inferred.
constexpr SimDuration back_to_automatic = SimDuration::seconds(120);
/// Debiting periods that are kept. @source data sheet, debiting logger
constexpr std::uint8_t history_max = 36;

/// The rows no list may lose: the main totals that the meter has. @source inferred: device.md 14 calls every
/// energy register legal, which thirty readings do not hold
constexpr std::array legal_rows{RegisterId::active_energy_import, RegisterId::active_energy_export,
                                RegisterId::reactive_energy_import, RegisterId::reactive_energy_export};

bool is_by_hand(DisplayState const& display, SimTime now) {
  return display.by_hand && now < display.pushed_at + back_to_automatic;
}

/// The automatic list at `now`, start-up screens included.
Screen automatic_screen(DisplayState const& display, DisplaySetup const& setup, SimTime now) {
  auto const since = display.by_hand ? display.pushed_at + back_to_automatic : display.automatic_since;
  if (now < since) {
    return {since - now > start_screen ? ScreenKind::checksum : ScreenKind::software, {}};
  }
  auto const steps = (now - since).ns() / scroll_step.ns();
  return {ScreenKind::reading, setup.automatic.item[static_cast<std::size_t>(steps) % setup.automatic.count]};
}

template<class List>
Result<void> check_items(List const& list, std::int64_t number, std::uint8_t periods) {
  if (list.count > list.item.size()) {
    return fail(ErrorCode::out_of_range, 100 * number + static_cast<std::int64_t>(list.item.size()));
  }
  for (std::size_t n = 0; n < list.count; ++n) {
    auto const& item = list.item[n];
    if (static_cast<std::uint16_t>(item.id) >= register_count || item.history > periods ||
        (item.history > 0 && !is_debited(item.id))) {
      return fail(ErrorCode::out_of_range, 100 * number + static_cast<std::int64_t>(n));
    }
  }
  return {};
}

}  // namespace

Screen current_screen(DisplayState const& display, DisplaySetup const& setup, bool powered, SimTime now) {
  if (is_by_hand(display, now)) {
    if (display.is_check) {
      return {ScreenKind::check, {}};
    }
    return {ScreenKind::reading,
            powered ? setup.manual.item[display.position] : setup.backup.item[display.position], true};
  }
  return powered ? automatic_screen(display, setup, now) : Screen{ScreenKind::dark, {}};
}

void start_display(DisplayState& display, SimTime now) {
  display.automatic_since = now + start_screens;
  display.by_hand = false;
}

void push_button(DisplayState& display, DisplaySetup const& setup, PushLength length, bool powered,
                 SimTime now) {
  auto const count = powered ? setup.manual.count : setup.backup.count;
  bool const starts_up = powered && !display.by_hand && now < display.automatic_since;
  if (count == 0 || starts_up) {
    return;
  }
  if (length == PushLength::extra) {
    display.by_hand = false;
    display.automatic_since = now;
    return;
  }
  bool const went_on = is_by_hand(display, now);
  bool const steps = went_on && !display.is_check && length == PushLength::brief;
  display.position = static_cast<std::uint8_t>(went_on ? (display.position + (steps ? 1 : 0)) % count : 0);
  display.is_check = length == PushLength::prolonged;
  display.by_hand = true;
  display.pushed_at = now;
}

std::uint32_t catalogue_mark() {
  std::uint64_t hash = fnv1a(ByteSpan{});
  for (auto const& row : catalogue()) {
    for (char const character : row.name) {
      std::array const octet{static_cast<std::uint8_t>(character)};
      hash = fnv1a(octet, hash);
    }
  }
  auto const mark = static_cast<std::uint32_t>(hash ^ hash >> 32);
  return mark == 0 ? 1 : mark;
}

DisplaySetup const& display_setup(DisplayState const& display, MeterConfig const& config) {
  return display.catalogue == catalogue_mark() ? display.setup : config.display;
}

Result<void> check_display(DisplaySetup const& setup, EnergyType energy) {
  if (setup.automatic.count == 0 || setup.manual.count == 0) {
    return fail(ErrorCode::out_of_range, setup.automatic.count == 0 ? 100 : 200);
  }
  if (auto const checked = check_items(setup.automatic, 1, 0); !checked) {
    return checked;
  }
  if (auto const checked = check_items(setup.manual, 2, history_max); !checked) {
    return checked;
  }
  if (auto const checked = check_items(setup.backup, 3, history_max); !checked) {
    return checked;
  }
  auto const manual = setup.manual.items();
  for (auto const id : legal_rows) {
    bool const shown = std::any_of(manual.begin(), manual.end(), [id](auto const& item) {
      return item == DisplayItem{id, 0};
    });
    if (is_present(definition(id), energy) && !shown) {
      return fail(ErrorCode::contradiction, static_cast<std::int64_t>(id));
    }
  }
  return {};
}

}  // namespace blondel

#pragma once
/// Local civil time of a run: a fixed zone and, when configured, summer time by the European rule.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <blondel/base/civil_time.hpp>
#include <blondel/base/time.hpp>
#include <blondel/meter/config.hpp>

namespace blondel {

/// Offset of local from UTC.
struct LocalZone {
  std::int32_t base_s{};  ///< normal time
  bool eu_summer_time{};

  /// @units seconds to add to UTC
  [[nodiscard]] std::int32_t offset_s(CivilSeconds utc) const;
  /// The UTC instant of a local time; of two candidates in autumn the first, in summer time.
  [[nodiscard]] CivilSeconds to_utc(CivilSeconds local) const;
  /// Whether the clocks go forward over this local time in spring, so that no instant has it.
  [[nodiscard]] bool is_skipped(CivilSeconds local) const;
  /// Whether the clocks go back over this local time in autumn, so that two instants have it.
  [[nodiscard]] bool is_repeated(CivilSeconds local) const;
};

/// Digits LL and PPP of configurations 3 and 4. @source device.md 3
[[nodiscard]] LocalZone zone_of(Configuration const& configuration);

/// "2026-01-05T00:00:00" as seconds; none when a field is out of its range.
[[nodiscard]] std::optional<CivilSeconds> parse_local_time(std::string_view text);

/// Why a run cannot start at a local time: it is skipped in spring; with the two nearest times that exist.
/// None when it can.
[[nodiscard]] std::optional<std::string> skipped_text(LocalZone const& zone, CivilSeconds local);
/// Which of two instants a local time that comes twice means; none when it comes once.
[[nodiscard]] std::optional<std::string> repeated_text(LocalZone const& zone, CivilSeconds local);

/// "+01:00"
[[nodiscard]] std::string offset_text(std::int32_t offset_s);
/// "2026-01-05T00:15:00.000+01:00" @param utc_start of the run @param t since then
[[nodiscard]] std::string iso_local(LocalZone const& zone, CivilSeconds utc_start, SimTime t);
/// "2026-01-04T23:15:00.000Z"
[[nodiscard]] std::string iso_utc(CivilSeconds utc_start, SimTime t);
/// "2026-01-05T00:00:00"
[[nodiscard]] std::string iso_civil(CivilTime const& civil);

}  // namespace blondel

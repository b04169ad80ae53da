#pragma once
/// How simulated time follows host time. Only a description; the host's clock is read in ports.

#include <cstdint>
#include <string>
#include <string_view>

#include <blondel/base/result.hpp>
#include <blondel/base/time.hpp>

namespace blondel {

/// `free`, `real[:ratio]` or `stepped`.
struct Pacing {
  enum class Kind : std::uint8_t {
    free,     ///< as fast as the host can
    real,     ///< simulated time = ratio * host time
    stepped,  ///< time stands still until somebody says how far to go
  };
  Kind kind{Kind::real};
  std::int64_t ratio_ppm{1'000'000};  ///< kind == real: millionths, 1 to ratio_ppm_max
  friend constexpr bool operator==(Pacing const&, Pacing const&) = default;
};

inline constexpr std::int64_t ratio_ppm_max = 1'000'000'000'000;

/// Reads a pacing. The ratio takes up to six decimals and is from 0.000001 to 1000000.
/// @errors bad_syntax (detail = offset of the first wrong character), out_of_range (a ratio of 0 or too
/// large)
[[nodiscard]] Result<Pacing> parse_pacing(std::string_view text);

/// What parse_pacing takes, for messages.
inline constexpr std::string_view pacing_allowed = "free, real, real:RATIO (0.000001 to 1000000) or stepped";

/// The shortest text that parse_pacing reads back as the same value.
[[nodiscard]] std::string to_text(Pacing const& pacing);

/// The span between two instants at which bytes cross between host and meter.
/// Fixed by the pacing alone, never by host load, so that a replay meets the same instants.
/// @source architecture.md 7: 10 ms when paced; the free-running 1 s is inferred ("up to one demand period")
[[nodiscard]] SimDuration epoch_of(Pacing const& pacing);

/// The rate of line time for Twin::set_line_ratio. @units millionths
[[nodiscard]] std::int64_t line_ratio_ppm(Pacing const& pacing);

}  // namespace blondel

#pragma once
/// A boundary of the clock inside an increment: the span is split by time, in every tier the same way.

#include <blondel/base/contract.hpp>
#include <blondel/meter/element_increment.hpp>

namespace blondel {

/// The greatest common measure of two spans; by division only, which is all a controller's support library
/// gives.
[[nodiscard]] constexpr std::int64_t common_measure(std::int64_t a, std::int64_t b) {
  while (b != 0) {
    auto const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/// value * part / whole without an intermediate beyond 64 bits: exact where the two spans have a common
/// measure of which the whole is less than 2^31, as whole seconds have; else to 2^-31 of the value.
/// @units of value; part and whole in ns, 0 <= part <= whole, whole > 0
[[nodiscard]] constexpr std::int64_t share_of_span(std::int64_t value, std::int64_t part_ns,
                                                   std::int64_t whole_ns) {
  constexpr std::int64_t limit = std::int64_t{1} << 31;
  if (whole_ns >= limit) {
    auto const measure = common_measure(part_ns, whole_ns);
    part_ns /= measure;
    whole_ns /= measure;
  }
  while (whole_ns >= limit) {
    whole_ns >>= 1;
    part_ns >>= 1;
  }
  return value / whole_ns * part_ns + value % whole_ns * part_ns / whole_ns;
}

/// Takes the front of an increment; what rounding leaves stays in the rest, so the two make the whole.
/// @param front > 0 and shorter than the increment's span
/// @source architecture.md 17: "a boundary of the clock splits the span by time"
[[nodiscard]] inline ElementIncrement take_front(ElementIncrement& rest, SimDuration front) {
  BLONDEL_EXPECTS(front.ns() > 0 && front < rest.span);
  auto taken = rest;
  taken.span = front;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const take = [&](std::int64_t& from, std::int64_t& into) {
      into = share_of_span(from, front.ns(), rest.span.ns());
      from -= into;
    };
    take(rest.element[e].active_uj, taken.element[e].active_uj);
    take(rest.element[e].reactive_uvars, taken.element[e].reactive_uvars);
    take(rest.element[e].apparent_uvas, taken.element[e].apparent_uvas);
  }
  rest.span = rest.span - front;
  return taken;
}

}  // namespace blondel

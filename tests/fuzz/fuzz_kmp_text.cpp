/// The trace's one-line decoder on raw octets and on good frames with arbitrary contents: printable, never
/// empty.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include <blondel/base/contract.hpp>

#include "protocol/kmp/kmp_link.hpp"
#include "protocol/kmp/kmp_text.hpp"

using namespace blondel;

namespace {

void check(std::string const& text) {
  BLONDEL_EXPECTS(!text.empty());
  BLONDEL_EXPECTS(std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  ByteSpan const input{data, size};
  check(kmp_text(input));
  for (auto const direction : {KmpDirection::to_meter, KmpDirection::from_meter}) {
    std::array<std::uint8_t, kmp_line_max> line{};
    auto const application = input.first(std::min(size, kmp_application_max));
    auto const framed = kmp_encode_frame(direction, {kmp_meter_address, application}, line);
    BLONDEL_EXPECTS(framed.has_value());
    check(kmp_text(ByteSpan{line}.first(*framed)));
    Error const reason{static_cast<ErrorCode>(size % 19), static_cast<std::int64_t>(size)};
    for (auto const kind : {LinkEvent::Kind::request, LinkEvent::Kind::silence, LinkEvent::Kind::ignored}) {
      check(kmp_text(LinkEvent{kind, "kmp", ByteSpan{line}.first(*framed), reason, SimTime{}}));
    }
  }
  return 0;
}

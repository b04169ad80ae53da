/// Frame decoder, value codec and receiver on arbitrary octets; what decodes must encode to the same octets.

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <blondel/base/contract.hpp>

#include "protocol/kmp/kmp_codec.hpp"
#include "protocol/kmp/kmp_link.hpp"

using namespace blondel;

namespace {

void check_frame(ByteSpan line) {
  std::array<std::uint8_t, kmp_body_max> body{};
  auto const frame = kmp_decode_frame(line, body);
  if (!frame) {
    return;
  }
  std::array<std::uint8_t, kmp_line_max> again{};
  auto const size = kmp_encode_frame(static_cast<KmpDirection>(line.front()), *frame, again);
  BLONDEL_EXPECTS(size.has_value());
  BLONDEL_EXPECTS(std::equal(line.begin(), line.end(), again.begin(), again.begin() + *size));
}

void check_value(KmpField const& field) {
  auto const number = kmp_number(field.sign_exponent, field.octets);
  if (number && !field.octets.empty()) {
    std::array<std::uint8_t, 300> octets{};
    ByteWriter writer{octets};
    auto const width = static_cast<std::uint8_t>(field.octets.size());
    BLONDEL_EXPECTS(kmp_write_number(writer, *number, width).has_value());
    auto const written = writer.written();
    BLONDEL_EXPECTS(written.size() == 2U + width);
    BLONDEL_EXPECTS(kmp_number(written[1], written.subspan(2)) == number);
  }
  if (auto const stamp = kmp_rtc(field.octets)) {
    std::array<std::uint8_t, kmp_rtc_size> octets{};
    ByteWriter writer{octets};
    BLONDEL_EXPECTS(kmp_write_rtc(writer, *stamp).has_value());
    BLONDEL_EXPECTS(kmp_rtc(octets) == stamp);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  ByteSpan const input{data, size};
  check_frame(input);

  for (auto const direction : {KmpDirection::to_meter, KmpDirection::from_meter}) {
    KmpReceiver receiver{direction};
    for (auto const octet : input) {
      if (receiver.push(octet, SimTime{}) == KmpReceiver::Progress::complete) {
        check_frame(receiver.line());
      }
    }
  }

  ByteReader reader{input};
  while (auto const field = kmp_read_field(reader)) {
    check_value(*field);
  }

  // Octets alone hardly ever carry a good CRC: also wrap them into a frame and take it apart.
  auto const application = input.first(std::min(size, kmp_application_max));
  std::array<std::uint8_t, kmp_line_max> line{};
  auto const framed = kmp_encode_frame(KmpDirection::to_meter, {kmp_meter_address, application}, line);
  BLONDEL_EXPECTS(framed.has_value());
  std::array<std::uint8_t, kmp_body_max> body{};
  auto const frame = kmp_decode_frame(ByteSpan{line}.first(*framed), body);
  BLONDEL_EXPECTS(frame.has_value() == !application.empty());
  BLONDEL_EXPECTS(!frame || std::equal(application.begin(), application.end(), frame->application.begin(),
                                       frame->application.end()));
  return 0;
}

#include "protocol/kmp/kmp_machine.hpp"

#include <algorithm>

namespace blondel {

void KmpMachine::handle_bytes(ByteSpan bytes, SimTime now) {
  handle_deadline(now);
  while (!bytes.empty()) {
    if (is_busy()) {
      report(LinkEvent::Kind::ignored, bytes, now);
      return;
    }
    if (!receiver_.is_collecting()) {
      auto const start = std::find(bytes.begin(), bytes.end(), receiver_.start());
      auto const noise = bytes.first(static_cast<std::size_t>(start - bytes.begin()));
      if (!noise.empty()) {
        report(LinkEvent::Kind::ignored, noise, now);
        bytes = bytes.subspan(noise.size());
        continue;
      }
    }
    handle_octet(bytes.front(), now);
    bytes = bytes.subspan(1);
  }
}

std::size_t KmpMachine::poll_transmit(MutableByteSpan out) {
  if (!is_busy() || release_ != SimTime::never()) {
    return 0;
  }
  auto const count = std::min(out.size(), transmit_size_ - transmitted_);
  std::copy_n(transmit_.begin() + static_cast<std::ptrdiff_t>(transmitted_), count, out.begin());
  transmitted_ += count;
  if (transmitted_ == transmit_size_) {
    transmit_size_ = 0;
    transmitted_ = 0;
  }
  return count;
}

SimTime KmpMachine::next_deadline() const {
  return std::min(release_, receiver_.next_deadline());
}

void KmpMachine::handle_deadline(SimTime now) {
  if (release_ <= now) {
    release_ = SimTime::never();
  }
  if (receiver_.next_deadline() <= now) {
    auto const size = static_cast<std::int64_t>(receiver_.line().size());
    receiver_.reset();
    report(LinkEvent::Kind::silence, receiver_.line(), now, {ErrorCode::truncated, size});
  }
}

void KmpMachine::handle_octet(std::uint8_t octet, SimTime now) {
  if (octet == receiver_.start() && receiver_.is_collecting()) {
    auto const size = static_cast<std::int64_t>(receiver_.line().size());
    report(LinkEvent::Kind::silence, receiver_.line(), now, {ErrorCode::truncated, size});
  }
  switch (receiver_.push(octet, now)) {
    case KmpReceiver::Progress::outside:
    case KmpReceiver::Progress::inside:
      return;
    case KmpReceiver::Progress::complete:
      handle_line(receiver_.line(), now);
      return;
    case KmpReceiver::Progress::too_long:
      refuse(receiver_.line(), {ErrorCode::too_long, kmp_application_max}, now);
      return;
  }
}

void KmpMachine::handle_line(ByteSpan line, SimTime now) {
  if (now < quiet_until_) {
    report(LinkEvent::Kind::silence, line, now, {ErrorCode::quiet_time, 0});
    return;
  }
  std::array<std::uint8_t, kmp_body_max> body{};
  auto const frame = kmp_decode_frame(line, body);
  if (!frame) {
    refuse(line, frame.error(), now);
    return;
  }
  report(LinkEvent::Kind::request, line, now);
  if (frame->address != options_.address) {
    report(LinkEvent::Kind::silence, line, now, {ErrorCode::bad_address, frame->address});
    return;
  }
  auto const answer = server_.answer(frame->application);
  if (!answer) {
    refuse(line, answer.error(), now);
    return;
  }
  for (auto const& omission : answer->left_out()) {
    report(LinkEvent::Kind::silence, line, now, omission);
  }
  hold(*answer, now);
}

void KmpMachine::refuse(ByteSpan line, Error reason, SimTime now) {
  if (now >= quiet_until_) {
    quiet_until_ = now + options_.quiet_after_error;
  }
  report(LinkEvent::Kind::silence, line, now, reason);
}

void KmpMachine::hold(KmpAnswer const& answer, SimTime now) {
  transmitted_ = 0;
  switch (answer.kind) {
    case KmpAnswer::Kind::acknowledge:
      transmit_[0] = kmp_acknowledge;
      transmit_size_ = 1;
      break;
    case KmpAnswer::Kind::frame:
      // Both bounds of the encoder hold by construction of KmpAnswer and transmit_; 0 would mean silence.
      transmit_size_ =
          kmp_encode_frame(KmpDirection::from_meter, {options_.address, answer.application()}, transmit_)
              .value_or(0);
      break;
  }
  auto const delay = draw_reply_delay();
  release_ = delay > SimDuration{} ? now + delay : SimTime::never();
  report(LinkEvent::Kind::response, ByteSpan{transmit_}.first(transmit_size_), now);
}

SimDuration KmpMachine::draw_reply_delay() {
  auto const range = options_.reply_delay_max - options_.reply_delay_min;
  if (range <= SimDuration{}) {
    return options_.reply_delay_min;
  }
  auto const drawn = options_.reply_delay_stream.below(static_cast<std::uint64_t>(range.ns()) + 1);
  return options_.reply_delay_min + SimDuration{static_cast<std::int64_t>(drawn)};
}

void KmpMachine::report(LinkEvent::Kind kind, ByteSpan frame, SimTime now, Error reason) const {
  observer_({kind, "kmp", frame, reason, now});
}

}  // namespace blondel

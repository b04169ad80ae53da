#include "client/kmp/kmp_client.hpp"

#include <algorithm>

#include "protocol/kmp/kmp_command.hpp"

namespace blondel {
namespace {

constexpr std::uint8_t code_of(KmpCommand command) {
  return static_cast<std::uint8_t>(command);
}

}  // namespace

void KmpClient::request_registers(std::span<std::uint16_t const> ids, SimTime now) {
  begin(options_.tries);
  ids_.assign(ids.begin(), ids.end());
  if (ids_.empty()) {
    finish(State::done);
    return;
  }
  send_registers(now);
}

void KmpClient::request_type(SimTime now) {
  begin(options_.tries);
  send(std::array{code_of(KmpCommand::get_type)}, now);
}

void KmpClient::request_serial(SimTime now) {
  begin(options_.tries);
  send(std::array{code_of(KmpCommand::get_serial_no)}, now);
}

Result<void> KmpClient::request_set_clock(CivilTime const& local_time, SimTime now) {
  return kmp_date_time(local_time).map([&](KmpDateTime const& value) {
    std::array<std::uint8_t, 9> application{};
    ByteWriter writer{application};
    writer.u8(code_of(KmpCommand::set_clock));
    writer.u32(value.date);
    writer.u32(value.time);
    begin(1);
    send(application, now);
  });
}

Result<void> KmpClient::request_put_register(std::uint16_t password, KmpField const& value, SimTime now) {
  std::array<std::uint8_t, kmp_application_max> application{};
  ByteWriter writer{application};
  writer.u8(code_of(KmpCommand::put_register));
  writer.u16(password);
  writer.u16(value.id);
  writer.u8(value.unit);
  writer.u8(static_cast<std::uint8_t>(value.octets.size()));
  writer.u8(value.sign_exponent);
  writer.append(value.octets);
  if (writer.failed()) {
    return fail(ErrorCode::too_long, kmp_application_max);
  }
  begin(1);
  send(writer.written(), now);
  return {};
}

void KmpClient::handle_bytes(ByteSpan bytes, SimTime now) {
  handle_deadline(now);
  for (auto const octet : bytes) {
    // Outside a wait for an answer nothing is expected: an echo, stray zeros, an answer that comes too late.
    if (state_ == State::waiting && !is_resting_) {
      handle_octet(octet, now);
    }
  }
}

std::size_t KmpClient::poll_transmit(MutableByteSpan out) {
  if (state_ != State::waiting || is_resting_) {
    return 0;
  }
  auto const count = std::min(out.size(), request_size_ - transmitted_);
  std::copy_n(request_.begin() + static_cast<std::ptrdiff_t>(transmitted_), count, out.begin());
  transmitted_ += count;
  return count;
}

void KmpClient::handle_deadline(SimTime now) {
  if (deadline_ > now) {
    return;
  }
  if (is_resting_) {
    send_again(now);
    return;
  }
  // The time-out has been a rest already: the repetition need not wait once more.
  repeat_or_fail(State::no_answer, SimDuration{}, now);
}

void KmpClient::begin(int tries) {
  ids_.clear();
  asked_ = 0;
  values_.clear();
  left_out_.clear();
  type_.reset();
  serial_number_.reset();
  error_ = {};
  tries_left_ = tries;
}

void KmpClient::send(ByteSpan application, SimTime now) {
  command_ = application.front();
  // A request is far below what a frame holds.
  request_size_ =
      kmp_encode_frame(KmpDirection::to_meter, {options_.address, application}, request_).value_or(0);
  receiver_.reset();
  state_ = State::waiting;
  send_again(now);
}

void KmpClient::send_registers(SimTime now) {
  auto const ids = asked_now();
  std::array<std::uint8_t, 2 + 2 * kmp_registers_max> application{};
  ByteWriter writer{application};
  writer.u8(code_of(KmpCommand::get_register));
  writer.u8(static_cast<std::uint8_t>(ids.size()));
  for (auto const id : ids) {
    writer.u16(id);
  }
  send(writer.written(), now);
}

void KmpClient::repeat_or_fail(State failure, SimDuration rest, SimTime now) {
  receiver_.reset();
  if (tries_left_ <= 0) {
    finish(failure);
    return;
  }
  if (rest <= SimDuration{}) {
    send_again(now);
    return;
  }
  is_resting_ = true;
  deadline_ = now + rest;
}

void KmpClient::send_again(SimTime now) {
  --tries_left_;
  is_resting_ = false;
  transmitted_ = 0;
  deadline_ = now + options_.timeout;
}

void KmpClient::finish(State state) {
  state_ = state;
  is_resting_ = false;
  deadline_ = SimTime::never();
}

void KmpClient::handle_octet(std::uint8_t octet, SimTime now) {
  bool const is_acknowledged =
      command_ == code_of(KmpCommand::set_clock) || command_ == code_of(KmpCommand::put_register);
  if (is_acknowledged && octet == kmp_acknowledge && !receiver_.is_collecting()) {
    finish(State::done);
    return;
  }
  switch (receiver_.push(octet, now)) {
    case KmpReceiver::Progress::outside:
    case KmpReceiver::Progress::inside:
      return;
    case KmpReceiver::Progress::too_long:
      error_ = {ErrorCode::too_long, kmp_application_max};
      repeat_or_fail(State::bad_answer, options_.rest_after_error, now);
      return;
    case KmpReceiver::Progress::complete:
      break;
  }
  if (auto const taken = take_answer(receiver_.line()); !taken) {
    error_ = taken.error();
    repeat_or_fail(State::bad_answer, options_.rest_after_error, now);
    return;
  }
  asked_ += asked_now().size();
  if (asked_ < ids_.size()) {
    tries_left_ = options_.tries;
    send_registers(now);
    return;
  }
  finish(State::done);
}

Result<void> KmpClient::take_answer(ByteSpan line) {
  std::array<std::uint8_t, kmp_body_max> body{};
  auto const frame = kmp_decode_frame(line, body);
  if (!frame) {
    return tl::unexpected<Error>{frame.error()};
  }
  if (frame->address != options_.address) {
    return fail(ErrorCode::bad_address, frame->address);
  }
  ByteReader data{frame->application};
  if (auto const command = data.u8(); command != command_) {
    return fail(ErrorCode::unknown_command, command);
  }
  constexpr std::size_t fixed_size = 4;  // of the answers to GetType and GetSerialNo
  switch (static_cast<KmpCommand>(command_)) {
    case KmpCommand::get_register:
      return take_registers(data);
    case KmpCommand::get_type:
    case KmpCommand::get_serial_no:
      if (data.remaining() != fixed_size) {
        return fail(ErrorCode::bad_length, static_cast<std::int64_t>(data.remaining()));
      }
      break;
    case KmpCommand::set_clock:
    case KmpCommand::put_register:
    case KmpCommand::debiting_stop:
    case KmpCommand::read_event_status:
    case KmpCommand::clear_event_status:
    case KmpCommand::set_voltage_limits:
    case KmpCommand::get_voltage_limits:
    case KmpCommand::set_load_profile:
    case KmpCommand::get_load_profile:
      // Answered by the bare acknowledge, or never asked for here.
      return fail(ErrorCode::unknown_command, command_);
  }
  if (static_cast<KmpCommand>(command_) == KmpCommand::get_type) {
    auto const type = data.u16();
    auto const letter = data.u8();
    type_ = KmpType{type, letter, data.u8()};
  } else {
    serial_number_ = data.u32();
  }
  return {};
}

Result<void> KmpClient::take_registers(ByteReader data) {
  std::vector<KmpValue> values;
  std::vector<std::uint16_t> left_out;
  auto asked = asked_now();
  while (data.remaining() != 0) {
    auto const field = kmp_read_field(data);
    if (!field) {
      return tl::unexpected<Error>{field.error()};
    }
    // The meter keeps the order and leaves out: what is skipped on the way to this register is missing.
    auto const found = std::find(asked.begin(), asked.end(), field->id);
    if (found == asked.end()) {
      return fail(ErrorCode::unknown_register, field->id);
    }
    left_out.insert(left_out.end(), asked.begin(), found);
    asked = asked.subspan(static_cast<std::size_t>(found - asked.begin()) + 1);
    values.push_back(
        {field->id, field->unit, field->sign_exponent, {field->octets.begin(), field->octets.end()}});
  }
  left_out.insert(left_out.end(), asked.begin(), asked.end());
  values_.insert(values_.end(), values.begin(), values.end());
  left_out_.insert(left_out_.end(), left_out.begin(), left_out.end());
  return {};
}

std::span<std::uint16_t const> KmpClient::asked_now() const {
  auto const rest = std::span{ids_}.subspan(asked_);
  return rest.first(std::min(rest.size(), kmp_registers_max));
}

}  // namespace blondel

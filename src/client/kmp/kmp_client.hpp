#pragma once
/// The client's half of KMP, sans-io: requests out, values in, retries and time-outs as deadlines.
///
/// Use, over any line:
///
///   KmpClient client;
///   client.request_registers(ids, now);          // numbers of the catalogue:
///   find_by_short_obis("1.8.0")->kmp.id while (client.state() == KmpClient::State::waiting) {
///     while (auto const size = client.poll_transmit(buffer)) { write(buffer.first(size)); }
///     // wait for octets or for client.next_deadline(), whichever comes first
///     client.handle_bytes(octets, now);          // or client.handle_deadline(now)
///   }
///   if (client.state() == KmpClient::State::done) {
///     for (auto const& value : client.values()) { print(value.id, kmp_value_text(value.field())); }
///     for (auto const id : client.left_out()) { ... }  // the meter does not have these
///   }

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <blondel/base/bytes.hpp>
#include <blondel/base/result.hpp>
#include <blondel/base/time.hpp>
#include <blondel/protocol/endpoint.hpp>

#include "protocol/kmp/kmp_codec.hpp"
#include "protocol/kmp/kmp_link.hpp"

namespace blondel {

/// How patient a client is.
struct KmpClientOptions {
  std::uint8_t address{kmp_meter_address};
  /// From the request's last octet to the answer's end. @source device.md K1: the first octet of an answer
  /// comes within 1.6 s; the rest is for the line (inferred)
  SimDuration timeout{SimDuration::seconds(2)};
  /// Rest before a request is repeated after a bad answer. @source device.md K1
  SimDuration rest_after_error{SimDuration::milliseconds(1600)};
  /// How often one request is sent at most. @source device.md K8; SetClock is sent once, since a repeated one
  /// would set a time that has passed
  int tries{3};
};

/// One register as it came; exact, whatever its width.
struct KmpValue {
  std::uint16_t id{};
  std::uint8_t unit{};  ///< KMP's code: kmp_unit_text
  std::uint8_t sign_exponent{};
  std::vector<std::uint8_t> octets;

  /// For kmp_value_text and kmp_bare_text; borrows from this value.
  [[nodiscard]] KmpField field() const { return {id, unit, sign_exponent, octets}; }
  /// mantissa * 10^exponent. @errors too_long beyond 63 bits
  [[nodiscard]] Result<KmpNumber> number() const { return kmp_number(sign_exponent, octets); }
  /// The clock stamp of unit 53. @errors bad_length, bad_field
  [[nodiscard]] Result<RtcStamp> rtc() const { return kmp_rtc(octets); }
};

/// What GetType says. @source device.md K4
struct KmpType {
  std::uint16_t type{};  ///< 7500 hexadecimal = 351 C
  std::uint8_t software_letter{};
  std::uint8_t software_number{};
  friend constexpr bool operator==(KmpType const&, KmpType const&) = default;
};

/// One conversation at a time; a new request_* forgets the one before.
class KmpClient {
 public:
  enum class State : std::uint8_t {
    idle,        ///< nothing asked yet
    waiting,     ///< for an answer, or for the rest before a repetition
    done,        ///< everything asked was answered
    no_answer,   ///< silence after the last try: the meter is away or refuses the request
    bad_answer,  ///< the last try's answer was wrong: `error()` says how
  };

  explicit KmpClient(KmpClientOptions options = {})
      : options_{options},
        receiver_{KmpDirection::from_meter, options.timeout} {}

  /// Reads registers, in requests of at most eight. No ids: done at once.
  void request_registers(std::span<std::uint16_t const> ids, SimTime now);
  void request_type(SimTime now);
  void request_serial(SimTime now);
  /// Sets the meter's clock to local time, summer time included.
  /// @errors out_of_range when KMP cannot say this moment; nothing is sent then
  Result<void> request_set_clock(CivilTime const& local_time, SimTime now);

  /// Writes a register, once: silence says that the meter refuses it.
  /// @errors too_long for a value that no frame holds; nothing is sent then
  Result<void> request_put_register(std::uint16_t password, KmpField const& value, SimTime now);

  // Endpoint
  void handle_bytes(ByteSpan bytes, SimTime now);
  [[nodiscard]] std::size_t poll_transmit(MutableByteSpan out);
  [[nodiscard]] SimTime next_deadline() const { return deadline_; }
  void handle_deadline(SimTime now);

  [[nodiscard]] State state() const { return state_; }
  /// state() == bad_answer: what was wrong with it.
  [[nodiscard]] Error error() const { return error_; }
  /// Registers in the order asked; those that came before a failure stay.
  [[nodiscard]] std::span<KmpValue const> values() const { return values_; }
  /// Registers that were asked for and not in the answer.
  [[nodiscard]] std::span<std::uint16_t const> left_out() const { return left_out_; }
  [[nodiscard]] std::optional<KmpType> const& type() const { return type_; }
  [[nodiscard]] std::optional<std::uint32_t> serial_number() const { return serial_number_; }

 private:
  void begin(int tries);
  void send(ByteSpan application, SimTime now);
  void send_registers(SimTime now);
  void send_again(SimTime now);
  void repeat_or_fail(State failure, SimDuration rest, SimTime now);
  void finish(State state);
  void handle_octet(std::uint8_t octet, SimTime now);
  [[nodiscard]] Result<void> take_answer(ByteSpan line);
  [[nodiscard]] Result<void> take_registers(ByteReader data);
  [[nodiscard]] std::span<std::uint16_t const> asked_now() const;

  KmpClientOptions options_;
  KmpReceiver receiver_;
  State state_{State::idle};
  Error error_;
  std::uint8_t command_{};
  std::array<std::uint8_t, kmp_line_max> request_{};
  std::size_t request_size_{};
  std::size_t transmitted_{};
  int tries_left_{};
  bool is_resting_{};
  SimTime deadline_{SimTime::never()};

  std::vector<std::uint16_t> ids_;
  std::size_t asked_{};  ///< ids before this one are answered
  std::vector<KmpValue> values_;
  std::vector<std::uint16_t> left_out_;
  std::optional<KmpType> type_;
  std::optional<std::uint32_t> serial_number_;
};

static_assert(Endpoint<KmpClient>);

}  // namespace blondel

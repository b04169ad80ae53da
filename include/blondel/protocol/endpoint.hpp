#pragma once
/// Waist three: bytes in, bytes out, next deadline. Every protocol machine has this shape.

#include <concepts>
#include <cstddef>
#include <memory>
#include <string_view>

#include <blondel/base/bytes.hpp>
#include <blondel/base/result.hpp>
#include <blondel/base/time.hpp>

namespace blondel {

/// A sans-io protocol machine.
/// After any input call poll_transmit until it returns 0, then next_deadline.
/// `now` is line time: simulated time, divided by the pacing ratio when a real client is attached.
template <class T>
concept Endpoint = requires(T machine, T const& constant, ByteSpan in, MutableByteSpan out, SimTime now) {
  /// Input. Never blocks, never fails outward: bad input changes counters and perhaps the reply.
  { machine.handle_bytes(in, now) } -> std::same_as<void>;
  /// Output that is ready; the count written, 0 when there is none.
  { machine.poll_transmit(out) } -> std::same_as<std::size_t>;
  { constant.next_deadline() } -> std::same_as<SimTime>;
  { machine.handle_deadline(now) } -> std::same_as<void>;
};

/// What a machine tells whoever watches the line: a frame, or why there will be no answer.
struct LinkEvent {
  enum class Kind : std::uint8_t {
    request,   ///< a whole frame arrived
    response,  ///< a whole frame was made
    silence,   ///< something arrived that gets no answer; `reason` says why
    ignored,   ///< octets outside any frame were dropped
  };
  Kind kind{};
  std::string_view protocol;  ///< "kmp", ...
  ByteSpan frame;             ///< as on the line; valid during the call only
  Error reason{};             ///< kind == silence
  SimTime now;
};

/// Where link events go; a null function costs nothing.
struct LinkObserver {
  void (*function)(void* context, LinkEvent const& event){};
  void* context{};
  void operator()(LinkEvent const& event) const {
    if (function != nullptr) {
      function(context, event);
    }
  }
};

/// Any Endpoint, owned, behind one pointer: for ports that fit different machines.
class AnyEndpoint {
 public:
  AnyEndpoint() = default;
  template <class T>
    requires(Endpoint<T> && !std::same_as<T, AnyEndpoint>)
  explicit AnyEndpoint(std::unique_ptr<T> machine) : holder_{std::make_unique<Holder<T>>(std::move(machine))} {}

  [[nodiscard]] bool has_value() const { return holder_ != nullptr; }
  void handle_bytes(ByteSpan in, SimTime now) { holder_->handle_bytes(in, now); }
  std::size_t poll_transmit(MutableByteSpan out) { return holder_->poll_transmit(out); }
  [[nodiscard]] SimTime next_deadline() const { return holder_->next_deadline(); }
  void handle_deadline(SimTime now) { holder_->handle_deadline(now); }

 private:
  struct Base {
    Base() = default;
    Base(Base const&) = delete;
    Base& operator=(Base const&) = delete;
    virtual ~Base() = default;
    virtual void handle_bytes(ByteSpan, SimTime) = 0;
    virtual std::size_t poll_transmit(MutableByteSpan) = 0;
    [[nodiscard]] virtual SimTime next_deadline() const = 0;
    virtual void handle_deadline(SimTime) = 0;
  };
  template <class T>
  struct Holder final : Base {
    explicit Holder(std::unique_ptr<T> m) : machine{std::move(m)} {}
    void handle_bytes(ByteSpan in, SimTime now) override { machine->handle_bytes(in, now); }
    std::size_t poll_transmit(MutableByteSpan out) override { return machine->poll_transmit(out); }
    [[nodiscard]] SimTime next_deadline() const override { return machine->next_deadline(); }
    void handle_deadline(SimTime now) override { machine->handle_deadline(now); }
    std::unique_ptr<T> machine;
  };
  std::unique_ptr<Base> holder_;
};

}  // namespace blondel

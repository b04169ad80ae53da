#pragma once
/// Exposes one meter over TCP, paced by the host's clock, every octet on the record.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include <blondel/base/bytes.hpp>
#include <blondel/base/time.hpp>
#include <blondel/ports/endpoint_spec.hpp>
#include <blondel/sim/journal.hpp>
#include <blondel/sim/pacing.hpp>

namespace blondel {

class Log;

/// The meter as the ports see it. All functions must be set; they are called on one thread.
struct ServedMeter {
  /// Runs up to an instant. false: it cannot go on, and the caller of the server knows why.
  std::function<bool(SimTime)> step;
  /// A head is put on the port of this name. @return a number that the other functions take
  std::function<std::uint32_t(std::string const&)> open_session;
  std::function<void(std::uint32_t)> close_session;
  std::function<void(std::uint32_t, ByteSpan)> handle_bytes;
  std::function<std::size_t(std::uint32_t, MutableByteSpan)> poll_transmit;
  std::function<std::uint64_t()> state_hash;
};

struct ServeOptions {
  std::vector<EndpointSpec> endpoints;
  Pacing pacing;
  /// Free running goes on by itself up to here; beyond, only while a client is connected.
  SimTime free_until{SimTime::never()};
  std::optional<std::filesystem::path> journal;
  JournalHeader journal_header;
  /// Stepped: read lines from standard input, `DURATION` (10ms, 900s, 15min, 2h) or `quit`.
  bool steps_from_stdin{true};
};

/// How serving ended.
struct ServeResult {
  enum class End : std::uint8_t {
    signal,          ///< SIGINT or SIGTERM; `signal` says which
    quit,            ///< asked to on standard input
    meter_stopped,   ///< ServedMeter::step gave false
    journal_failed,  ///< `message` says why and what was kept
  };
  End end{End::signal};
  int signal{};
  std::string message;
  SimTime simulated;
  std::uint64_t sessions{};
  std::uint64_t journal_entries{};
  double requested_speed{};  ///< simulated seconds per host second; 0 = free or stepped
  double achieved_speed{};
};

class PortServer {
 public:
  /// Opens the ports and the journal.
  /// @errors a message for a person: port in use, journal that cannot be written
  [[nodiscard]] static tl::expected<PortServer, PortError> open(ServedMeter meter, ServeOptions options,
                                                                Log& log);
  PortServer(PortServer&&) noexcept;
  ~PortServer();

  /// An open port and the place where it really is.
  struct OpenPort {
    MeterPort port{};
    HostPort place;
  };
  [[nodiscard]] std::vector<OpenPort> const& open_ports() const;

  /// Serves until a signal or a failure, then lets answers under way go out and closes in good order.
  [[nodiscard]] ServeResult run();
  /// Makes run() end as after a signal. Callable from another thread (tests).
  void request_stop();

 private:
  struct Parts;
  explicit PortServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// A span as typed: "10ms", "900s", "15min", "2h", "90d", whole numbers only. @errors a message with what is
/// allowed
[[nodiscard]] tl::expected<SimDuration, PortError> parse_duration(std::string_view text);

}  // namespace blondel

#pragma once
/// One connection: octets in, octets out, bounded both ways.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <blondel/base/bytes.hpp>

#include "ports/asio.hpp"

namespace blondel {

/// Owned by the server, which may destroy it once is_finished(). Never waits, never throws.
class Session {
 public:
  /// Octets a peer may leave unread before it is dropped. Far above any answer of the meter's protocols.
  static constexpr std::size_t unread_max = 65'536;
  /// Octets taken at one visit; the next visit comes after they were delivered, so a flood waits in TCP.
  static constexpr std::size_t visit_max = 65'536;

  struct Events {
    std::function<void(Session&, ByteSpan)> on_bytes;
    /// The peer is gone or was dropped. Called once.
    std::function<void(Session&, std::string_view reason)> on_gone;
  };

  Session(asio::ip::tcp::socket socket, std::uint32_t number, Events events);
  Session(Session const&) = delete;
  Session& operator=(Session const&) = delete;

  /// Takes octets once; call again when they have been delivered.
  void resume_reading();
  void send(ByteSpan bytes);
  /// Ends the connection without a call of on_gone.
  void close();

  [[nodiscard]] std::uint32_t number() const { return number_; }
  [[nodiscard]] std::string const& peer() const { return peer_; }
  /// Whether the peer has ended its side, even when octets before that are still to be read.
  /// @cost one system call
  [[nodiscard]] bool has_peer_hung_up();
  /// Ends the connection of a peer that has hung up, with a call of on_gone.
  void drop_hung_up() { drop("closed by peer"); }

  [[nodiscard]] bool is_open() const { return !is_closed_; }
  [[nodiscard]] bool has_unsent() const { return is_writing_ && !is_closed_; }
  [[nodiscard]] bool is_finished() const {
    return is_closed_ && !is_writing_ && !is_reading_ && !is_lingering_;
  }

 private:
  void read();
  void handle_end_of_input();
  void write_next();
  void drop(std::string_view reason);

  asio::ip::tcp::socket socket_;
  asio::steady_timer linger_;
  std::uint32_t number_;
  std::string peer_;
  Events events_;
  std::vector<std::uint8_t> writing_;
  std::vector<std::uint8_t> waiting_;
  bool is_reading_{};
  bool is_writing_{};
  bool is_lingering_{};
  bool is_at_end_{};
  bool is_closed_{};
};

}  // namespace blondel

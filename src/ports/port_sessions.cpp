#include <algorithm>

#include "ports/port_server_parts.hpp"

namespace blondel {

namespace {

/// Heads on one port at a time; the rest of a usual limit of 1024 descriptors is for everything else.
constexpr std::ptrdiff_t sessions_max = 900;
/// What may wait for the next epoch before no further head is put on. While time stands still clients come,
/// ask and leave; what they asked is the meter's to see, so it is kept, and the port is closed instead.
/// @units octets, about; some thousand visits that ask for a few registers
constexpr std::size_t undelivered_max = 4U << 20U;

}  // namespace

void PortServer::Parts::accept(MeterPort port, asio::ip::tcp::socket socket) {
  if (is_stopping || !has_room()) {
    log->warning(loop.now(),
                 "event=refused reason=\"too many clients\" limit=" + std::to_string(sessions_max));
    return;  // the socket closes with its object
  }
  if (loop.pending_size() > undelivered_max) {
    log->warning(loop.now(), "event=refused reason=\"too much waits for the next step\" octets=" +
                                 std::to_string(loop.pending_size()) +
                                 " limit=" + std::to_string(undelivered_max));
    return;
  }
  auto const number = loop.open(std::string{name_of(port)});
  sessions_seen += 1;
  auto session = std::make_unique<Session>(
      std::move(socket), number,
      Session::Events{[this](Session& from, ByteSpan bytes) {
                        last_input = host_now();
                        loop.receive(from.number(), bytes);
                      },
                      [this](Session& from, std::string_view reason) { handle_gone(from, reason); }});
  log->info(loop.now(), "event=open port=" + std::string{name_of(port)} +
                            " session=" + std::to_string(number) + " peer=" + session->peer());
  session->resume_reading();
  sessions.emplace(number, std::move(session));
}

void PortServer::Parts::handle_gone(Session& session, std::string_view reason) {
  log->info(loop.now(), "event=close session=" + std::to_string(session.number()) + " reason=\"" +
                            std::string{reason} + '"');
  loop.close(session.number());
}

/// While time stands still nothing is read and ends of connections go unseen: a full port looks for them.
bool PortServer::Parts::has_room() {
  auto const is_open = [](auto const& entry) { return entry.second->is_open(); };
  if (std::ranges::count_if(sessions, is_open) < sessions_max) {
    return true;
  }
  for (auto& [number, session] : sessions) {
    if (session->is_open() && session->has_peer_hung_up()) {
      session->drop_hung_up();
    }
  }
  return std::ranges::count_if(sessions, is_open) < sessions_max;
}

/// Connections that have ended leave the list now, not while one of their handlers or a loop over them runs.
void PortServer::Parts::sweep() {
  std::erase_if(sessions, [](auto const& entry) { return entry.second->is_finished(); });
}

}  // namespace blondel

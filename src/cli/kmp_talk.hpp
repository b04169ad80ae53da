#pragma once
/// What the verbs that talk to a meter over KMP share.

#include <chrono>
#include <string>

#include <tl/expected.hpp>

#include "client/kmp/kmp_client.hpp"
#include "ports/tcp_client.hpp"

namespace blondel {

/// A register that somebody named on the command line.
struct Asked {
  std::string name;  ///< as typed
  std::uint16_t kmp_id{};
};

/// A display id, a KMP number or a row's name. @errors a message for people
[[nodiscard]] tl::expected<Asked, std::string> find_register(std::string const& name);

/// Now, as a client's machine counts it.
[[nodiscard]] SimTime line_now();

/// Drives the machine over the connection until it has finished. @errors the connection broke
tl::expected<void, PortError> converse(KmpClient& client, TcpClient& connection);

}  // namespace blondel

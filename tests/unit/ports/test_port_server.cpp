#include <blondel/ports/port_server.hpp>
#include <blondel/sim/replay.hpp>

#include "ports/log.hpp"
#include "ports/tcp_client.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <thread>

using namespace blondel;
using namespace std::chrono_literals;

namespace {

/// Answers 'a' to 'z' with the capital letter 30 ms later, 'B' with 30 kB at once, and swallows the rest.
class CapitalMeter {
 public:
  ServedMeter served() {
    ServedMeter meter;
    meter.step = [this](SimTime until) {
      now_ = until;
      return true;
    };
    meter.open_session = [this](std::string const&) { return ++opened_; };
    meter.close_session = [this](std::uint32_t handle) { due_.erase(handle); };
    meter.handle_bytes = [this](std::uint32_t handle, ByteSpan bytes) { take(handle, bytes); };
    meter.poll_transmit = [this](std::uint32_t handle, MutableByteSpan out) { return give(handle, out); };
    meter.state_hash = [this] { return static_cast<std::uint64_t>(opened_); };
    return meter;
  }

 private:
  struct Due {
    SimTime at;
    std::vector<std::uint8_t> bytes;
  };
  void take(std::uint32_t handle, ByteSpan bytes) {
    for (auto const byte : bytes) {
      if (byte == 'B') {
        due_[handle].push_back({now_, std::vector<std::uint8_t>(30'000, 'b')});
      } else if (byte >= 'a' && byte <= 'z') {
        due_[handle].push_back(
            {now_ + SimDuration::milliseconds(30), {static_cast<std::uint8_t>(byte - 32)}});
      }
    }
  }
  std::size_t give(std::uint32_t handle, MutableByteSpan out) {
    auto& due = due_[handle];
    if (due.empty() || due.front().at > now_) {
      return 0;
    }
    auto& bytes = due.front().bytes;
    auto const count = std::min(bytes.size(), out.size());
    std::copy_n(bytes.begin(), count, out.begin());
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
    if (bytes.empty()) {
      due.erase(due.begin());
    }
    return count;
  }

  SimTime now_;
  std::uint32_t opened_{};
  std::map<std::uint32_t, std::vector<Due>> due_;
};

ServeOptions on_any_port() {
  ServeOptions options;
  options.endpoints = {parse_endpoint("tcp:127.0.0.1:0", MeterPort::optical).value()};
  options.steps_from_stdin = false;
  return options;
}

/// A server on a thread of its own.
class Running {
 public:
  explicit Running(ServeOptions options)
      : server_{PortServer::open(meter_.served(), std::move(options), log_).value()} {
    thread_ = std::thread{[this] { result_ = server_.run(); }};
  }
  Running(Running const&) = delete;
  Running& operator=(Running const&) = delete;
  ~Running() { (void)stop(); }
  ServeResult stop() {
    if (thread_.joinable()) {
      server_.request_stop();
      thread_.join();
    }
    return result_;
  }
  [[nodiscard]] HostPort place() const { return server_.open_ports().at(0).place; }
  [[nodiscard]] TcpClient connect() const { return TcpClient::connect(place(), 2s).value(); }

 private:
  CapitalMeter meter_;
  Log log_{Log::Form::text, Log::Level::error};
  PortServer server_;
  std::thread thread_;
  ServeResult result_;
};

void send(TcpClient& client, std::string_view text) {
  std::vector<std::uint8_t> const bytes{text.begin(), text.end()};
  REQUIRE(client.send(bytes, 10s).has_value());
}

/// Waits up to five seconds for this many octets.
std::string receive(TcpClient& client, std::size_t count) {
  std::string text;
  while (text.size() < count) {
    std::array<std::uint8_t, 4096> buffer{};
    auto const taken = client.receive(buffer, 5s);
    if (!taken || *taken == 0) {
      break;
    }
    text.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*taken));
  }
  return text;
}

}  // namespace

TEST_CASE("port server: a client on any free port gets its answer") {
  Running const running{on_any_port()};
  CHECK(running.place().port != 0);
  auto client = running.connect();
  send(client, "k");
  CHECK(receive(client, 1) == "K");
}

TEST_CASE("port server: two clients at once are two sessions") {
  Running running{on_any_port()};
  auto first = running.connect();
  auto second = running.connect();
  send(first, "a");
  send(second, "z");
  CHECK(receive(second, 1) == "Z");
  CHECK(receive(first, 1) == "A");
  CHECK(running.stop().sessions == 2);
}

TEST_CASE("port server: a port in use is named with the option that changes it") {
  Running const running{on_any_port()};
  auto options = on_any_port();
  options.endpoints[0].port = running.place().port;
  CapitalMeter meter;
  Log log{Log::Form::text, Log::Level::error};
  auto const second = PortServer::open(meter.served(), options, log);
  REQUIRE_FALSE(second.has_value());
  CHECK_THAT(second.error().message,
             Catch::StartsWith("optical port: 127.0.0.1:" + std::to_string(running.place().port)));
  CHECK_THAT(second.error().message,
             Catch::Contains("in use") && Catch::Contains("--optical tcp:ADDRESS:PORT"));
}

TEST_CASE("port server: a peer that never reads is dropped, another is still answered") {
  Running running{on_any_port()};
  auto deaf = running.connect();
  auto other = running.connect();
  // 300 answers of 30 kB are more than a socket's buffers and the limit together hold (4 MB and 64 kB).
  send(deaf, std::string(300, 'B'));
  send(other, "k");
  CHECK(receive(other, 1) == "K");
  // What TCP had taken comes out, then the end, long before the 9 MB.
  CHECK(receive(deaf, 9'000'000).size() < 9'000'000);
}

TEST_CASE("port server: a flood of garbage leaves it answering") {
  Running running{on_any_port()};
  auto flood = running.connect();
  send(flood, std::string(1'000'000, '\xFF'));
  send(flood, "k");
  CHECK(receive(flood, 1) == "K");
}

TEST_CASE("port server: clients that have left a stepped meter make room for others") {
  auto options = on_any_port();
  options.pacing.kind = Pacing::Kind::stepped;
  options.steps_from_stdin = false;
  Running running{options};
  // The server takes at most 900 at a time; each of these asks something and leaves.
  for (int n = 0; n < 1'000; ++n) {
    auto client = running.connect();
    send(client, "k");
  }
  // A refused client is told so by the end of its connection; one that is taken only waits.
  auto client = running.connect();
  std::array<std::uint8_t, 16> buffer{};
  auto const received = client.receive(buffer, 500ms);
  REQUIRE(received.has_value());
  CHECK(*received == 0);
  CHECK(running.stop().sessions == 1'001);
}

TEST_CASE("port server: what departed clients left a stepped meter is bounded and replays octet for octet") {
  auto const path =
      std::filesystem::temp_directory_path() / ("blondel-left-" + std::to_string(std::random_device{}()));
  auto options = on_any_port();
  options.pacing.kind = Pacing::Kind::stepped;
  options.journal = path;
  options.journal_header.scenario = "none";
  options.journal_header.pacing = options.pacing;
  Running running{options};
  // Each leaves up to 64 KiB, 4 MiB are kept: 64 clients at least fill them, 600 do in any case.
  std::string const much(60'000, '\xFF');
  bool is_refused = false;
  for (int n = 0; n < 600 && !is_refused; ++n) {
    auto client = running.connect();
    std::vector<std::uint8_t> const bytes{much.begin(), much.end()};
    bool const is_sent = client.send(bytes, 10s).has_value();
    std::array<std::uint8_t, 16> buffer{};
    is_refused = !is_sent || !client.receive(buffer, 10ms).has_value();
  }
  CHECK(is_refused);
  CHECK(running.stop().end == ServeResult::End::quit);

  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  std::filesystem::remove(path);
  auto const journal = decode_journal(text.str()).value();
  std::size_t octets = 0;
  for (auto const& entry : journal.entries) {
    octets += entry.kind == JournalEntry::Kind::bytes_in ? entry.bytes.size() : 0;
  }
  CHECK(octets > 3'000'000);
  CapitalMeter meter;
  auto plant = meter.served();
  auto const again = replay(plant, journal, [](SimTime) { return true; });
  CHECK_FALSE(again.difference.has_value());
  CHECK(again.matched == journal.entries.size() - 1);
}

TEST_CASE("port server: free running stands still at its end and goes on for a client") {
  auto options = on_any_port();
  options.pacing.kind = Pacing::Kind::free;
  options.free_until = SimTime{3'600 * ns_per_s};
  Running running{options};
  auto client = running.connect();
  send(client, "k");
  CHECK(receive(client, 1) == "K");
  CHECK(running.stop().simulated >= SimTime{3'600 * ns_per_s});
}

TEST_CASE("port server: a recorded visit replays octet for octet") {
  auto const path =
      std::filesystem::temp_directory_path() / ("blondel-visit-" + std::to_string(std::random_device{}()));
  auto options = on_any_port();
  options.journal = path;
  options.journal_header.scenario = "none";
  {
    Running running{options};
    auto first = running.connect();
    send(first, "abc");
    CHECK(receive(first, 3) == "ABC");
    auto second = running.connect();
    send(second, "x");
    CHECK(receive(second, 1) == "X");
    CHECK(running.stop().end == ServeResult::End::quit);
  }
  std::ostringstream text;
  text << std::ifstream{path}.rdbuf();
  std::filesystem::remove(path);
  auto const journal = decode_journal(text.str()).value();
  REQUIRE(journal.entries.back().kind == JournalEntry::Kind::end);

  CapitalMeter meter;
  auto plant = meter.served();
  auto const again = replay(plant, journal, [](SimTime) { return true; });
  CHECK_FALSE(again.difference.has_value());
  CHECK(again.matched == journal.entries.size() - 1);
  CHECK(again.recorded_hash == 2);
}

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::Program;
using blondel::test::run;
using blondel::test::wait_for_place;
using Catch::Contains;

namespace {

/// A peer on the loopback that listens and never says a word.
class SilentPeer {
 public:
  SilentPeer() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::socklen_t size = sizeof address_;
    auto* const address = reinterpret_cast<sockaddr*>(&address_);
    is_open_ = ::bind(listener_, address, size) == 0 && ::listen(listener_, 1) == 0 &&
               ::getsockname(listener_, address, &size) == 0;
  }
  SilentPeer(SilentPeer const&) = delete;
  SilentPeer& operator=(SilentPeer const&) = delete;
  ~SilentPeer() { ::close(listener_); }
  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] std::string place() const { return "127.0.0.1:" + std::to_string(ntohs(address_.sin_port)); }
  /// Everything the next client sends until it goes, in hexadecimal.
  [[nodiscard]] std::string listen_to_client() const {
    std::string heard;
    int const client = ::accept(listener_, nullptr, nullptr);
    std::array<char, 256> octets{};
    for (auto got = ::read(client, octets.data(), octets.size()); got > 0;
         got = ::read(client, octets.data(), octets.size())) {
      for (auto n = 0; n < got; ++n) {
        auto const octet = static_cast<unsigned char>(octets[static_cast<std::size_t>(n)]);
        heard += "0123456789ABCDEF"[octet >> 4];
        heard += "0123456789ABCDEF"[octet & 15];
      }
    }
    ::close(client);
    return heard;
  }

 private:
  int listener_{-1};
  sockaddr_in address_{};
  bool is_open_{};
};

}  // namespace

TEST_CASE("read: a silent peer is asked as often and waited for as long as the options say") {
  SilentPeer const peer;
  REQUIRE(peer.is_open());
  Folder const folder;
  Program client{folder, "read --via kmp --timeout-ms 300 --retries 2 " + peer.place() + " 1.8.0"};
  auto const began = std::chrono::steady_clock::now();
  auto const heard = peer.listen_to_client();
  auto const waited = std::chrono::steady_clock::now() - began;
  // GetRegister of register 1, three times. @source device.md K1; CRC-16 of 3F 10 01 00 01 by
  // binascii.crc_hqx
  std::string const request{"803F1001000155A10D"};
  CHECK(heard == request + request + request);
  CHECK(waited >= std::chrono::milliseconds{800});  // 900 less the start of the clock here
  CHECK(client.wait().exit_code == 1);
}

TEST_CASE("replay: a meter that ends in another state is found although every octet is the same") {
  Folder const folder;
  folder.write("scenario.json", Document{}.text());
  Program server{folder, "serve '" + folder.file("scenario.json") +
                             "' --start scenario --optical tcp:127.0.0.1:0 --journal '" +
                             folder.file("visit") + "'"};
  auto const place = wait_for_place(folder);
  REQUIRE_FALSE(place.empty());
  REQUIRE(run("read --via kmp " + place + " 1001").exit_code == 0);
  server.signal(SIGTERM);
  REQUIRE(server.wait().exit_code == 143);

  auto text = folder.read("visit");
  auto const end = text.rfind(" end ");
  REQUIRE(end != text.npos);
  auto& digit = text[text.size() - 2];
  digit = digit == '0' ? '1' : '0';
  folder.write("visit", text);
  auto const replayed = run("replay '" + folder.file("visit") + "'");
  CHECK(replayed.exit_code == 4);
  CHECK_THAT(replayed.out, Contains("every octet is the same, but the meter's state at the end is not"));
}

TEST_CASE("serve: a meter with a history has its readings, its clock and its logs, and replays", "[SIM-02]") {
  // 138 kW for 48 h are 6624 kWh; class C may be 0.2 % off. The clocks go forward on 29 March, so the past
  // begins at 23:00 on the 27th. A document's own actions come after it.
  Folder const folder;
  Document document;
  document.tier = "phasor";
  document.start = "2026-03-30T00:00:00";
  document.summer_time = "001";
  document.duration_s = 3'600;
  document.actions = R"({"at_s": 3000, "power_off": {}})";
  folder.write("scenario.json", document.text());
  auto const serve = "serve '" + folder.file("scenario.json") +
                     "' --start scenario --history 2d --optical tcp:127.0.0.1:0 --journal '" +
                     folder.file("visit") + "'";
  Program server{folder, serve};
  auto const place = wait_for_place(folder);
  REQUIRE_FALSE(place.empty());
  auto const reading = run("read --via kmp " + place + " 1.8.0 hour_counter date event_status_a");
  REQUIRE(reading.exit_code == 0);
  CHECK(std::stod(reading.out.substr(8)) == Approx(6'624.0).margin(13.3));
  CHECK_THAT(reading.out, Contains("hour_counter = 48 h\n"));
  CHECK_THAT(reading.out, Contains("date = 2026-03-30\n"));
  // Unread: load profile 21, debiting logger 2 22, analysis 30.
  CHECK_THAT(reading.out, Contains("event_status_a = " + std::to_string(0x4060'0000) + "\n"));
  server.signal(SIGTERM);
  REQUIRE(server.wait().exit_code == 143);
  auto const again = run("replay '" + folder.file("visit") + "'");
  CHECK_THAT(again.out, Contains("same state at the end"));
  CHECK(again.exit_code == 0);
}

TEST_CASE("serve: a history that cannot be is refused") {
  Folder const folder;
  Document document;
  document.memory = "meter.image";
  folder.write("scenario.json", document.text());
  auto const serve = [&folder](std::string const& options) {
    auto const outcome =
        run("serve '" + folder.file("scenario.json") + "' --optical tcp:127.0.0.1:0 " + options);
    return std::to_string(outcome.exit_code) + " " + outcome.err;
  };
  auto const span =
      "2 blondel: --history '90x'; allowed: a whole number with s, min, h or d, up to 20 years "
      "(7300d)\n";
  CHECK(serve("--history 90x") == span);
  CHECK_THAT(serve("--history 7301d"), Contains("'7301d'"));
  CHECK_THAT(serve("--history 365d --start 2000-06-01T00:00:00"),
             Contains("the past would begin on 1999-06-02T00:00:00; allowed: from 2000-01-01"));
  REQUIRE(run("run '" + folder.file("scenario.json") + "'").exit_code == 0);
  auto const held = serve("--history 1d");
  CHECK_THAT(held, Catch::StartsWith("1 "));
  CHECK_THAT(held, Contains("meter.image: holds a meter, whose past is in its logs already"));
}

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

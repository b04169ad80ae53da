#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "conformance/kmp/fixed_meter.hpp"
#include "protocol/kmp/kmp_machine.hpp"
#include "protocol/kmp/kmp_text.hpp"

using namespace blondel;

namespace {

using Octets = std::vector<std::uint8_t>;
namespace fs = std::filesystem;

fs::path const root = fs::path{BLONDEL_SOURCE_DIR} / "tests" / "conformance" / "kmp";

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (auto const& entry : fs::directory_iterator{root}) {
    if (entry.is_directory()) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool is_frame_case(std::string const& name) {
  return name.rfind("frame_", 0) == 0;
}

bool is_log_case(std::string const& name) {
  return name.rfind("log_", 0) == 0;
}

/// Octets of a .hex file; nothing when there is no such file.
Octets read_hex(fs::path const& path) {
  std::ifstream file{path};
  Octets octets;
  std::string word;
  while (file >> word) {
    REQUIRE(word.size() == 2);
    octets.push_back(static_cast<std::uint8_t>(std::stoi(word, nullptr, 16)));
  }
  return octets;
}

std::string hex_text(Octets const& octets) {
  constexpr auto digits = "0123456789ABCDEF";
  std::string text;
  for (auto const octet : octets) {
    text += digits[octet >> 4];
    text += digits[octet & 0xF];
    text += ' ';
  }
  return text;
}

/// Takes a frame apart and builds it again.
Octets rebuilt(Octets const& line) {
  std::array<std::uint8_t, kmp_body_max> body{};
  auto const frame = kmp_decode_frame(line, body);
  REQUIRE(frame);
  Octets again(kmp_line_max);
  auto const size = kmp_encode_frame(static_cast<KmpDirection>(line.front()), *frame, again);
  REQUIRE(size);
  again.resize(*size);
  return again;
}

}  // namespace

TEST_CASE("kmp conformance: no case has gone missing and each has a request and a source") {
  auto const names = case_names();
  CHECK(names.size() >= 45);
  for (auto const& name : names) {
    INFO(name);
    CHECK_FALSE(read_hex(root / name / "request.hex").empty());
    std::ifstream readme{root / name / "README.md"};
    std::string const text{std::istreambuf_iterator<char>{readme}, {}};
    CHECK(text.find("Source:") != std::string::npos);
  }
}

TEST_CASE("kmp conformance: frames are taken apart and built again octet by octet") {
  for (auto const& name : case_names()) {
    if (!is_frame_case(name)) {
      continue;
    }
    INFO(name);
    auto const request = read_hex(root / name / "request.hex");
    CHECK(hex_text(rebuilt(request)) == hex_text(request));
    auto const response = read_hex(root / name / "response.hex");
    if (response.size() > 1) {
      CHECK(hex_text(rebuilt(response)) == hex_text(response));
    } else if (response.size() == 1) {
      CHECK(response.front() == kmp_acknowledge);
    }
  }
}

TEST_CASE("kmp conformance: the meter answers each request as written, or stays silent with a reason") {
  for (auto const& name : case_names()) {
    if (is_frame_case(name)) {
      continue;
    }
    INFO(name);
    FixedMeter fixed{is_log_case(name)};
    int silences = 0;
    auto const count_silence = [](void* context, LinkEvent const& event) {
      *static_cast<int*>(context) += event.kind == LinkEvent::Kind::silence ? 1 : 0;
      CHECK_FALSE(kmp_text(event).empty());
    };
    KmpMachine machine{fixed.meter.access(), {}, {count_silence, &silences}};
    machine.handle_bytes(read_hex(root / name / "request.hex"), SimTime{});
    machine.handle_deadline(SimTime{} + SimDuration::milliseconds(30));
    Octets answer(kmp_line_max);
    answer.resize(machine.poll_transmit(answer));
    auto const expected = read_hex(root / name / "response.hex");
    CHECK(hex_text(answer) == hex_text(expected));
    CHECK((!expected.empty() || silences == 1));
  }
}

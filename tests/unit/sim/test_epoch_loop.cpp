#include <blondel/sim/epoch_loop.hpp>
#include <blondel/sim/replay.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace blondel;

namespace {

/// Echoes each octet plus one, 15 ms after it came, to the session it came from.
class DelayedEcho {
 public:
  bool step(SimTime until) {
    now_ = until;
    return until < stop_at;
  }
  std::uint32_t open_session(std::string const& port) {
    log += "open " + port + ";";
    return ++opened_ + 100;  // numbers of its own
  }
  void close_session(std::uint32_t handle) { log += "close " + std::to_string(handle) + ";"; }
  void handle_bytes(std::uint32_t handle, ByteSpan bytes) {
    for (auto const byte : bytes) {
      due_.push_back({now_ + SimDuration::milliseconds(15), handle, static_cast<std::uint8_t>(byte + 1)});
    }
  }
  std::size_t poll_transmit(std::uint32_t handle, MutableByteSpan out) {
    auto const is_ready = [&](Due const& due) { return due.handle == handle && due.at <= now_; };
    auto const found = std::find_if(due_.begin(), due_.end(), is_ready);
    if (found == due_.end()) {
      return 0;
    }
    out[0] = found->octet;
    due_.erase(found);
    return 1;
  }

  std::string log;
  SimTime stop_at{SimTime::never()};

 private:
  struct Due {
    SimTime at;
    std::uint32_t handle{};
    std::uint8_t octet{};
  };
  SimTime now_;
  std::uint32_t opened_{};
  std::vector<Due> due_;
};

/// Keeps entries; refuses from the given one on.
struct Memory {
  std::vector<JournalEntry> entries;
  std::size_t capacity{1000};
  DelayedEcho* watched{};
  std::string log_at_commit;
  bool record(JournalEntry const& entry) {
    if (entries.size() == capacity) {
      return false;
    }
    entries.push_back(entry);
    return true;
  }
  bool commit() {
    log_at_commit = watched != nullptr ? watched->log : "";
    return true;
  }
};

struct Sent {
  std::uint32_t session{};
  std::int64_t at_ns{};
  std::vector<std::uint8_t> bytes;
  friend bool operator==(Sent const&, Sent const&) = default;
};

using Loop = EpochLoop<DelayedEcho, Memory>;
constexpr std::array<std::uint8_t, 1> question{0x41};

void run(Loop& loop, int epochs, std::vector<Sent>& sent) {
  for (int n = 0; n < epochs; ++n) {
    REQUIRE(loop.run_epoch([&](std::uint32_t session, ByteSpan bytes) {
      sent.push_back({session, loop.now().ns(), {bytes.begin(), bytes.end()}});
    }) == Loop::Outcome::ran);
  }
}

}  // namespace

TEST_CASE("epoch loop: octets are delivered at the start of the next epoch and answered at a later one") {
  DelayedEcho echo;
  Memory memory;
  Loop loop{echo, memory, SimDuration::milliseconds(10)};
  std::vector<Sent> sent;

  run(loop, 1, sent);  // 10 ms
  auto const session = loop.open("optical");
  loop.receive(session, question);
  run(loop, 4, sent);  // delivered at 20 ms, due at 35 ms, taken at 40 ms

  CHECK(sent == std::vector<Sent>{{1, 40'000'000, {0x42}}});
  std::string text;
  for (auto const& entry : memory.entries) {
    text += encode(entry);
  }
  CHECK(text == "20000000 open 1 optical\n20000000 in 1 41\n40000000 out 1 42\n");
}

TEST_CASE("epoch loop: what waits is counted until it is delivered, also of a session that is closed") {
  DelayedEcho echo;
  Memory memory;
  Loop loop{echo, memory, SimDuration::milliseconds(10)};
  std::vector<Sent> sent;
  CHECK(loop.pending_size() == 0);
  auto const session = loop.open("optical");
  loop.receive(session, std::vector<std::uint8_t>(1'000, 0x41));
  loop.close(session);
  CHECK(loop.pending_size() == 1'000 + 3 * sizeof(JournalEntry));
  run(loop, 1, sent);
  CHECK(loop.pending_size() == 0);
}

TEST_CASE("epoch loop: an entry is committed before the plant sees it") {
  DelayedEcho echo;
  Memory memory;
  memory.watched = &echo;
  Loop loop{echo, memory, SimDuration::milliseconds(10)};
  std::vector<Sent> sent;
  loop.open("optical");
  run(loop, 1, sent);
  CHECK(memory.log_at_commit.empty());
  CHECK(echo.log == "open optical;");
}

TEST_CASE("epoch loop: octets that could not be recorded are not delivered") {
  DelayedEcho echo;
  Memory memory;
  memory.capacity = 1;
  Loop loop{echo, memory, SimDuration::milliseconds(10)};
  auto const session = loop.open("optical");
  loop.receive(session, question);
  CHECK(loop.run_epoch([](std::uint32_t, ByteSpan) {}) == Loop::Outcome::recorder_stopped);
  CHECK(echo.log.empty());
}

TEST_CASE("epoch loop: two sessions get their own answers") {
  DelayedEcho echo;
  Memory memory;
  Loop loop{echo, memory, SimDuration::milliseconds(10)};
  std::vector<Sent> sent;
  auto const first = loop.open("optical");
  auto const second = loop.open("optical");
  loop.receive(second, std::array<std::uint8_t, 1>{0x61});
  loop.receive(first, question);
  run(loop, 4, sent);
  CHECK(sent == std::vector<Sent>{{1, 30'000'000, {0x42}}, {2, 30'000'000, {0x62}}});
}

TEST_CASE("epoch loop: a closed session gets nothing more") {
  DelayedEcho echo;
  Memory memory;
  Loop loop{echo, memory, SimDuration::milliseconds(10)};
  std::vector<Sent> sent;
  auto const session = loop.open("optical");
  loop.receive(session, question);
  run(loop, 1, sent);
  loop.close(session);
  run(loop, 5, sent);
  CHECK(sent.empty());
  CHECK(echo.log == "open optical;close 101;");
  CHECK(loop.open_sessions() == 0);
}

TEST_CASE("epoch loop: a plant that cannot go on stops the loop") {
  DelayedEcho echo;
  echo.stop_at = SimTime{20'000'000};
  Memory memory;
  Loop loop{echo, memory, SimDuration::milliseconds(10)};
  CHECK(loop.run_epoch([](std::uint32_t, ByteSpan) {}) == Loop::Outcome::ran);
  CHECK(loop.run_epoch([](std::uint32_t, ByteSpan) {}) == Loop::Outcome::plant_stopped);
}

TEST_CASE("replay check: the first differing octet is found") {
  JournalEntry recorded;
  recorded.kind = JournalEntry::Kind::bytes_out;
  recorded.bytes = {1, 2, 3};
  std::vector<JournalEntry> const entries{recorded, recorded};
  ReplayCheck check{entries};
  CHECK(check.record(recorded));
  auto other = recorded;
  other.bytes = {1, 2, 4};
  CHECK_FALSE(check.record(other));
  REQUIRE(check.difference().has_value());
  CHECK(check.difference()->index == 1);
  CHECK(check.difference()->offset == 2);
}

TEST_CASE("replay check: an entry that never came is a difference") {
  std::vector<JournalEntry> const entries(1);
  ReplayCheck check{entries};
  check.finish();
  REQUIRE(check.difference().has_value());
  CHECK(check.difference()->expected.has_value());
  CHECK_FALSE(check.difference()->found.has_value());
}

namespace {

/// The visit of the first test of this file, as its journal has it.
Journal visit(char const* answer) {
  return decode_journal(
             std::string{"blondel-journal 3\nprogram a\nscenario a\nscenario_hash 0000000000000000\n"
                         "models models\nmodels_hash 0000000000000000\nseed scenario\nstart_local "
                         "scenario\nhistory_s 0\npacing real\n"
                         "20000000 open 1 optical\n20000000 in 1 41\n"} +
             answer + "70000000 end 00000000000000ff\n")
      .value();
}

ReplayResult run_again(Journal const& journal) {
  DelayedEcho echo;
  return replay(echo, journal, [](SimTime) { return true; });
}

}  // namespace

TEST_CASE("replay: a recorded visit comes out the same up to its end") {
  auto const result = run_again(visit("40000000 out 1 42\n"));
  CHECK_FALSE(result.difference.has_value());
  CHECK(result.matched == 3);
  CHECK(result.simulated == SimTime{70'000'000});
  CHECK(result.recorded_hash == 0xFF);
}

TEST_CASE("replay: an answer with another octet, at another time or not at all is a difference") {
  auto const [name, answer] =
      GENERATE(table<char const*, char const*>({{"octet", "40000000 out 1 43\n"},
                                                {"time", "30000000 out 1 42\n"},
                                                {"none recorded", ""},
                                                {"one too many", "40000000 out 1 42\n50000000 out 1 42\n"}}));
  CAPTURE(name);
  CHECK(run_again(visit(answer)).difference.has_value());
}

TEST_CASE("replay: an instant between two epochs is a difference, not a hang") {
  CHECK(run_again(visit("40000000 out 1 42\n45000000 in 1 41\n")).difference.has_value());
}

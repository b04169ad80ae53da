#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "unit/cli/minute_scenario.hpp"
#include "unit/cli/program.hpp"

using blondel::test::Folder;
using blondel::test::minute_scenario;
using blondel::test::Program;
using blondel::test::run;
using Catch::Contains;
using Catch::EndsWith;
using Catch::StartsWith;

namespace {

constexpr char const* scenario = "scenarios/first_kilowatt_hour";
constexpr std::string_view ready = "optical port open at ";

/// Waits up to a minute for the line that says where the port is: building and calibrating a meter takes a
/// while.
std::string wait_for_place(Folder const& folder) {
  for (int n = 0; n < 600; ++n) {
    auto const text = folder.read("out");
    if (text.starts_with(ready) && text.find('\n') != text.npos) {
      return text.substr(ready.size(), text.find('\n') - ready.size());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  return "";
}

std::string serve_line(std::string const& more) {
  return std::string{"serve "} + scenario + " --optical tcp:127.0.0.1:0 " + more;
}

}  // namespace

TEST_CASE("serve and read: a served meter is read, traced, recorded and replayed") {
  Folder const folder;
  Program server{folder, serve_line("--trace --journal '" + folder.file("visit") + "'")};
  auto const place = wait_for_place(folder);
  REQUIRE_FALSE(place.empty());
  std::this_thread::sleep_for(std::chrono::milliseconds{1'500});  // the first second measures less than 230 V

  auto const read = run("read --via kmp " + place + " 1.8.0 32.7.0 1001");
  CHECK(read.exit_code == 0);
  CHECK_THAT(read.out, Catch::Matches("1\\.8\\.0 = 0\\.[0-9]{2} kWh\n32\\.7\\.0 = 230 V\n1001 = 35100001\n"));

  server.signal(SIGINT);
  auto const served = server.wait();
  CHECK(served.exit_code == 130);
  CHECK_THAT(served.err, Contains("saved: journal"));
  CHECK_THAT(served.out, Contains("GetRegister"));

  auto const replayed = run("replay '" + folder.file("visit") + "'");
  CHECK(replayed.exit_code == 0);
  CHECK_THAT(replayed.out, StartsWith("identical: ") && EndsWith("same state at the end\n"));
}

TEST_CASE("serve and read: a changed octet in a journal is found by replay") {
  Folder const folder;
  Program server{folder, serve_line("--journal '" + folder.file("visit") + "'")};
  auto const place = wait_for_place(folder);
  REQUIRE(run("read --via kmp " + place + " 1.8.0").exit_code == 0);
  server.signal(SIGTERM);
  CHECK(server.wait().exit_code == 143);

  auto text = folder.read("visit");
  auto const answer = text.find(" out 1 403f10");
  REQUIRE(answer != text.npos);
  text[answer + 12] = '1';
  folder.write("visit", text);
  auto const replayed = run("replay '" + folder.file("visit") + "'");
  CHECK(replayed.exit_code == 4);
  CHECK_THAT(replayed.out, StartsWith("differs at line ") && Contains("octet 2"));
  CHECK_THAT(replayed.out, !Contains("models"));

  auto const hash = text.find("models_hash ") + 12;
  text.replace(hash, 16, "0123456789abcdef");
  folder.write("visit", text);
  CHECK_THAT(run("replay '" + folder.file("visit") + "'").out,
             Contains("models: the model files have changed since the recording"));
}

TEST_CASE("serve and read: a trace that nobody reads any more does not end the serving") {
  Folder const folder;
  REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
  Program server{folder, serve_line("--trace"), folder.file("pipe")};
  std::string line;
  std::getline(std::ifstream{folder.file("pipe")}, line);  // and then the reader goes away
  REQUIRE(line.starts_with(ready));
  auto const place = line.substr(ready.size());
  CHECK(run("read --via kmp " + place + " 1.8.0").exit_code == 0);
  CHECK(run("read --via kmp " + place + " 1.8.0").exit_code == 0);
  server.signal(SIGINT);
  auto const served = server.wait();
  CHECK(served.exit_code == 1);
  CHECK_THAT(served.err, Contains("the trace ends here, serving goes on") && Contains("served "));
}

TEST_CASE("serve and read: a port in use is named with the option that changes it") {
  Folder const first_folder;
  Program first{first_folder, serve_line("")};
  auto const place = wait_for_place(first_folder);
  REQUIRE_FALSE(place.empty());
  auto const second = run(std::string{"serve "} + scenario + " --optical tcp:" + place);
  CHECK(second.exit_code == 1);
  CHECK_THAT(second.err, Contains(place) && Contains("in use") && Contains("--optical"));
}

TEST_CASE(
    "serve and read: a stepped meter is silent, and the client says what it asked and how long it waited") {
  Folder const folder;
  Program server{folder, serve_line("--pace stepped")};
  auto const place = wait_for_place(folder);
  REQUIRE_FALSE(place.empty());
  auto const read = run("read --via kmp --timeout-ms 200 --retries 1 " + place + " 1.8.0");
  CHECK(read.exit_code == 1);
  CHECK_THAT(read.err,
             Contains("no answer to GetRegister 1.8.0") && Contains("asked 2 times, waited 200 ms each"));
  REQUIRE(server.type("fast\n1min\nquit\n"));
  auto const served = server.wait();
  CHECK(served.exit_code == 0);
  CHECK_THAT(served.err, Contains("'fast' is not a duration") && Contains("served 60.0"));
}

TEST_CASE("serve and read: a place where nobody listens is an error that names it") {
  auto const read = run("read --via kmp 127.0.0.1:1 1.8.0");
  CHECK(read.exit_code == 1);
  CHECK_THAT(read.err, Contains("127.0.0.1:1: Connection refused"));
}

// 8 blocks of 512 octets hold some 30 of the 61 rows of registers.csv.
TEST_CASE("serve and read: on a full disk a served meter ends and says what is saved") {
  Folder const folder;
  folder.write("minute.json", minute_scenario());
  auto const outcome =
      run("serve '" + folder.file("minute.json") + "' --pace free --start scenario --quiet " +
              "--optical tcp:127.0.0.1:0 --out '" + folder.file("out") + "'",
          "", "ulimit -f 8");
  CHECK(outcome.exit_code == 1);
  auto const csv = folder.read("out/registers.csv");
  auto const lines = std::count(csv.begin(), csv.end(), '\n');
  CHECK_THAT(outcome.err,
             Contains("File too large; kept: ") &&
                 Contains("saved: " + folder.file("out/registers.csv") + ", " + std::to_string(lines) +
                          " lines, up to " + std::to_string(lines - 2) + " s of simulated time\n"));
}

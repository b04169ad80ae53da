#include <catch2/catch.hpp>

#include <algorithm>

#include "unit/cli/minute_scenario.hpp"
#include "unit/cli/program.hpp"

using blondel::test::Folder;
using blondel::test::minute_scenario;
using blondel::test::run;
using Catch::Contains;
using Catch::EndsWith;

// A limit on the size of files stands in for a full disk: the system refuses the write in the same place. 8
// blocks of 512 octets hold the head of registers.csv and some 30 of its 61 rows, and all other results.

namespace {

constexpr char const* full_at_4_kib = "ulimit -f 8";

std::ptrdiff_t count_lines(std::string const& text) {
  return std::count(text.begin(), text.end(), '\n');
}

}  // namespace

TEST_CASE("full disk: in mid-run the message says up to which line and time each file is whole") {
  Folder const folder;
  folder.write("minute.json", minute_scenario());
  auto const outcome =
      run("run '" + folder.file("minute.json") + "' --out '" + folder.file("out") + "'", "", full_at_4_kib);
  CHECK(outcome.exit_code == 1);

  auto const csv = folder.read("out/registers.csv");
  CHECK(csv.size() <= 4'096);
  CHECK_THAT(csv, EndsWith("\r\n"));
  auto const lines = count_lines(csv);
  REQUIRE(lines > 10);
  // A head, then a row at 0 s, 1 s, ...: the last of n lines is about n - 2 s.
  auto const kept =
      std::to_string(lines) + " lines, up to " + std::to_string(lines - 2) + " s of simulated time\n";
  CHECK_THAT(outcome.err, Contains(folder.file("out/registers.csv") +
                                   ": cannot be written: File too large; kept: " + kept));
  CHECK_THAT(outcome.err, Contains("kept: " + folder.file("out/registers.csv") + ", " + kept));

  auto const transcript = folder.read("out/transcript.txt");
  CHECK_THAT(transcript, Contains(" interrupted\n") && Contains("registers.csv: cannot be written"));
  CHECK_THAT(outcome.err, Contains("kept: " + folder.file("out/transcript.txt") + ", " +
                                   std::to_string(count_lines(transcript)) + " lines, up to " +
                                   std::to_string(lines - 1) + " s of simulated time\n"));
  CHECK_THAT(folder.read("out/summary.json"), Contains("\"interrupted\": true"));
}

TEST_CASE("full disk: a summary that does not fit is taken away, and the rest is kept and named") {
  Folder const folder;
  folder.write("minute.json", minute_scenario());
  std::filesystem::create_directory(folder.file("out"));
  std::filesystem::create_symlink("/dev/full", folder.file("out/summary.json"));
  auto const outcome = run("run '" + folder.file("minute.json") + "' --out '" + folder.file("out") + "'");
  CHECK(outcome.exit_code == 1);
  CHECK_THAT(outcome.err,
             Contains(folder.file("out/summary.json") +
                      ": cannot be written: No space left on device; kept: nothing; taken away again\n"));
  CHECK_FALSE(std::filesystem::exists(std::filesystem::symlink_status(folder.file("out/summary.json"))));
  // A head and rows from 0 s to 60 s.
  CHECK_THAT(outcome.err, Contains("kept: " + folder.file("out/registers.csv") +
                                   ", 62 lines, up to 60 s of simulated time\n"));
}

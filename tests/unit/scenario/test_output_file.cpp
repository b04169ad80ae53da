#include <scenario/output_file.hpp>

#include <sys/resource.h>

#include <catch2/catch.hpp>

#include <csignal>
#include <iterator>

#include "scratch.hpp"

using namespace blondel;

namespace {

std::string content(std::filesystem::path const& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

TEST_CASE("results: what was written is on the disk before the file is closed") {
  Scratch const scratch{"output"};
  auto file = OutputFile::create(scratch.path() / "a.txt");
  REQUIRE(file);
  REQUIRE(file->write("one\n"));
  CHECK(content(file->path()) == "one\n");
  REQUIRE(file->close());
  CHECK(file->close());
}

TEST_CASE("results: a full disk is an error that names the file") {
  auto file = OutputFile::create("/dev/full");
  REQUIRE(file);
  auto const written = file->write("x");
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == ScenarioError::Kind::runtime);
  CHECK(written.error().message == "/dev/full: cannot be written: No space left on device; kept: nothing");
}

TEST_CASE("results: a folder that does not exist is an error that names the file") {
  auto const file = OutputFile::create("/nowhere/a.txt");
  REQUIRE_FALSE(file);
  CHECK(file.error().message == "/nowhere/a.txt: cannot be written: No such file or directory");
}

TEST_CASE("results: after a full disk the file ends with the last whole piece and takes nothing more") {
  Scratch const scratch{"output_limit"};
  auto file = OutputFile::create(scratch.path() / "a.txt");
  REQUIRE(file);
  auto const handler = std::signal(SIGXFSZ, SIG_IGN);
  ::rlimit previous{};
  ::getrlimit(RLIMIT_FSIZE, &previous);
  ::rlimit const limited{10, previous.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &limited);
  auto const whole = file->write("one\ntwo\n", SimTime{1'500'000'000});
  auto const broken = file->write("three\n", SimTime{2'000'000'000});
  auto const after = file->write("4\n", SimTime{3'000'000'000});
  ::setrlimit(RLIMIT_FSIZE, &previous);
  std::signal(SIGXFSZ, handler);

  CHECK(whole);
  REQUIRE_FALSE(broken);
  CHECK(broken.error().message == file->path().string() +
                                      ": cannot be written: File too large; kept: 2 "
                                      "lines, up to 1.5 s of simulated time");
  REQUIRE_FALSE(after);
  CHECK(after.error().message == broken.error().message);
  CHECK(file->close());
  CHECK(content(file->path()) == "one\ntwo\n");
}

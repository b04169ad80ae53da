#include <scenario/output_file.hpp>

#include <catch2/catch.hpp>

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
  CHECK(written.error().message == "/dev/full: cannot be written: No space left on device");
}

TEST_CASE("results: a folder that does not exist is an error that names the file") {
  auto const file = OutputFile::create("/nowhere/a.txt");
  REQUIRE_FALSE(file);
  CHECK(file.error().message == "/nowhere/a.txt: cannot be written: No such file or directory");
}

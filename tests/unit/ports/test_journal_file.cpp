#include "ports/journal_file.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>
#include <sstream>

using namespace blondel;

namespace {

/// A directory of its own that goes with the test.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "blondel-test-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::filesystem::path file(char const* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

std::string content(std::filesystem::path const& path) {
  std::ostringstream text;
  text << std::ifstream{path, std::ios::binary}.rdbuf();
  return text.str();
}

/// Files may not grow beyond a size while one lives: stands in for a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(::rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &previous_);
    auto limited = previous_;
    limited.rlim_cur = bytes;
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &limited);
  }
  FileSizeLimit(FileSizeLimit const&) = delete;
  FileSizeLimit& operator=(FileSizeLimit const&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &previous_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  ::rlimit previous_{};
  void (*handler_)(int){};
};

JournalHeader header() {
  JournalHeader plain;
  plain.scenario = "a";
  return plain;
}

JournalEntry open_at(std::int64_t ns) {
  JournalEntry entry;
  entry.instant = SimTime{ns};
  entry.kind = JournalEntry::Kind::open;
  entry.session = 1;
  entry.port = "optical";
  return entry;
}

// Octets: the head of the first test is 166 (python3 len()), the line "1500000000 open 1 optical" 26.
constexpr ::rlim_t head_and_one_entry = 204;

}  // namespace

TEST_CASE("journal file: the head is on the disk at once, an entry after its commit") {
  Folder const folder;
  auto file = JournalFile::create(folder.file("visit"), header()).value();
  CHECK(content(folder.file("visit")) ==
        "blondel-journal 3\nprogram unknown\nscenario a\nscenario_hash 0000000000000000\nmodels models\n"
        "models_hash 0000000000000000\nseed scenario\n"
        "start_local scenario\nhistory_s 0\npacing real\n");
  CHECK(file.record(open_at(10)));
  CHECK_THAT(content(folder.file("visit")), !Catch::Contains("open"));
  CHECK(file.commit());
  CHECK_THAT(content(folder.file("visit")), Catch::EndsWith("pacing real\n10 open 1 optical\n"));
  CHECK(file.entries() == 1);
}

TEST_CASE("journal file: a recording that is there already is not touched") {
  Folder const folder;
  std::ofstream{folder.file("visit")} << "precious";
  auto const file = JournalFile::create(folder.file("visit"), header());
  REQUIRE_FALSE(file.has_value());
  CHECK_THAT(file.error().message, Catch::Contains("visit: File exists; a recording is never overwritten"));
  CHECK(content(folder.file("visit")) == "precious");
}

TEST_CASE("journal file: a folder that does not exist is an error that names the file") {
  Folder const folder;
  auto const file = JournalFile::create(folder.file("no/visit"), header());
  REQUIRE_FALSE(file.has_value());
  CHECK_THAT(file.error().message, Catch::Contains("no/visit: No such file or directory"));
}

TEST_CASE("journal file: when the disk is full whole entries are kept and nothing more is taken") {
  Folder const folder;
  auto file = JournalFile::create(folder.file("visit"), header()).value();
  FileSizeLimit const full{head_and_one_entry + 5};
  REQUIRE(file.record(open_at(1'500'000'000)));
  REQUIRE(file.commit());
  REQUIRE(file.record(open_at(2'000'000'000)));
  CHECK_FALSE(file.commit());
  CHECK_THAT(file.failure(),
             Catch::EndsWith("visit: File too large; kept: 1 entries, up to 1.500 s of simulated time"));
  CHECK_THAT(content(folder.file("visit")), Catch::EndsWith("\n1500000000 open 1 optical\n"));
  CHECK_FALSE(file.record(open_at(3'000'000'000)));
}

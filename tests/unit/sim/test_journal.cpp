#include <blondel/sim/journal.hpp>

#include <catch2/catch.hpp>

using namespace blondel;

namespace {

// Written by hand from the description of the format, not by encode().
constexpr char const* head =
    "blondel-journal 3\n"
    "program 0.1.0\n"
    "scenario scenarios/first%25hour\n"
    "scenario_hash 00000000deadbeef\n"
    "models models\n"
    "models_hash 00000000cafe0001\n"
    "seed 42\n"
    "start_local 2026-11-21T04:38:47\n"
    "history_s 7776000\n"
    "pacing real:2.5\n";

JournalHeader header() {
  JournalHeader wanted;
  wanted.program = "0.1.0";
  wanted.models_hash = 0xCAFE0001;
  wanted.scenario = "scenarios/first%hour";
  wanted.scenario_hash = 0xDEADBEEF;
  wanted.seed = 42;
  wanted.start_local = CivilTime{2026, 11, 21, 4, 38, 47};
  wanted.history_s = 7'776'000;
  wanted.pacing = {Pacing::Kind::real, 2'500'000};
  return wanted;
}

constexpr char const* entries =
    "10000000 open 1 optical\n"
    "20000000 in 1 803f10\n"
    "50000000 out 1 40\n"
    "60000000 close 1\n"
    "70000000 end 0123456789abcdef\n";

JournalError fault(std::string const& tail) {
  return decode_journal(head + tail).error();
}

}  // namespace

TEST_CASE("journal: a head is written as the format says") {
  CHECK(encode(header()) == head);
}

TEST_CASE("journal: a head is read back") {
  CHECK(decode_journal(head).value().header == header());
}

TEST_CASE("journal: the document's own seed and start are named as such") {
  JournalHeader plain;
  plain.scenario = "a\nb";
  CHECK(encode(plain) ==
        "blondel-journal 3\nprogram unknown\nscenario a%0ab\nscenario_hash 0000000000000000\n"
        "models models\nmodels_hash 0000000000000000\nseed scenario\nstart_local scenario\nhistory_s "
        "0\npacing real\n");
  CHECK(decode_journal(encode(plain)).value().header == plain);
}

TEST_CASE("journal: entries are read with instant, kind, session and octets") {
  auto const journal = decode_journal(std::string{head} + entries).value();
  REQUIRE(journal.entries.size() == 5);
  CHECK_FALSE(journal.cut_short);
  CHECK(journal.entries[0].kind == JournalEntry::Kind::open);
  CHECK(journal.entries[0].port == "optical");
  CHECK(journal.entries[1].instant.ns() == 20'000'000);
  CHECK(journal.entries[1].bytes == std::vector<std::uint8_t>{0x80, 0x3F, 0x10});
  CHECK(journal.entries[2].kind == JournalEntry::Kind::bytes_out);
  CHECK(journal.entries[3].session == 1);
  CHECK(journal.entries[4].state_hash == 0x0123456789ABCDEF);
}

TEST_CASE("journal: entries are written as the format says") {
  std::string text;
  auto const journal = decode_journal(std::string{head} + entries).value();
  for (auto const& entry : journal.entries) {
    text += encode(entry);
  }
  CHECK(text == entries);
}

TEST_CASE("journal: a last line without its end is left out and said so") {
  auto const journal = decode_journal(std::string{head} + "10 open 1 optical\n20 in 1 80").value();
  CHECK(journal.cut_short);
  CHECK(journal.entries.size() == 1);
}

TEST_CASE("journal: a fault is reported with its line, column and what should stand there") {
  auto const [tail, line, column] = GENERATE(
      table<char const*, std::size_t, std::size_t>({{"x open 1 optical\n", 11, 1},
                                                    {"\n", 11, 1},
                                                    {"10 open 1 optical\n9 in 1 80\n", 12, 2},
                                                    {"10 knock 1\n", 11, 4},
                                                    {"10 open 2 optical\n", 11, 10},
                                                    {"10 open 1 Optical\n", 11, 11},
                                                    {"10 in 1 80\n", 11, 8},
                                                    {"10 open 1 optical\n11 in 1 8\n", 12, 9},
                                                    {"10 open 1 optical\n11 in 1 8A\n", 12, 9},
                                                    {"10 open 1 optical\n11 in 1\n", 12, 8},
                                                    {"10 open 1 optical\n11 close 1 80\n", 12, 11},
                                                    {"10 open 1 optical\n11 close 1\n12 in 1 80\n", 13, 8},
                                                    {"99999999999999999999 end 0000000000000000\n", 11, 1},
                                                    {"10 end 00\n", 11, 10},
                                                    {"10 end 0000000000000000\n11 open 1 optical\n", 12, 1},
                                                    {"-1 open 1 optical\n", 11, 1}}));
  CAPTURE(tail);
  CHECK(fault(tail).line == line);
  CHECK(fault(tail).column == column);
  CHECK_FALSE(fault(tail).expectation.empty());
}

TEST_CASE("journal: a head of another version is refused in its first line") {
  auto const error = decode_journal("blondel-journal 1\n").error();
  CHECK(error.line == 1);
  CHECK(error.expectation == "version 3");
}

TEST_CASE("journal: text that is no journal is refused in its first line") {
  CHECK(decode_journal("{\"a\": 1}\n").error().line == 1);
  CHECK(decode_journal("").error().line == 1);
  CHECK(decode_journal("blondel-journal 3\nprogram a\nscenario a\n").error().line == 4);
}

TEST_CASE("journal: a day that does not exist is refused") {
  std::string text{head};
  text.replace(text.find("2026-11-21"), 10, "2026-02-29");
  CHECK(decode_journal(text).error().line == 8);
}

TEST_CASE("journal: an entry carries at most 65536 octets") {
  std::string const open = "10 open 1 optical\n11 in 1 ";
  CHECK(decode_journal(head + open + std::string(2 * 65'536, '0') + "\n").value().entries[1].bytes.size() ==
        65'536);
  CHECK(fault(open + std::string(2 * 65'537, '0') + "\n").line == 12);
}

TEST_CASE("journal: a document is named by its FNV-1a hash") {
  // Test vectors of the authors' own list (Noll, "FNV test vectors"): "", "a", "foobar".
  CHECK(fnv1a("") == 0xCBF29CE484222325U);
  CHECK(fnv1a("a") == 0xAF63DC4C8601EC8CU);
  CHECK(fnv1a("foobar") == 0x85944171F73967E8U);
}

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::run;
using blondel::test::run_in;
using Catch::Contains;

namespace {

Document of_sheet(std::string const& sheet, std::string const& actions) {
  Document document;
  document.tier = "interval";
  document.accuracy = "1";
  document.meter = R"("data_sheet": ")" + sheet + R"(",)";
  document.duration_s = 60;
  document.actions = actions;
  return document;
}

/// Whether the error symbol stands on the glass at an instant.
bool error_at(Document const& document, std::string const& at) {
  Folder const folder;
  folder.write("scenario.json", document.text());
  auto const outcome = run("display '" + folder.file("scenario.json") + "' --json --at " + at);
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  return nlohmann::json::parse(outcome.out).at("error").get<bool>();
}

std::string on_and_off(std::string const& on, std::string const& off) {
  return R"({"at_s": 20, )" + on + R"(}, {"at_s": 40, )" + off + "}";
}

}  // namespace

TEST_CASE("display: the error symbol stands for the magnet and, by the English sheet, the meter cover",
          "[DSP-04][TYP-06]") {
  auto const magnet = on_and_off(R"("magnet": {"present": true})", R"("magnet": {"present": false})");
  auto const cover = [](std::string const& which) {
    auto const object = R"({"cover": ")" + which + "\"}";
    return on_and_off(R"("open_cover": )" + object, R"("close_cover": )" + object);
  };
  auto const [sheet, actions, shows] =
      GENERATE_COPY(table<std::string, std::string, bool>({{"en", magnet, true},
                                                           {"ru", magnet, true},
                                                           {"en", cover("meter"), true},
                                                           {"ru", cover("meter"), false},
                                                           {"en", cover("terminal"), false},
                                                           {"ru", cover("terminal"), false}}));
  CAPTURE(sheet, actions);
  auto const document = of_sheet(sheet, actions);
  CHECK_FALSE(error_at(document, "15s"));
  CHECK(error_at(document, "30s") == shows);
  CHECK_FALSE(error_at(document, "50s"));  // the cause is gone
}

TEST_CASE("display: somebody who looks sees the error symbol", "[DSP-04]") {
  Folder const folder;
  CHECK(
      run_in(folder,
             of_sheet("en", on_and_off(R"("magnet": {"present": true})", R"("magnet": {"present": false})") +
                                R"(, {"at_s": 19, "read_display": {}}, {"at_s": 30, "read_display": {}})"))
          .exit_code == 0);
  auto const transcript = folder.read("results/transcript.txt");
  auto const line = [&](std::string const& time) {
    auto const from = transcript.find(time + ".000+01:00 35100001 read_display ");
    REQUIRE(from != transcript.npos);
    return transcript.substr(from, transcript.find('\n', from) - from);
  };
  CHECK(line("12:00:19").find("error") == std::string::npos);
  CHECK_THAT(line("12:00:30"), Catch::EndsWith(", error"));
}

TEST_CASE("display: the error symbol stands for an internal error", "[DSP-04]") {
  // A quarter of an hour leaves a record in the load profile. Two hours later the meter wants to fill the gap
  // with it at 14:15, and finds its page damaged: bit 1 of the status, "EEPROM".
  bool const is_damaged = GENERATE(true, false);
  Folder const folder;
  auto document = of_sheet("en", "");
  document.memory = "meter.nv";
  document.duration_s = 1'000;
  CHECK(run_in(folder, document).exit_code == 0);
  constexpr std::size_t logs_begin = 65'536;
  auto image = folder.read("meter.nv");
  REQUIRE(image.size() > logs_begin);
  for (auto n = logs_begin; is_damaged && n < image.size(); ++n) {
    image[n] = static_cast<char>(image[n] ^ (image[n] == 0 ? 0 : 0x55));
  }
  folder.write("meter.nv", image);
  document.start = "2026-01-05T14:00:00";
  folder.write("scenario.json", document.text());
  auto const outcome = run("display '" + folder.file("scenario.json") + "' --json --at 950s");
  INFO(outcome.err);
  REQUIRE(outcome.exit_code == 0);
  CHECK(nlohmann::json::parse(outcome.out).at("error") == is_damaged);
}

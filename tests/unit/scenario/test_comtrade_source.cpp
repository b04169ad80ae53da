#include <scenario/scenario_data.hpp>

#include <frontend/source/recording.hpp>
#include <scenario/load_source.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>
#include <utility>

#include "scratch.hpp"

using namespace blondel;

namespace {

constexpr char const* config_text =
    "site,relay,1999\n7,7A,0D\n"
    "1,UL1,,,V,0.1,0,0,-9999,9999,1,1,S\n2,UL2,,,V,0.1,0,0,-9999,9999,1,1,S\n"
    "3,UL3,,,V,0.1,0,0,-9999,9999,1,1,S\n4,IL1,,,kA,0.001,0,0,-9999,9999,1,1,S\n"
    "5,IL2,,,kA,0.001,0,0,-9999,9999,1,1,S\n6,IL3,,,kA,0.001,0,0,-9999,9999,1,1,S\n"
    "7,angle,,,deg,1,0,0,-9999,9999,1,1,S\n"
    "50\n1\n800,800\n01/01/2026,00:00:00.000000\n01/01/2026,00:00:00.000000\nASCII\n1\n";

/// A second of 230 V and 100 A in phase; a number is a tenth of a volt or an ampere.
std::string data_text(int samples = 800) {
  std::string text;
  for (int n = 0; n < samples; ++n) {
    text += std::to_string(n + 1) + "," + std::to_string(n * 1250);
    for (double const peak : {2300 * std::numbers::sqrt2, 100 * std::numbers::sqrt2}) {
      for (int k = 0; k < 3; ++k) {
        auto const angle = 2 * std::numbers::pi * (n / 16.0 - k / 3.0);
        text += "," + std::to_string(std::lround(peak * std::sin(angle)));
      }
    }
    text += ",0\n";
  }
  return text;
}

constexpr char const* all_channels =
    R"("voltages": {"L1": {"channel": "UL1"}, "L2": {"channel": 2}, "L3": {"channel": "UL3"}},
       "currents": {"L1": {"channel": "IL1"}, "L2": {"channel": "IL2"}, "L3": {"channel": 6}})";
constexpr char const* line_voltages =
    R"("voltages": {"L21": {"channel": "UL1"}, "L32": {"channel": "UL3"}},
       "currents": {"L1": {"channel": "IL1"}, "L3": {"channel": "IL3"}})";

struct Files {
  std::string config = config_text;
  std::string data = data_text();
  std::string tier = "waveform";
  std::string type = "685-35-CC4-23-010";
  std::string actions = "[]";
};

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  REQUIRE(text.find(from) != std::string::npos);
  return text.replace(text.find(from), from.size(), to);
}

ScenarioResult<std::shared_ptr<Scenario const>> load(std::string const& channels, std::string const& more,
                                                     Files const& files = {}) {
  Scratch const scratch{"comtrade"};
  scratch.write("r.cfg", files.config);
  scratch.write("r.dat", files.data);
  auto text = small_document("\"constant\": {\"voltage_v\": 230, \"current_a\": 100}",
                             "\"comtrade\": {\"file\": \"r.cfg\", " + channels + more + "}");
  text = replaced(text, "\"interval\"", "\"" + files.tier + "\"");
  text = replaced(text, "685-35-CC4-23-010", files.type);
  text = replaced(text, R"([{"at_s": 30, "set_load": {"current_a": 50}}])", files.actions);
  scratch.write("scenario.json", text);
  RunOptions options;
  options.models = models_folder();
  return load_scenario(scratch.path(), options);
}

/// The message behind the scratch folder's name.
std::string fault(std::string const& channels, std::string const& more, Files const& files = {}) {
  auto const loaded = load(channels, more, files);
  if (loaded) {
    return "accepted";
  }
  CHECK(loaded.error().kind == ScenarioError::Kind::invalid);
  auto const& message = loaded.error().message;
  auto const folder = message.find("blondel_comtrade");
  return message.substr(message.find('/', folder) + 1);
}

std::string with(std::string const& from, std::string const& to) {
  return replaced(all_channels, from, to);
}

constexpr char const* zero = ", \"after_end\": \"zero\"";

}  // namespace

TEST_CASE("comtrade source: channels are found by name and number, scaled, reversed and moved") {
  auto const loaded =
      load(with("{\"channel\": \"IL1\"}", "{\"channel\": \"IL1\", \"scale\": -0.5, \"offset\": 0.01}"),
           ", \"lead_in_s\": 1, \"after_end\": \"zero\"");
  INFO((loaded ? std::string{} : loaded.error().message));
  REQUIRE(loaded);
  auto const source = make_source((*loaded)->source);
  REQUIRE(source->recording() != nullptr);
  auto const point = source->point_at(SimTime{500'000'000});
  // The kiloamperes of the file hold 100 A rms; half of it with the other sign, its 10 A shift made -5 A.
  CHECK(point.phase[0].u.value() == Approx(230.0).margin(0.02));  // tenths in the file
  CHECK(point.phase[2].u.value() == Approx(230.0).margin(0.02));
  CHECK(point.phase[0].i.value() == Approx(50.0).margin(0.1));
  CHECK(std::abs(point.phase[0].lag.value()) == Approx(std::numbers::pi).margin(1e-3));
  CHECK(point.phase[1].i.value() == Approx(100.0).margin(0.2));
  CHECK(point.phase[1].lag.value() == Approx(0.0).margin(1e-3));
  Lanes u_v[16];
  Lanes i_a[16];
  source->recording()->sample(1.2, 1.0 / 800, 0, u_v, i_a, 16);  // a cycle
  double sum_a = 0;
  for (auto const& lines : i_a) {
    sum_a += lines[0];
  }
  CHECK(sum_a / 16 == Approx(-5.0).margin(0.1));
  CHECK((*loaded)->source.peak_i_a[0] == Approx(50 * std::numbers::sqrt2 + 5).margin(0.5));
}

TEST_CASE("comtrade source: line voltages, also the other way round, make an Aron meter's conductors") {
  Files const aron{.type = "685-25-CC4-23-010"};
  auto const loaded = load(line_voltages, zero, aron);
  INFO((loaded ? std::string{} : loaded.error().message));
  REQUIRE(loaded);
  auto const& recording = *(*loaded)->source.recording;
  CHECK(recording.has_line_voltages());
  auto const point = recording.point_at(SimTime{500'000'000});
  // U12 is minus the channel that was called L21.
  CHECK(std::abs(point.phase[0].lag.value()) == Approx(std::numbers::pi).margin(1e-3));
  CHECK(point.phase[1].u.value() == 0.0);
  CHECK(point.phase[2].lag.value() == Approx(0.0).margin(1e-3));
}

TEST_CASE("comtrade source: a channel that is not there or of another kind is named with what there is") {
  CHECK(fault(with("\"UL1\"", "\"UL4\""), zero) ==
        "scenario.json: $.source.comtrade.voltages.L1.channel: \"UL4\": the record has no such channel, did "
        "you mean "
        "\"UL1\"?; channels in volts: 1 UL1, 2 UL2, 3 UL3");
  CHECK(fault(with("\"channel\": 6", "\"channel\": 8"), zero) ==
        "scenario.json: $.source.comtrade.currents.L3.channel: 8: the record has 7 analog channels; channels "
        "in "
        "amperes: 4 IL1, 5 IL2, 6 IL3");
  CHECK(fault(with("\"UL1\"", "\"angle\""), zero) ==
        "scenario.json: $.source.comtrade.voltages.L1.channel: \"angle\": channel angle is in \"deg\"; "
        "channels in "
        "volts: 1 UL1, 2 UL2, 3 UL3");
  Files files;
  files.config = replaced(config_text, "2,UL2", "2,UL1");
  CHECK(fault(all_channels, zero, files) ==
        "scenario.json: $.source.comtrade.voltages.L1.channel: \"UL1\": several channels have this name; "
        "allowed: the "
        "number; channels in volts: 1 UL1, 2 UL1, 3 UL3");
}

TEST_CASE("comtrade source: voltages are either against the neutral or two between conductors") {
  auto const wanted = std::string{"mixes or misses voltages; allowed: L1, L2, L3 against the neutral"};
  CHECK(fault(with("\"L2\"", "\"L32\""), zero).find(wanted) != std::string::npos);
  CHECK(fault(replaced(line_voltages, "\"L32\"", "\"L12\""), zero).find(wanted) != std::string::npos);
}

TEST_CASE("comtrade source: missing and damaged files are named") {
  CHECK(fault(all_channels, zero, {.config = replaced(config_text, "ASCII", "TEXT")})  //
        ==
        "r.cfg:15: \"TEXT\": format of the data; allowed: ASCII, BINARY (BINARY32 and FLOAT32 from revision "
        "2013 on)");
  CHECK(fault(all_channels, zero, {.data = data_text(700)}) ==
        "r.dat: has 700 samples, the configuration says 800 (truncated?)");
  CHECK(fault(all_channels, zero, {.data = replaced(data_text(), "2,1250,", "2,1250,x")})
            .find("r.dat:2: \"x") == 0);
  Scratch const scratch{"comtrade_missing"};
  scratch.write("scenario.json",
                small_document("\"constant\": {\"voltage_v\": 230, \"current_a\": 100}",
                               std::string{"\"comtrade\": {\"file\": \"q.cfg\", "} + all_channels + "}"));
  RunOptions options;
  options.models = models_folder();
  auto const loaded = load_scenario(scratch.path(), options);
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().message.find("$.source.comtrade.file") != std::string::npos);
  CHECK(loaded.error().message.find("q.cfg: cannot be read") != std::string::npos);
}

TEST_CASE("comtrade source: a missing value in a channel that is played is named with its sample") {
  auto const data = replaced(data_text(), "\n2,1250,1245,", "\n2,1250,,");
  CHECK(
      fault(all_channels, zero, {.data = data})
          .find("$.source.comtrade.voltages.L1: {\"channel\":\"UL1\"}: sample 2 of channel UL1 is missing") !=
      std::string::npos);
}

TEST_CASE("comtrade source: a record must hold a cycle and say its rate and what comes after") {
  Files files;
  files.config = replaced(config_text, "800,800", "800,15");
  CHECK(fault(all_channels, zero, files)
            .find("the record has 15 samples; allowed: at least a cycle, 16 samples") != std::string::npos);
  CHECK(fault(all_channels, "")
            .find("the record ends after 1 s, before the scenario; \"after_end\" must say zero or repeat") !=
        std::string::npos);
  files.config = replaced(config_text, "800,800", "600,800");
  CHECK(fault(all_channels, zero, files) ==
        "r.cfg: the time stamps tell 800.000000 Hz, the configuration 600.000000 Hz; allowed: 1 % apart");
  CHECK(fault(all_channels, ", \"after_end\": \"repeat\", \"rate_hz\": 810")
            .find("a cycle has 16.2 samples; lead_in_samples must say how many samples are whole cycles") !=
        std::string::npos);
  CHECK(fault(all_channels, ", \"after_end\": \"repeat\", \"rate_hz\": 810, \"lead_in_samples\": 81") ==
        "accepted");
  CHECK(fault(all_channels, ", \"after_end\": \"repeat\", \"lead_in_samples\": 801")
            .find("lead_in_samples: 801: the record has 800 samples; allowed: up to that") !=
        std::string::npos);
  CHECK(fault(all_channels, ", \"after_end\": \"repeat\", \"rate_hz\": 100")
            .find("the sampling rate is 100 Hz; allowed: 111.111111111 to 1000000") != std::string::npos);
  files.config = replaced(config_text, "\n50\n", "\n16.7\n");
  CHECK(fault(all_channels, zero, files).find("mains frequency is 16.7 Hz") != std::string::npos);
}

TEST_CASE("comtrade source: what a recording cannot do is refused") {
  CHECK(fault(all_channels, zero, {.tier = "interval"}) ==
        "scenario.json: $.tier: \"interval\": cannot play a recording; allowed with source.comtrade: "
        "\"waveform\"");
  CHECK(fault(line_voltages, zero)
            .find("a four-wire meter measures against the neutral; allowed: L1, L2, L3") !=
        std::string::npos);
  CHECK(fault(all_channels, zero, {.actions = R"([{"at_s": 30, "set_load": {"current_a": 50}}])"}) ==
        "scenario.json: $.actions[0].set_load: does not act on a recording; allowed: power_off, power_on, "
        "lose_phase, "
        "restore_phase, set_temperature, set_clock");
  CHECK(fault(all_channels, zero, {.actions = R"([{"at_s": 30, "lose_phase": {"phase": "L1"}}])"}) ==
        "accepted");
  CHECK(fault(line_voltages, zero,
              {.type = "685-25-CC4-23-010", .actions = R"([{"at_s": 30, "lose_phase": {"phase": "L1"}}])"})
            .find("allowed: power_off, power_on, set_temperature, set_clock") != std::string::npos);
}

TEST_CASE("comtrade source: a scale that is no physics is refused, one that clips is warned of") {
  CHECK(fault(with("{\"channel\": \"UL1\"}", "{\"channel\": \"UL1\", \"scale\": 1e6}"), zero)
            .find("V; allowed: up to 2000 (see scale)") != std::string::npos);
  auto const loaded = load(with("{\"channel\": \"IL1\"}", "{\"channel\": \"IL1\", \"scale\": 10}"), zero);
  REQUIRE(loaded);
  REQUIRE((*loaded)->warnings.size() == 1);
  // 1000 A rms behind 200/5 are 35.36 A peak; the file holds whole amperes
  CHECK(
      (*loaded)->warnings[0] ==
      "$.source.comtrade: L1 reaches 35.25 A behind the transformer; the converter clips at a peak of 20 A");
}

#pragma once
/// What tests from outside share: a scenario document in parts, running it, waiting for a served meter.

#include <chrono>
#include <string>
#include <string_view>
#include <thread>

#include "unit/cli/program.hpp"

namespace blondel::test {

/// A scenario of a four-wire meter of class C at 200/5; a test replaces what it is about.
struct Document {
  std::string tier{"waveform"};
  std::string start{"2026-01-05T12:00:00"};
  int duration_s{2};
  std::string phases{"3"};         ///< digit X1
  std::string energy_type{"4"};    ///< digit X5
  std::string accuracy{"C"};       ///< digit X3
  std::string time_zone{"01"};     ///< LL
  std::string summer_time{"000"};  ///< PPP
  std::string tariffs{"000"};      ///< OOO
  std::string pulses{"000"};       ///< M-NN
  std::string profile_base{"01"};  ///< QQ
  std::string radio{"000"};        ///< RRR
  std::string hardware{"2"};       ///< digit X6
  std::string calibrated{"true"};
  std::string memory{"ram"};                ///< or an image file beside the document
  std::string configuration_1{"31000162"};  ///< A-B-CCC-DD-E
  std::string configuration_2{"42301011"};  ///< FFF-GG-HH-I
  std::string ratio{"040"};                 ///< SSS
  std::string ratio_lock{"1"};              ///< T
  std::string logger_2{"1"};                ///< U
  std::string external_ct{R"("nanocrystalline_200_5")"};
  std::string meter;    ///< further members of "meter": R"("data_sheet": "ru",)"
  std::string more;     ///< further members of the document: R"("connection": {...},)"
  std::string results;  ///< further members of "results"
  std::string source{R"({"voltage_v": 230, "current_a": 200})"};
  std::string actions;
  std::string expect;
  int csv_interval_s{1};
  std::string csv_registers{R"("1.8.0")"};
  std::string transcript{R"({"registers": ["1.8.0"]})"};

  [[nodiscard]] std::string text() const {
    std::string out{
        R"({"version": 1, "name": "outside", "description": "a test's own", "seed": 1, "tier": ")"};
    out += tier + R"(", "start": ")" + start + R"(", "duration_s": )" + std::to_string(duration_s);
    out += R"(, "meter": {"type_number": "685-)" + phases + "5-" + accuracy + "C" + energy_type + "-" +
           hardware + R"(3-010", "serial_number": 35100001,)" + meter;
    out += R"( "configuration": [")" + configuration_1 + R"(", ")" + configuration_2 + R"(", "000)" +
           time_zone + pulses + R"(", ")" + tariffs + summer_time + profile_base;
    out += R"(", ")" + radio + ratio + ratio_lock + logger_2 + R"("], "calibrated": )" + calibrated +
           R"(, "nv": ")" + memory;
    out += R"("}, "external_ct": )" + external_ct + "," + more;
    out += R"( "source": {"constant": )" + source + R"(}, "actions": [)" + actions + R"(], "expect": [)" +
           expect;
    out += R"(], "results": {)" + results + R"("csv": {"interval_s": )" + std::to_string(csv_interval_s) +
           R"(, "registers": [)" + csv_registers + R"(]},)";
    out += R"( "transcript": )" + transcript + "}}";
    return out;
  }
};

/// Runs the document in the folder. @return what the program did; its results are in `results` there
inline Outcome run_in(Folder const& folder, Document const& document, std::string const& options = "") {
  folder.write("scenario.json", document.text());
  return run("run '" + folder.file("scenario.json") + "' --out '" + folder.file("results") + "' " + options);
}

/// Waits up to a minute for a served meter. @return host and port of its optical port, or nothing
inline std::string wait_for_place(Folder const& folder) {
  constexpr std::string_view ready = "optical port open at ";
  for (int n = 0; n < 600; ++n) {
    auto const text = folder.read("out");
    if (text.starts_with(ready) && text.ends_with('\n')) {
      return text.substr(ready.size(), text.find('\n') - ready.size());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
  }
  return "";
}

}  // namespace blondel::test

#include "architecture/source_rules.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstdlib>
#include <string>
#include <vector>

using architecture::SourceFile;
using architecture::Violation;

namespace {

/// One finding a line, as a compiler writes it.
std::string text_of(std::vector<Violation> const& violations) {
  std::string text;
  for (auto const& violation : violations) {
    text += violation.path + ":" + std::to_string(violation.line) + ": " + violation.what + "\n";
  }
  return text;
}

template<class Check>
std::string over_all_sources(Check check) {
  std::vector<Violation> all;
  for (auto const& file : architecture::read_sources(BLONDEL_SOURCE_DIR)) {
    auto const found = check(file);
    all.insert(all.end(), found.begin(), found.end());
  }
  return text_of(all);
}

/// A file that breaks one rule, or is right; and the finding in words, empty when it is right.
struct Example {
  char const* name;
  char const* path;
  char const* text;
  char const* finding;
};

template<std::size_t Count, class Check>
void check_examples(std::array<Example, Count> const& examples, Check check) {
  for (auto const& example : examples) {
    INFO(example.name);
    auto const found = check(SourceFile{example.path, example.text});
    if (std::string{example.finding}.empty()) {
      CHECK(text_of(found) == "");
    } else {
      REQUIRE(found.size() == 1);
      CHECK(found.front().what == example.finding);
    }
  }
}

}  // namespace

TEST_CASE("include rules: the rule finds what each layer may not include") {
  constexpr std::array examples{
      Example{"core on base", "src/core/a.cpp", "#include <blondel/base/time.hpp>\n#include <array>\n", ""},
      Example{"core on frontend", "src/core/a.cpp", "#include <blondel/frontend/source.hpp>\n",
              "layer frontend from layer core: blondel/frontend/source.hpp"},
      Example{"core on Eigen", "src/core/a.cpp", "#include <Eigen/Core>\n",
              "library Eigen from layer core: Eigen/Core"},
      Example{"frontend on Eigen", "src/frontend/a.cpp", "#include <Eigen/Core>\n", ""},
      Example{"frontend inside core", "src/frontend/a.cpp", "#include \"core/meter/meter_state.hpp\"\n",
              "private header of layer core from layer frontend: core/meter/meter_state.hpp"},
      Example{"frontend inside core, in angle brackets", "src/frontend/a.cpp",
              "#include <core/meter/meter_state.hpp>\n",
              "private header of layer core from layer frontend: core/meter/meter_state.hpp"},
      Example{"protocol inside core", "src/protocol/a.cpp", "  #  include \"core/meter/meter_state.hpp\"\n",
              "private header of layer core from layer protocol: core/meter/meter_state.hpp"},
      Example{"twin inside core", "src/twin/a.cpp", "#include \"core/meter/meter_state.hpp\"\n", ""},
      Example{"scenario inside core", "src/scenario/a.cpp", "#include \"core/meter/meter_state.hpp\"\n",
              "private header of layer core from layer scenario: core/meter/meter_state.hpp"},
      Example{"base on meter", "include/blondel/base/a.hpp", "#include <blondel/meter/reading.hpp>\n",
              "layer meter from layer base: blondel/meter/reading.hpp"},
      Example{"public on private", "include/blondel/meter/a.hpp", "#include \"core/meter/meter_state.hpp\"\n",
              "a private header from a public one: core/meter/meter_state.hpp"},
      Example{"json in scenario", "src/scenario/a.cpp", "#include <nlohmann/json.hpp>\n", ""},
      Example{"json in twin", "src/twin/a.cpp", "#include <nlohmann/json.hpp>\n",
              "library nlohmann from layer twin: nlohmann/json.hpp"},
      Example{"Asio at its door", "src/ports/asio.hpp", "#include <boost/asio.hpp>\n", ""},
      Example{"Asio elsewhere in ports", "src/ports/listener.cpp", "#include <boost/asio.hpp>\n",
              "Asio outside src/ports/asio.hpp: boost/asio.hpp"},
      Example{"Asio in scenario", "src/scenario/a.cpp", "#include <boost/asio.hpp>\n",
              "library boost from layer scenario: boost/asio.hpp"},
      Example{"OpenSSL at its door", "src/protocol/cosem/security.cpp", "#include <openssl/evp.h>\n", ""},
      Example{"OpenSSL in KMP", "src/protocol/kmp/a.cpp", "#include <openssl/evp.h>\n",
              "OpenSSL outside cosem/security and wmbus/encryption: openssl/evp.h"},
      Example{"spdlog in twin", "src/twin/a.cpp", "#include <spdlog/spdlog.h>\n",
              "library spdlog from layer twin: spdlog/spdlog.h"},
      Example{"report on physics", "src/report/a.cpp", "#include <blondel/frontend/source.hpp>\n",
              "layer frontend from layer report: blondel/frontend/source.hpp"},
      Example{"sim on core", "src/sim/a.cpp", "#include <blondel/meter/meter.hpp>\n",
              "layer meter from layer sim: blondel/meter/meter.hpp"},
      Example{"a path that climbs", "src/core/a.cpp", "#include \"../twin/twin.hpp\"\n",
              "a path that climbs: ../twin/twin.hpp"},
      Example{"a layer nobody planned", "src/utilities/a.cpp", "#include <array>\n",
              "a layer that docs/architecture.md 3 does not have: array"},
      Example{"commented out", "src/core/a.cpp", "// #include <Eigen/Core>\n", ""},
      Example{"tests may include what they like", "tests/a.cpp", "#include <Eigen/Core>\n", ""},
  };
  check_examples(examples, architecture::check_includes);
}

TEST_CASE("include rules: the rule finds words a layer may not use") {
  constexpr std::array examples{
      Example{"host clock in sim", "src/sim/a.cpp", "auto t = std::chrono::steady_clock::now();\n",
              "a host clock: steady_clock in layer sim"},
      Example{"host clock in ports", "src/ports/a.cpp", "auto t = std::chrono::steady_clock::now();\n", ""},
      Example{"time of day in scenario", "src/scenario/a.cpp", "auto t = std::time(nullptr);\n",
              "a host clock: std::time(nullptr in layer scenario"},
      Example{"a member called time", "src/core/a.cpp", "auto t = rtc.time();\n", ""},
      Example{"rand in frontend", "src/frontend/a.cpp", "int n = rand();\n",
              "randomness outside base/rng: rand in layer frontend"},
      Example{"<random> in ports", "src/ports/a.cpp", "#include <random>\n",
              "randomness outside base/rng: #include <random> in layer ports"},
      Example{"threads in twin", "src/twin/a.cpp", "#include <thread>\n",
              "threads: #include <thread> in layer twin"},
      Example{"threads in ports", "src/ports/a.cpp", "#include <thread>\n", ""},
      Example{"threads in lab", "src/lab/a.hpp", "#include <thread>\n", ""},
      Example{"threads in scenario", "src/scenario/a.cpp", "#include <thread>\n",
              "threads: #include <thread> in layer scenario"},
      Example{"files in protocol", "src/protocol/a.cpp", "#include <fstream>\n",
              "files: #include <fstream> in layer protocol"},
      Example{"files in scenario", "src/scenario/a.cpp", "#include <fstream>\n", ""},
      Example{"printing in frontend", "src/frontend/a.cpp", "printf(\"%d\", 1);\n",
              "input and output: printf( in layer frontend"},
      Example{"sockets in cli", "src/cli/a.cpp", "#include <sys/socket.h>\n",
              "sockets: #include <sys/socket.h> in layer cli"},
      Example{"double in core", "src/core/a.cpp", "double p_w = 1;\n",
              "floating point: double in layer core"},
      Example{"float in the core's headers", "include/blondel/meter/a.hpp", "float p_w;\n",
              "floating point: float in layer meter"},
      Example{"double in frontend", "src/frontend/a.cpp", "double p_w = 1;\n", ""},
      Example{"double in a comment", "src/core/a.cpp", "int p; // not a double\n/* nor\n a float */\n", ""},
      Example{"double in a text", "src/core/a.cpp", "auto t = \"a \\\"double\\\"\"; int n = 1'000;\n", ""},
      Example{"double after a digit mark", "src/core/a.cpp", "int n = 1'000; double p;\n",
              "floating point: double in layer core"},
      Example{"heap in core", "src/core/a.cpp", "auto* p = new int;\n", "the heap:  new i in layer core"},
      Example{"vector in core", "src/core/a.cpp", "std::vector<int> v;\n",
              "the heap: std::vector in layer core"},
      Example{"exceptions in core", "src/core/a.cpp", "throw 1;\n",
              "exceptions or type information: throw in layer core"},
      Example{"views", "src/scenario/a.cpp", "for (auto x : std::views::iota(1)) {}\n",
              "std::views: clang 14 fails on libstdc++ 12: std::views in layer scenario"},
      Example{"long double", "src/frontend/a.cpp", "long double x;\n",
              "long double: long double in layer frontend"},
  };
  check_examples(examples, architecture::check_words);
}

TEST_CASE("include rules: the rule finds files out of form") {
  std::string long_file;
  for (int n = 0; n <= 400; ++n) {
    long_file += "int x;\n";
  }
  std::string long_function = "int f() {\n";
  for (int n = 0; n < 59; ++n) {
    long_function += "  g();\n";
  }
  auto const just_right = long_function.substr(0, long_function.size() - 7) + "}\n";
  long_function += "}\n";
  auto const long_signature = "int f(int a,\n      int b) {\n" + just_right.substr(just_right.find('\n') + 1);
  auto const two_functions = just_right + "int f(int a,\n      int b) {\n  g();\n}\n";
  std::array const examples{
      Example{"401 lines", "src/core/a.cpp", long_file.c_str(), "a file of more than 400 lines"},
      Example{"401 lines of table", "src/core/a.inc", long_file.c_str(), ""},
      Example{"401 lines of test", "tests/a.cpp", long_file.c_str(), ""},
      Example{"61 lines of function", "src/core/a.cpp", long_function.c_str(),
              "a function of more than 60 lines"},
      Example{"61 lines under a long signature", "src/core/a.cpp", long_signature.c_str(),
              "a function of more than 60 lines"},
      Example{"two short functions", "src/core/a.cpp", two_functions.c_str(), ""},
      Example{"60 lines of function", "src/core/a.cpp", just_right.c_str(), ""},
      Example{"a header without its guard", "src/core/a.hpp", "int x;\n",
              "a header that does not start with #pragma once"},
      Example{"an umlaut", "src/core/a.cpp", "// M\xC3\xBCller\n", "not printable ASCII"},
      Example{"a tab", "src/core/a.cpp", "\tint x;\n", "not printable ASCII"},
      Example{"open work", "src/core/a.cpp",
              "// TO"
              "DO later\n",
              "open work left in a comment"},
  };
  check_examples(examples, architecture::check_form);
}

TEST_CASE("include rules: the sources are found") {
  auto const files = architecture::read_sources(BLONDEL_SOURCE_DIR);
  auto const has = [&](char const* path) {
    for (auto const& file : files) {
      if (file.path == path && !file.text.empty()) {
        return true;
      }
    }
    return false;
  };
  CHECK(has("src/base/crc.cpp"));
  CHECK(has("include/blondel/meter/access.hpp"));
  CHECK(has("tests/architecture/test_include_rules.cpp"));
}

TEST_CASE("include rules: every layer includes only what the table allows") {
  CHECK(over_all_sources(architecture::check_includes) == "");
}

TEST_CASE("include rules: clocks, threads, files and floating point stay in their layers") {
  CHECK(over_all_sources(architecture::check_words) == "");
}

TEST_CASE("include rules: files and functions are short, printable and finished") {
  CHECK(over_all_sources(architecture::check_form) == "");
}

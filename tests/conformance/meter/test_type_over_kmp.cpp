#include <catch2/catch.hpp>

#include <algorithm>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::Program;
using blondel::test::run;
using blondel::test::wait_for_place;

TEST_CASE("type number: a served meter tells its type over KMP", "[TYP-01]") {
  // Together every value of phases, class, energy type and hardware. 1126: thirteen characters, 1058: ten of
  // them, 1005: 7500 for the 351 C and revision H1 = 08 01. @source device.md 0.4, 1
  auto const [type_number, plain] =
      GENERATE(table<char const*, char const*>({{"685-25-BC1-23-010", "68525BC123010"},
                                                {"685-35-CC2-53-025", "68535CC253025"},
                                                {"685-45-1C3-23-064", "685451C323064"},
                                                {"685-35-5C4-53-151", "685355C453151"}}));
  CAPTURE(type_number);
  Document document;
  document.tier = "interval";
  document.duration_s = 3'600;
  auto text = document.text();
  std::string const own = "685-35-CC4-23-010";
  text.replace(text.find(own), own.size(), type_number);
  Folder const folder;
  folder.write("scenario.json", text);
  Program const server{folder, "serve '" + folder.file("scenario.json") + "' --optical tcp:127.0.0.1:0"};
  auto const place = wait_for_place(folder);
  REQUIRE_FALSE(place.empty());
  auto const read = run("read --via kmp " + place + " 1126 1058 1005");
  INFO(read.err);
  CHECK(read.exit_code == 0);
  std::string const digits = plain;
  CHECK(read.out == "1126 = \"" + digits + "\"\n1058 = \"" + digits.substr(0, 10) + "\"\n1005 = 75000801\n");
}

#include <catch2/catch.hpp>

#include "conformance/meter/document.hpp"

using blondel::test::Document;
using blondel::test::Folder;
using blondel::test::Program;
using blondel::test::run;
using blondel::test::wait_for_place;
using Catch::Contains;

TEST_CASE("writing: registers are written over the optical port with the password, and read back",
          "[COM-04][COM-05][LOG-05]") {
  Folder const folder;
  Document document;
  document.duration_s = 3'600;
  document.configuration_1 = "31000032";  // DD 03
  document.pulses = "002";                // cubic metres
  folder.write("scenario.json", document.text());
  Program server{folder,
                 "serve '" + folder.file("scenario.json") + "' --start scenario --optical tcp:127.0.0.1:0"};
  auto const place = wait_for_place(folder);
  REQUIRE_FALSE(place.empty());
  auto const write = [&place](std::string const& assignment) {
    return run("write --via kmp --timeout-ms 300 " + place + " " + assignment);
  };
  CHECK(write("meter_number_1=4711").out == "meter_number_1 = 4711\n");
  CHECK(write("1039=12.5").out == "1039 = 12.5 kW\n");
  CHECK(write("58=42").out == "58 = 42 m3\n");
  CHECK(write("analysis_setup=0x0007041E").exit_code == 0);
  CHECK(write("password=4321").exit_code == 0);
  auto const refused = write("meter_number_1=4712");
  CHECK(refused.exit_code == 1);
  CHECK_THAT(refused.err, Contains("no answer to PutRegister meter_number_1=4712"));
  CHECK(write("meter_number_2=5 --password 4321").exit_code == 0);
  CHECK_THAT(write("199=7 --password 4321").err, Contains("integration_period takes 5, 15, 30 or 60"));
  CHECK_THAT(write("1.8.0=5 --password 4321").err, Contains("active_energy_import is written by nobody"));
  CHECK(write("1.8.0=5 --password 4321").exit_code == 1);
  std::string seventeen;
  for (int n = 0; n < 17; ++n) {
    seventeen += "0007";
  }
  CHECK(write("analysis_setup=0x" + seventeen + " --password 4321").exit_code == 1);
  CHECK(write("power_threshold=lots").exit_code == 2);
  CHECK(run("read --via kmp " + place + " meter_number_1 meter_number_2 1039 58 222 1180").out ==
        "meter_number_1 = 4711\nmeter_number_2 = 5\n1039 = 12.500 kW\n58 = 42 m3\n222 = 5\n1180 = 0\n");
}

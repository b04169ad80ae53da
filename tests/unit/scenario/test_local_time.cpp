#include <scenario/local_time.hpp>

#include <core/clock/rtc.hpp>

#include <catch2/catch.hpp>

using namespace blondel;

// Instants checked with Python's zoneinfo, Europe/Copenhagen; 2026 changes on 29 March and 25 October.

namespace {
constexpr LocalZone copenhagen{3'600, true};
}

TEST_CASE("scenario: winter time in zone 01 is one hour ahead of UTC") {
  auto const local = parse_local_time("2026-01-05T00:00:00");
  REQUIRE(local);
  auto const utc = copenhagen.to_utc(*local);
  CHECK(iso_utc(utc, SimTime{}) == "2026-01-04T23:00:00.000Z");
  CHECK(iso_local(copenhagen, utc, SimTime{900'250'000'000}) == "2026-01-05T00:15:00.250+01:00");
}

TEST_CASE("scenario: local time jumps in the night of the change to summer time") {
  auto const utc = copenhagen.to_utc(*parse_local_time("2026-03-29T01:59:59"));
  CHECK(iso_local(copenhagen, utc, SimTime{}) == "2026-03-29T01:59:59.000+01:00");
  CHECK(iso_local(copenhagen, utc, SimTime{1'000'000'000}) == "2026-03-29T03:00:00.000+02:00");
}

TEST_CASE("scenario: of two equal local times in autumn the first is meant") {
  auto const utc = copenhagen.to_utc(*parse_local_time("2026-10-25T02:30:00"));
  CHECK(iso_utc(utc, SimTime{}) == "2026-10-25T00:30:00.000Z");
}

TEST_CASE("scenario: a local time in the missing hour of spring names the two nearest") {
  for (auto const* skipped : {"2026-03-29T02:00:00", "2026-03-29T02:30:00", "2026-03-29T02:59:59"}) {
    INFO(skipped);
    CHECK(skipped_text(copenhagen, *parse_local_time(skipped)) ==
          "does not exist: the clocks go forward over it; allowed: up to 2026-03-29T01:59:59 or from "
          "2026-03-29T03:00:00 on");
  }
  for (auto const* real : {"2026-03-29T01:59:59", "2026-03-29T03:00:00", "2026-10-25T02:30:00"}) {
    INFO(real);
    CHECK_FALSE(skipped_text(copenhagen, *parse_local_time(real)));
  }
  CHECK_FALSE(skipped_text({3'600, false}, *parse_local_time("2026-03-29T02:30:00")));
}

TEST_CASE("scenario: a local time in the double hour of autumn says which one is meant") {
  for (auto const* twice : {"2026-10-25T02:00:00", "2026-10-25T02:59:59"}) {
    INFO(twice);
    CHECK(repeated_text(copenhagen, *parse_local_time(twice)) ==
          "the start " + std::string{twice} +
              " comes twice when the clocks go back; taken is the first, in summer time (+02:00)");
  }
  for (auto const* once : {"2026-10-25T01:59:59", "2026-10-25T03:00:00", "2026-03-29T02:30:00"}) {
    INFO(once);
    CHECK_FALSE(repeated_text(copenhagen, *parse_local_time(once)));
  }
  CHECK_FALSE(repeated_text({3'600, false}, *parse_local_time("2026-10-25T02:30:00")));
}

TEST_CASE("scenario: zones 13 to 23 lie west of Greenwich") {
  Configuration configuration;
  configuration.ll = 13;
  CHECK(zone_of(configuration).base_s == -11 * 3'600);
  configuration.ll = 23;
  CHECK(zone_of(configuration).base_s == -3'600);
  CHECK(offset_text(-3 * 3'600) == "-03:00");
}

TEST_CASE("scenario: a local time of the wrong shape is none") {
  CHECK_FALSE(parse_local_time("2026-01-05 00:00:00"));
  CHECK_FALSE(parse_local_time("2026-13-05T00:00:00"));
  CHECK_FALSE(parse_local_time("2026-01-05T24:00:00"));
}

TEST_CASE("local time: the zone of each LL is the one of the meter's own clock") {
  for (std::uint8_t ll = 0; ll <= 23; ++ll) {
    CAPTURE(static_cast<int>(ll));
    Configuration configuration;
    configuration.ll = ll;
    CHECK(zone_of(configuration).base_s == utc_offset_s(ll));
  }
}

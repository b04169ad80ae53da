#include <scenario/load_source.hpp>

#include <catch2/catch.hpp>

using namespace blondel;

namespace {

SourceSpec three_rows(bool hold) {
  SourceSpec spec;
  for (auto& phase : spec.point.phase) {
    phase.u = Volts{200.0};
  }
  LoadProfile profile;
  profile.interval = SimDuration::seconds(60);
  profile.hold_after_end = hold;
  for (std::size_t phase = 0; phase < 3; ++phase) {
    profile.active_w[phase] = {300.0, 300.0, -400.0};
    profile.reactive_var[phase] = {400.0, 400.0, 300.0};
  }
  spec.profile = profile;
  return spec;
}

constexpr SimTime at(std::int64_t seconds) {
  return SimTime{seconds * ns_per_s};
}

}  // namespace

TEST_CASE("source: active and reactive power become current and angle") {
  // 3-4-5 triangle: 500 VA at 200 V is 2.5 A; atan(4/3) is 0.927295 rad, the export row's atan2(3,
  // -4) 2.498092.
  auto const source = make_source(three_rows(true));
  auto const first = source->point_at(at(0));
  CHECK(first.phase[1].i.value() == Approx(2.5).margin(1e-12));
  CHECK(first.phase[1].lag.value() == Approx(0.927295).margin(1e-6));
  auto const third = source->point_at(at(120));
  CHECK(third.phase[2].i.value() == Approx(2.5).margin(1e-12));
  CHECK(third.phase[2].lag.value() == Approx(2.498092).margin(1e-6));
}

TEST_CASE("source: rows that repeat are no change") {
  auto const source = make_source(three_rows(true));
  CHECK(source->next_change(at(0)) == at(120));
  CHECK(source->next_change(at(119)) == at(120));
}

TEST_CASE("source: after the end a profile holds its last row for ever") {
  auto const source = make_source(three_rows(true));
  CHECK(source->next_change(at(120)) == SimTime::never());
  CHECK(source->point_at(at(10'000)).phase[0].i.value() == Approx(2.5).margin(1e-12));
}

TEST_CASE("source: after the end a profile falls to zero when it shall") {
  auto const source = make_source(three_rows(false));
  CHECK(source->next_change(at(120)) == at(180));
  CHECK(source->point_at(at(180)).phase[0].i.value() == 0.0);
  CHECK(source->next_change(at(180)) == SimTime::never());
}

TEST_CASE("source: a constant source never changes") {
  SourceSpec spec;
  spec.point.phase[0].i = Amps{7.0};
  auto const source = make_source(spec);
  CHECK(source->next_change(at(0)) == SimTime::never());
  CHECK(source->point_at(at(5)).phase[0].i.value() == 7.0);
}

#include <catch2/catch.hpp>

#include "core/nv/nv_layout.hpp"
#include "support/meter_fixture.hpp"

namespace blondel {
namespace {

/// A medium whose power goes away in the middle of the n-th write from now.
class TornNv final : public NvStore {
 public:
  [[nodiscard]] std::uint32_t size() const override { return inner_.size(); }
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override {
    return inner_.read(address, into);
  }
  Result<void> write(std::uint32_t address, ByteSpan from) override {
    last_size = from.size();
    if (writes_left == 0) {
      return fail(ErrorCode::nv_io, address);
    }
    if (--writes_left == 0) {
      auto const half = inner_.write(address, from.first(torn_at < from.size() ? torn_at : from.size()));
      return half ? fail(ErrorCode::nv_io, address) : half;
    }
    return inner_.write(address, from);
  }
  std::size_t writes_left{1'000'000};
  std::size_t torn_at{};
  std::size_t last_size{};

 private:
  RamNv inner_;
};

}  // namespace

TEST_CASE("permanent memory: everything legal comes back after a power cut") {
  test::MeterFixture fixture;
  for (int second = 0; second < 100; ++second) {
    fixture.run_second(575.0, 100.0);
  }
  REQUIRE(fixture.meter.power_down(fixture.now).has_value());
  CHECK(fixture.meter.access().read({RegisterId::active_energy_import}, Level::open).error().code ==
        ErrorCode::meter_off);
  REQUIRE(fixture.meter.power_up(fixture.now).has_value());
  CHECK(fixture.native(RegisterId::active_energy_import_secondary) == 172'500'000);
  CHECK(fixture.native(RegisterId::reactive_energy_import_secondary) == 30'000'000);
  CHECK(fixture.native(RegisterId::serial_number) == 12'345'678);
  CHECK(fixture.native(RegisterId::hour_counter) == 100);
  CHECK(fixture.native(RegisterId::meter_status) == 1);
  CHECK(fixture.meter.led_pulses() == 479);
}

TEST_CASE("permanent memory: a write torn at any octet leaves the record before it") {
  for (std::size_t torn_at = 0; torn_at < 400; torn_at += 13) {
    MeterState state;
    TornNv nv;
    state.serial_number = 7;
    of(state.secondary, Energy::a_plus).total_mj = 111;
    REQUIRE(save(state, nv).has_value());
    of(state.secondary, Energy::a_plus).total_mj = 222;
    REQUIRE(save(state, nv).has_value());
    nv.writes_left = 1;
    nv.torn_at = torn_at;
    of(state.secondary, Energy::a_plus).total_mj = 333;
    REQUIRE_FALSE(save(state, nv).has_value());
    REQUIRE(nv.last_size > 400);  // the cut lies inside the record
    CHECK((state.status & status_eeprom) != 0);
    MeterState back;
    REQUIRE(restore(back, nv).has_value());
    CHECK(of(back.secondary, Energy::a_plus).total_mj == 222);
    CHECK(back.serial_number == 7);
  }
}

TEST_CASE("permanent memory: the newest record is found when the sequence wraps") {
  MeterState state;
  RamNv nv;
  state.nv_sequence = 0xFFFF'FFFD;
  for (std::int64_t total_mj = 1; total_mj <= 4; ++total_mj) {
    of(state.secondary, Energy::a_plus).total_mj = total_mj;
    REQUIRE(save(state, nv).has_value());
    MeterState back;
    REQUIRE(restore(back, nv).has_value());
    CHECK(of(back.secondary, Energy::a_plus).total_mj == total_mj);
  }
  CHECK(state.nv_sequence == 3);
}

TEST_CASE("permanent memory: two damaged copies are reported, never guessed") {
  MeterState state;
  RamNv nv;
  REQUIRE(save(state, nv).has_value());
  std::array<std::uint8_t, 1> const flipped{0x55};
  REQUIRE(nv.write(1'024 + 40, flipped).has_value());
  CHECK(restore(state, nv).error() == Error{ErrorCode::nv_corrupt, 0});
  CHECK(is_blank(nv) == false);
  RamNv fresh;
  CHECK(is_blank(fresh) == true);
}

TEST_CASE("permanent memory: every change of a shown energy digit is written") {
  test::MeterFixture fixture;
  // 3 x 575 W at 200/5 is 19.17 Wh primary a second: the 1 kWh digit steps at 52.17 s, the secondary 0.01 kWh
  // at 20.87 s.
  for (int second = 0; second < 21; ++second) {
    fixture.run_second(575.0, 0.0);
  }
  MeterState found;
  REQUIRE(restore(found, fixture.nv).has_value());
  CHECK(of(found.secondary, Energy::a_plus).total_mj == 36'225'000);
  // Killed here: the second meter starts from what was written.
  fixture.run_second(575.0, 0.0);
  REQUIRE(restore(found, fixture.nv).has_value());
  CHECK(of(found.secondary, Energy::a_plus).total_mj == 36'225'000);
}

}  // namespace blondel

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "core/nv/nv_layout.hpp"
#include "support/log_reader.hpp"
#include "twin/faulty_nv.hpp"

namespace blondel {
namespace {

/// A chip's content, of which only pages that hold something are kept.
class ChipImage {
 public:
  explicit ChipImage(NvStore const& nv) {
    Page page;
    for (std::uint32_t address = 0; address < nv_size_min; address += page.size()) {
      REQUIRE(nv.read(address, page).has_value());
      if (std::any_of(page.begin(), page.end(), [](std::uint8_t octet) { return octet != 0; })) {
        pages_.emplace_back(address, page);
      }
    }
  }
  [[nodiscard]] std::unique_ptr<NvStore> chip() const {
    auto nv = std::make_unique<RamNv>(nv_size_min, true);
    bool is_written = true;
    for (auto const& [address, page] : pages_) {
      is_written = is_written && nv->write(address, page).has_value();
    }
    REQUIRE(is_written);
    return nv;
  }

 private:
  using Page = std::array<std::uint8_t, 4'096>;
  std::vector<std::pair<std::uint32_t, Page>> pages_;
};

constexpr std::int32_t nominal_mv = 230'000;
constexpr int minutes_of_stretch = 120;

/// A meter with its chip and its clock. The clock has a supply of its own, and outlives the processor.
struct Bench {
  explicit Bench(std::unique_ptr<NvStore> chip) : nv{std::move(chip)} {}

  void restart() {
    auto const rtc = state.rtc;
    auto const last = now;
    state = MeterState{};
    state.rtc = rtc;
    state.backup.since = last;
    nv.restore_power();
    REQUIRE(meter.power_up(now).has_value());
  }
  /// A minute of 1 kW in each element, primary 120 kW in all.
  Result<void> run_minute(std::int32_t u1_mv = nominal_mv) {
    ElementIncrement increment;
    increment.span = SimDuration::seconds(60);
    increment.frequency_mhz = 50'000;
    for (auto& share : increment.element) {
      share.active_uj = 60'000'000'000;
      share.u_mv = nominal_mv;
    }
    increment.element[0].u_mv = u1_mv;
    now = now + increment.span;
    return meter.handle_increment(increment, now);
  }
  Result<void> execute(CommandKind kind, CivilTime const& local = {}) {
    Command command;
    command.kind = kind;
    command.local_time = local;
    return meter.access().execute(command, Level::operating);
  }
  [[nodiscard]] std::uint32_t debits() const { return state.demand.debiting_count; }
  [[nodiscard]] RingHead const& head(LogId log) const { return head_of(state.loggers, log); }

  MeterConfig config = test::class_c_200_5();
  FaultyNv nv;
  MeterState state;
  Meter meter{state, config, nv};
  SimTime now;
};

/// The last evening of February: an hour of load, and a debiting log whose next record begins the ring anew.
struct Evening {
  std::unique_ptr<ChipImage> chip;
  Rtc rtc;
  SimTime now;
};
Evening evening() {
  Bench bench{std::make_unique<RamNv>(nv_size_min, true)};
  Nameplate nameplate;
  nameplate.serial_number = 12'345'678;
  nameplate.production_time = {.year = 2026, .month = 2, .day = 28, .hour = 22};
  REQUIRE(bench.meter.manufacture(nameplate, SimTime{}).has_value());
  REQUIRE(bench.meter.power_up(SimTime{}).has_value());
  std::unique_ptr<ChipImage> before;
  do {
    REQUIRE(bench.meter.commit().has_value());
    if (bench.head(LogId::debiting).page == 39) {
      before = std::make_unique<ChipImage>(bench.nv);
    }
    REQUIRE(bench.execute(CommandKind::debiting_stop).has_value());
  } while (bench.head(LogId::debiting).page != 40);
  Bench one_less{before->chip()};
  one_less.state.rtc = bench.state.rtc;
  one_less.restart();
  for (int minute = 0; minute < 60; ++minute) {
    REQUIRE(one_less.run_minute().has_value());
  }
  REQUIRE(one_less.meter.power_down(one_less.now).has_value());
  return {std::make_unique<ChipImage>(one_less.nv), one_less.state.rtc, one_less.now};
}

/// Nothing that was acknowledged is gone, and nothing is there twice.
void check_kept(MeterState const& told, Bench const& bench) {
  auto const& found = bench.state;
  for (std::size_t n = 0; n < energy_count; ++n) {
    REQUIRE(found.secondary[n].total_mj >= told.secondary[n].total_mj);
    REQUIRE(found.primary[n].total_mj >= told.primary[n].total_mj);
  }
  REQUIRE(found.led.count >= told.led.count);
  REQUIRE(found.powered_ns >= told.powered_ns);
  for (auto const log : all_logs) {
    CAPTURE(log_index(log));
    auto const more = bench.head(log).last_id - head_of(told.loggers, log).last_id;
    // The reset is a record of its own.
    REQUIRE(more <= (log == LogId::status ? 2U : 1U));
    std::vector<LogRecord> records(bench.meter.access().log_info(log).record_count);
    REQUIRE(bench.meter.access().read_log(log, 0, records) == records.size());
    REQUIRE(std::none_of(records.begin(), records.end(), [](LogRecord const& r) { return r.is_lost; }));
  }
  REQUIRE(found.demand.debiting_count == bench.head(LogId::debiting).last_id);
  REQUIRE(found.demand.debiting_count >= told.demand.debiting_count);
  REQUIRE((found.status & status_eeprom) == 0);
}

/// What happens at the end of a minute of the stretch. @return refused when the power went meanwhile
Result<void> act(Bench& bench, int minute, std::uint32_t debits_before) {
  switch (minute) {
    case 5: {
      auto const down = bench.meter.power_down(bench.now);
      bench.now = bench.now + SimDuration::seconds(180);
      return down ? bench.meter.power_up(bench.now) : down;
    }
    case 10:
      return bench.execute(CommandKind::set_clock,
                           {.year = 2026, .month = 2, .day = 28, .hour = 23, .minute = 10, .second = 30});
    case 20:
      return bench.debits() == debits_before ? bench.execute(CommandKind::debiting_stop) : Result<void>{};
    default:
      return {};
  }
}

/// Runs the stretch of a meter that was started; where the power goes, the meter starts again from its chip.
/// @return how often it went
int run_stretch(Bench& bench) {
  auto told = bench.state;
  auto const debits_before = bench.debits();
  int cuts = 0;
  for (int minute = 1; minute <= minutes_of_stretch; ++minute) {
    bool const dips = minute == 30 || minute == 31;
    auto done = bench.run_minute(dips ? 100'000 : nominal_mv);
    for (int attempt = 0; attempt < 2; ++attempt) {
      done = done ? act(bench, minute, debits_before) : done;
      done = done ? bench.meter.commit() : done;
      if (done) {
        break;
      }
      cuts += 1;
      bench.restart();
      check_kept(told, bench);
      if (minute == 5) {
        break;  // it was to be off then anyway
      }
      done = {};
    }
    told = bench.state;
  }
  return cuts;
}

}  // namespace

TEST_CASE("permanence: stopped at any write of two hours, nothing is lost and nothing happens twice") {
  static auto const start = evening();
  auto const octets = GENERATE(std::size_t{0}, std::size_t{4}, std::size_t{900});
  CAPTURE(octets);
  auto const bench_at_start = [&] {
    auto bench = std::make_unique<Bench>(start.chip->chip());
    bench->state.rtc = start.rtc;
    bench->now = start.now;
    bench->restart();
    REQUIRE(bench->meter.commit().has_value());
    return bench;
  };
  auto const whole = bench_at_start();
  REQUIRE(run_stretch(*whole) == 0);
  auto const writes = whole->nv.write_count();  // with the few of the start
  REQUIRE(writes > 300);
  auto const full_mj = of(whole->state.secondary, Energy::a_plus).total_mj;
  CHECK(full_mj == 180LL * 180'000'000);               // 180 minutes of 3 kW
  CHECK(whole->head(LogId::debiting).page / 40 == 1);  // the ring went round
  for (std::uint64_t n = 1; n <= writes; ++n) {
    CAPTURE(n, writes);
    auto const bench = bench_at_start();
    bench->nv.cut_power(n, octets);
    auto const cuts = run_stretch(*bench);
    auto const& state = bench->state;
    REQUIRE(cuts <= 1);
    bench->nv.restore_power();
    for (int minute = 0; minute < 15; ++minute) {
      REQUIRE(bench->run_minute().has_value());  // a period end that was cut off is made up at the next
    }
    // At most the minute in which it happened is missing.
    auto const total_mj = of(state.secondary, Energy::a_plus).total_mj;
    REQUIRE(total_mj <= full_mj + 15 * 180'000'000LL);
    REQUIRE(total_mj >= full_mj + 14 * 180'000'000LL);
    REQUIRE(state.demand.debiting_count == whole->debits());
    // 120 kW at each of two debiting stops.
    REQUIRE(state.demand.accumulated_mw[0] == 240'000'000);
    auto const rows = test::log_rows(bench->meter, LogId::load_profile);
    for (std::size_t row = 1; row < rows.size(); ++row) {
      REQUIRE(rows[row][0] - rows[row - 1][0] == 900);
      REQUIRE(rows[row][4] >= rows[row - 1][4]);
    }
    REQUIRE(rows.size() == 13);
  }
}

}  // namespace blondel

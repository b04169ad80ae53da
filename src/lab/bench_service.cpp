#include <lab/bench.hpp>

#include <lab/bench_source.hpp>
#include <twin/ram_nv.hpp>

namespace blondel {

Result<std::array<ServiceReading, element_count>> Bench::service_readings(TestPoint const& p) const {
  auto const twin = started({{SimTime{}, terminals(p)}}, p.quantity);
  if (!twin) {
    return fail(ErrorCode::meter_off);
  }
  auto const settled = SimTime{} + service_settle;
  twin->step(settled);
  Command command;
  command.kind = CommandKind::start_calibration;
  if (auto const begun = twin->access().execute(command, Level::factory); !begun) {
    return tl::unexpected{begun.error()};
  }
  twin->step(settled + service_span);
  std::array<ServiceReading, element_count> readings;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const sums = twin->access().calibration_sums(static_cast<int>(e));
    if (!sums) {
      return tl::unexpected{sums.error()};
    }
    readings[e] = {.u_v = sums->u_mv * 1e-3, .i_a = sums->i_ua * 1e-6};
  }
  return readings;
}

Result<CalibrationSet> Bench::constants() const {
  auto const twin = started({{SimTime{}, terminals({})}}, TestQuantity::active_import);
  if (!twin) {
    return fail(ErrorCode::meter_off);
  }
  CalibrationSet constants;
  for (std::size_t e = 0; e < element_count; ++e) {
    auto const found = twin->access().calibration(static_cast<int>(e));
    if (!found) {
      return tl::unexpected{found.error()};
    }
    constants[e] = *found;
  }
  return constants;
}

Result<void> Bench::write_constants(CalibrationSet const& constants) {
  auto memory = std::make_unique<RamNv>(static_cast<std::uint32_t>(memory_.size()));
  auto& held = *memory;
  if (auto const put = held.write(0, memory_); !put) {
    return put;
  }
  Twin twin{meter_, std::make_unique<BenchSource>(std::vector{std::pair{SimTime{}, terminals({})}}),
            std::move(memory)};
  if (auto const up = twin.start(); !up) {
    return up;
  }
  Command command;
  command.kind = CommandKind::write_calibration;
  for (std::size_t e = 0; e < element_count; ++e) {
    command.element = static_cast<std::uint8_t>(e);
    command.calibration = constants[e];
    if (auto const done = twin.access().execute(command, Level::factory); !done) {
      return done;
    }
  }
  if (auto const down = twin.shut_down(); !down) {
    return down;
  }
  measured_.clear();
  return held.read(0, memory_);
}

}  // namespace blondel

#include <scenario/pulse_log.hpp>

#include <blondel/base/decimal.hpp>
#include <report/csv.hpp>
#include <scenario/texts.hpp>

#include <string_view>
#include <utility>

namespace blondel {
namespace {

constexpr std::array<std::string_view, pulse_output_count> output_names{"led", "s0", "module_1", "module_2"};

}  // namespace

PulseLog::PulseLog(OutputFile file, Scenario const& scenario, CivilSeconds utc_start, std::string run)
    : file_{std::move(file)},
      scenario_{&scenario},
      utc_start_{utc_start},
      s0_{scenario.s0},
      run_{std::move(run)},
      meter_{std::to_string(scenario.twin.nameplate.serial_number)} {}

ScenarioResult<PulseLog> PulseLog::create(std::filesystem::path const& path, Scenario const& scenario,
                                          CivilSeconds utc_start, std::string run) {
  auto file = OutputFile::create(path);
  if (!file) {
    return tl::unexpected{file.error()};
  }
  PulseLog log{std::move(*file), scenario, utc_start, std::move(run)};
  std::array<std::string, 8> const head{"time_s", "time_utc", "local_offset",    "meter",
                                        "output", "state",    "s0_current [mA]", "run"};
  if (auto const written = log.file_.write(csv_record(head)); !written) {
    return tl::unexpected{written.error()};
  }
  return log;
}

void PulseLog::handle_edge(OutputEdge const& edge) {
  auto const output = static_cast<std::size_t>(edge.output);
  if (!scenario_->pulses->outputs[output]) {
    return;
  }
  constexpr std::int64_t microsecond_ns = 1'000;
  constexpr std::size_t many = 1 << 16;
  auto const offset_s = scenario_->zone.offset_s(utc_start_ + floor_divide(edge.at.ns(), ns_per_s).quotient);
  auto const current = edge.output != PulseOutput::s0 ? std::string{}
                       : edge.on                      ? plain_number(s0_.closed_ma())
                                                      : "0";
  std::array<std::string, 8> const cells{micro_text(round_divide(edge.at.ns(), microsecond_ns)),
                                         iso_utc(utc_start_, edge.at),
                                         offset_text(offset_s),
                                         meter_,
                                         std::string{output_names[output]},
                                         edge.on ? "on" : "off",
                                         current,
                                         run_};
  rows_ += csv_record(cells);
  last_ = edge.at;
  if (rows_.size() > many) {
    static_cast<void>(flush());  // a failure stays and is told by the next call
  }
}

ScenarioResult<void> PulseLog::flush() {
  if (failure_ && !rows_.empty()) {
    failure_ = file_.write(rows_, last_);
  }
  rows_.clear();
  return failure_;
}

ScenarioResult<void> PulseLog::close() {
  auto const flushed = flush();
  auto const closed = file_.close();
  return flushed ? closed : flushed;
}

}  // namespace blondel

#include <scenario/quality_log.hpp>

#include <blondel/base/decimal.hpp>
#include <blondel/frontend/ratings.hpp>
#include <report/csv.hpp>
#include <scenario/texts.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace blondel {
namespace {

constexpr std::array<std::string_view, 3> event_names{"dip", "swell", "interruption"};

QualitySettings settings_of(Scenario const& scenario, SampleScale const& scale) {
  auto const& twin = scenario.twin;
  auto const& adc = twin.front_end.adc.front();
  return {.sample_rate_hz = adc.sample_rate_hz,
          .nominal_hz = nominal_frequency(twin.meter.type.phases),
          .declared_v = nominal_u_v,
          .aron = twin.meter.type.phases == Phases::aron_50hz,
          .volts_per_code = scale.volts_per_code,
          .amps_per_code = scale.amps_per_code,
          .filter_tau_s = adc.u_filter_tau_s,
          .sinc3 = adc.sinc3};
}

/// A number with as many digits as the instrument is worth; empty for one that is not there.
std::string cell(double value, double step) {
  return std::isfinite(value) ? plain_number(std::round(value / step) * step) : std::string{};
}

}  // namespace

QualityLog::QualityLog(OutputFile rows, OutputFile events, Scenario const& scenario,
                       QualitySettings const& settings, CivilSeconds utc_start, std::string run)
    : meter_{settings},
      rows_{std::move(rows)},
      events_{std::move(events)},
      scenario_{&scenario},
      utc_start_{utc_start},
      run_{std::move(run)},
      meter_number_{std::to_string(scenario.twin.nameplate.serial_number)},
      interval_end_{SimTime{} + scenario.quality->interval} {}

ScenarioResult<QualityLog> QualityLog::create(std::filesystem::path const& directory,
                                              Scenario const& scenario, SampleScale const& scale,
                                              CivilSeconds utc_start, std::string run) {
  auto rows = OutputFile::create(directory / "power_quality.csv");
  if (!rows) {
    return tl::unexpected{rows.error()};
  }
  auto events = OutputFile::create(directory / "voltage_events.csv");
  if (!events) {
    return tl::unexpected{events.error()};
  }
  QualityLog log{std::move(*rows), std::move(*events), scenario, settings_of(scenario, scale),
                 utc_start,        std::move(run)};
  if (auto const written = log.rows_.write(csv_record(log.head())); !written) {
    return tl::unexpected{written.error()};
  }
  std::vector<std::string> const event_head{"start_utc",  "local_offset",         "meter", "event", "start_s",
                                            "duration_s", "extreme [% of 230 V]", "run"};
  if (auto const written = log.events_.write(csv_record(event_head)); !written) {
    return tl::unexpected{written.error()};
  }
  return log;
}

std::vector<std::string> QualityLog::head() const {
  std::vector<std::string> cells{"time_utc", "local_offset", "meter",        "windows",
                                 "flagged",  "f [Hz]",       "unbalance [%]"};
  std::vector<std::string> harmonics;
  for (std::size_t k = 0; k < element_count; ++k) {
    if (is_absent(k)) {
      continue;
    }
    auto const number = std::to_string(k + 1);
    auto const u = "U" + number + (scenario_->twin.wiring.aron ? "2" : "");
    auto const i = "I" + number;
    cells.insert(cells.end(), {u + " [V]", u + " lowest half cycle [V]", u + " highest half cycle [V]",
                               u + " THDS [%]", i + " [A secondary]", i + " THDS [%]"});
    for (auto const& name : {u, i}) {
      for (int h = 2; h <= scenario_->quality->harmonics; ++h) {
        harmonics.push_back(name + " h" + std::to_string(h) + " [%]");
      }
    }
  }
  cells.insert(cells.end(), harmonics.begin(), harmonics.end());
  cells.emplace_back("run");
  return cells;
}

bool QualityLog::is_absent(std::size_t k) const {
  return scenario_->twin.wiring.aron && k == 1;
}

void QualityLog::add(QualityWindow const& window) {
  sums_.begin = sums_.windows == 0 ? window.begin : sums_.begin;
  ++sums_.windows;
  sums_.frequency_hz += window.frequency_hz;
  if (std::isfinite(window.unbalance_percent)) {
    sums_.unbalance_percent += window.unbalance_percent;
    ++sums_.balances;
  }
  auto const take = [](Channel& sum, ChannelQuality const& value) {
    sum.squares += value.rms * value.rms;
    for (std::size_t h = 0; h < value.subgroup.size(); ++h) {
      sum.subgroup_squares[h] += value.subgroup[h] * value.subgroup[h];
    }
  };
  for (std::size_t k = 0; k < element_count; ++k) {
    take(sums_.u[k], window.u[k]);
    take(sums_.i[k], window.i[k]);
  }
}

void QualityLog::add(HalfCycleValue const& value) {
  auto const k = value.phase;
  bool const is_first = sums_.half_cycles[k]++ == 0;
  sums_.lowest_v[k] = is_first ? value.rms_v : std::min(sums_.lowest_v[k], value.rms_v);
  sums_.highest_v[k] = is_first ? value.rms_v : std::max(sums_.highest_v[k], value.rms_v);
}

std::vector<std::string> QualityLog::time_cells(SimTime t) const {
  auto const offset_s = scenario_->zone.offset_s(utc_start_ + floor_divide(t.ns(), ns_per_s).quotient);
  return {iso_utc(utc_start_, t), offset_text(offset_s), meter_number_};
}

std::string QualityLog::flags(SimTime begin, SimTime end) const {
  std::array<bool, event_names.size()> found{};
  for (auto const& event : ended_) {
    found[static_cast<std::size_t>(event.kind)] |= event.start < end && event.start + event.duration > begin;
  }
  for (auto const& event : meter_.running_events()) {
    found[static_cast<std::size_t>(event.kind)] |= event.start < end;
  }
  std::string text;
  for (std::size_t kind = 0; kind < found.size(); ++kind) {
    if (found[kind]) {
      text.append(text.empty() ? "" : " ").append(event_names[kind]);
    }
  }
  return text;
}

ScenarioResult<void> QualityLog::end_interval(SimTime end) {
  auto const sums = std::exchange(sums_, {});
  auto const nominal_begin = interval_end_ - scenario_->quality->interval;
  interval_end_ = interval_end_ + scenario_->quality->interval;
  auto const begin = sums.windows > 0 ? std::min(sums.begin, nominal_begin) : nominal_begin;
  auto cells = time_cells(end);
  auto const n = static_cast<double>(sums.windows);  // of none: not a number, an empty cell
  cells.insert(cells.end(),
               {std::to_string(sums.windows), flags(begin, end), cell(sums.frequency_hz / n, 1e-4),
                cell(sums.unbalance_percent / sums.balances, 1e-3)});
  auto const mean = [n](Channel const& channel) {
    ChannelQuality quality{.rms = std::sqrt(channel.squares / n), .subgroup = {}};
    for (std::size_t h = 0; h < quality.subgroup.size(); ++h) {
      quality.subgroup[h] = std::sqrt(channel.subgroup_squares[h] / n);
    }
    return quality;
  };
  std::vector<std::string> harmonics;
  for (std::size_t k = 0; k < element_count; ++k) {
    if (is_absent(k)) {
      continue;
    }
    auto const u = mean(sums.u[k]);
    auto const i = mean(sums.i[k]);
    bool const has_half_cycles = sums.half_cycles[k] > 0;
    cells.insert(cells.end(), {cell(u.rms, 1e-3), has_half_cycles ? cell(sums.lowest_v[k], 1e-3) : "",
                               has_half_cycles ? cell(sums.highest_v[k], 1e-3) : "",
                               cell(u.thd_percent(), 1e-3), cell(i.rms, 1e-6), cell(i.thd_percent(), 1e-3)});
    for (auto const* channel : {&u, &i}) {
      for (int h = 2; h <= scenario_->quality->harmonics; ++h) {
        auto const share = channel->subgroup[static_cast<std::size_t>(h)] / channel->subgroup[1] * 100.0;
        harmonics.push_back(std::isfinite(channel->thd_percent()) ? cell(share, 1e-3) : "");
      }
    }
  }
  cells.insert(cells.end(), harmonics.begin(), harmonics.end());
  cells.push_back(run_);
  return rows_.write(csv_record(cells), end);
}

ScenarioResult<void> QualityLog::write_event(VoltageEvent const& event, bool has_ended) {
  auto cells = time_cells(event.start);
  auto const seconds = [](std::int64_t ns) { return micro_text(round_divide(ns, 1'000)); };
  cells.insert(cells.end(),
               {std::string{event_names[static_cast<std::size_t>(event.kind)]}, seconds(event.start.ns()),
                has_ended ? seconds(event.duration.ns()) : "", cell(event.extreme_percent, 1e-2), run_});
  return events_.write(csv_record(cells), event.start + event.duration);
}

void QualityLog::handle_samples(std::span<SampleFrame const> frames, SimTime first) {
  meter_.handle_samples(frames, first);
  constexpr std::size_t many = 300;  // windows: a minute
  if (meter_.windows.size() >= many) {
    static_cast<void>(flush(first));  // a failure stays with the file and is told by the next call
  }
}

/// A value belongs to the interval in which its window ends; one that ends at `now` may still be on its way.
ScenarioResult<void> QualityLog::flush(SimTime now) {
  constexpr auto delay = SimDuration::milliseconds(500);  // two windows and the filter
  return write_complete(now - delay);
}

ScenarioResult<void> QualityLog::write_complete(SimTime now) {
  auto const windows = std::exchange(meter_.windows, {});
  auto const values = std::exchange(meter_.half_cycles, {});
  auto const events = std::exchange(meter_.events, {});
  ended_.insert(ended_.end(), events.begin(), events.end());
  auto value = values.begin();
  auto const add_values = [&](SimTime until) {
    for (; value != values.end() && value->end <= until; ++value) {
      add(*value);
    }
  };
  auto const end_intervals = [&](auto const& is_over) -> ScenarioResult<void> {
    while (is_over()) {
      add_values(interval_end_);
      if (auto written = end_interval(interval_end_); !written) {
        return written;
      }
    }
    return {};
  };
  for (auto const& window : windows) {
    if (auto written = end_intervals([&] { return window.end > interval_end_; }); !written) {
      return written;
    }
    add_values(window.end);
    add(window);
  }
  if (auto written = end_intervals([&] { return now >= interval_end_; }); !written) {
    return written;
  }
  add_values(interval_end_);
  meter_.half_cycles.assign(value, values.end());
  // A window that belongs to an interval may begin in the one before it.
  std::erase_if(ended_, [begin = interval_end_ - scenario_->quality->interval](VoltageEvent const& event) {
    return event.start + event.duration + SimDuration::seconds(1) < begin;
  });
  for (auto const& event : events) {
    if (auto written = write_event(event, true); !written) {
      return written;
    }
  }
  return {};
}

ScenarioResult<void> QualityLog::close(SimTime now) {
  auto result = write_complete(now);
  if (result && now + scenario_->quality->interval > interval_end_) {
    result = end_interval(now);
  }
  for (auto const& event : meter_.running_events()) {
    if (result) {
      result = write_event(event, false);
    }
  }
  for (auto* file : {&rows_, &events_}) {
    auto const closed = file->close();
    if (result && !closed) {
      result = closed;
    }
  }
  return result;
}

}  // namespace blondel

#include <scenario/recorder.hpp>

#include <blondel/base/decimal.hpp>
#include <report/csv.hpp>
#include <scenario/log_files.hpp>
#include <scenario/texts.hpp>

#include <system_error>
#include <utility>

namespace blondel {

Recorder::Recorder(Scenario const& scenario, RunOptions const& options, RunIdentity identity,
                   CivilSeconds utc_start)
    : scenario_{&scenario},
      identity_{std::move(identity)},
      utc_start_{utc_start},
      directory_{options.output},
      on_transcript_{options.on_transcript},
      meter_{std::to_string(scenario.twin.nameplate.serial_number)} {}

ScenarioResult<Recorder> Recorder::open(Scenario const& scenario, RunOptions const& options,
                                        RunIdentity const& identity, CivilSeconds utc_start) {
  Recorder recorder{scenario, options, identity, utc_start};
  auto const head = "# " + identity_text(identity);
  if (recorder.directory_) {
    std::error_code error;
    std::filesystem::create_directories(*recorder.directory_, error);
    if (error) {
      return tl::unexpected{ScenarioError{ScenarioError::Kind::runtime,
                                          recorder.directory_->string() + ": " + error.message()}};
    }
    // What an earlier run summed up must not stand beside what this one leaves when it is cut off.
    for (auto const* const name : {"summary.txt", "summary.json"}) {
      auto const old = *recorder.directory_ / name;
      if (std::filesystem::is_regular_file(std::filesystem::symlink_status(old, error))) {
        std::filesystem::remove(old, error);
      }
    }
    if (auto made = recorder.make_file(recorder.transcript_, "transcript.txt", ""); !made) {
      return tl::unexpected{made.error()};
    }
    if (scenario.csv) {
      if (auto made = recorder.make_file(recorder.csv_, "registers.csv", recorder.csv_head()); !made) {
        return tl::unexpected{made.error()};
      }
    }
    if (scenario.pulses) {
      auto log =
          PulseLog::create(*recorder.directory_ / "pulses.csv", scenario, utc_start, identity_text(identity));
      if (!log) {
        return tl::unexpected{log.error()};
      }
      recorder.pulses_ = std::move(*log);
    }
  }
  if (auto written = recorder.emit(std::nullopt, head); !written) {
    return tl::unexpected{written.error()};
  }
  return recorder;
}

ScenarioResult<void> Recorder::line(SimTime t, std::string const& event, std::string const& value) {
  return emit(t, iso_local(scenario_->zone, utc_start_, t) + " " + meter_ + " " + event +
                     (value.empty() ? "" : " " + value));
}

ScenarioResult<void> Recorder::csv_row(Twin& twin, SimTime t) {
  if (!csv_) {
    return {};
  }
  auto const offset_s = scenario_->zone.offset_s(utc_start_ + floor_divide(t.ns(), ns_per_s).quotient);
  std::vector<std::string> cells{iso_utc(utc_start_, t), offset_text(offset_s), meter_};
  for (auto const& request : scenario_->csv->registers) {
    auto const reading = twin.access().read({request.row->id, 0}, Level::open);
    cells.push_back(reading ? exact_text(*reading, *request.row) : std::string{});
  }
  cells.push_back(identity_text(identity_));
  return csv_->write(csv_record(cells), t);
}

ScenarioResult<void> Recorder::watch(Twin& twin) {
  if (pulses_) {
    twin.watch_outputs(
        {[](void* context, OutputEdge const& edge) { static_cast<PulseLog*>(context)->handle_edge(edge); },
         &*pulses_});
  }
  if (directory_ && scenario_->quality) {
    auto log = QualityLog::create(*directory_, *scenario_, twin.sample_scale(), utc_start_,
                                  identity_text(identity_));
    if (!log) {
      return tl::unexpected{log.error()};
    }
    quality_ = std::move(*log);
    twin.watch_samples({[](void* context, std::span<SampleFrame const> frames, SimTime first) {
                          static_cast<QualityLog*>(context)->handle_samples(frames, first);
                        },
                        &*quality_});
  }
  return {};
}

ScenarioResult<void> Recorder::write_logs(Twin& twin) {
  if (!directory_) {
    return {};
  }
  auto files = blondel::write_logs(*directory_, *scenario_, twin, identity_text(identity_));
  if (!files) {
    return tl::unexpected{files.error()};
  }
  logs_ = std::move(*files);
  return {};
}

void Recorder::set_s0(S0Loop const& loop) {
  if (pulses_) {
    pulses_->set_s0(loop);
  }
}

ScenarioResult<void> Recorder::flush(SimTime now) {
  auto const flushed = pulses_ ? pulses_->flush() : ScenarioResult<void>{};
  return flushed && quality_ ? quality_->flush(now) : flushed;
}

ScenarioResult<void> Recorder::finish(SummarySheet const& sheet, SimTime now) {
  ScenarioResult<void> first;
  auto const keep_first = [&first](ScenarioResult<void> const& result) {
    if (first && !result) {
      first = result;
    }
  };
  if (directory_) {
    std::string lines;
    for (auto const& text : summary_lines(sheet)) {
      lines += text + "\n";
    }
    keep_first(make_summary(summary_json_, "summary.json", summary_json(sheet)));
    keep_first(make_summary(summary_text_, "summary.txt", lines));
    for (auto* file : {&summary_json_, &summary_text_, &transcript_, &csv_}) {
      if (*file) {
        keep_first((*file)->close());
      }
    }
    if (pulses_) {
      keep_first(pulses_->close());
    }
    if (quality_) {
      keep_first(quality_->close(now));
    }
  }
  return first;
}

ScenarioResult<void> Recorder::close() {
  ScenarioResult<void> first;
  for (auto* file : {&transcript_, &csv_}) {
    auto const closed = *file ? (*file)->close() : ScenarioResult<void>{};
    first = first ? closed : first;
  }
  auto const closed = pulses_ ? pulses_->close() : ScenarioResult<void>{};
  return first ? closed : first;
}

ScenarioResult<void> Recorder::make_file(std::optional<OutputFile>& file, char const* name,
                                         std::string const& head) {
  auto created = OutputFile::create(*directory_ / name);
  if (!created) {
    return tl::unexpected{created.error()};
  }
  file = std::move(*created);
  return head.empty() ? ScenarioResult<void>{} : file->write(head);
}

ScenarioResult<void> Recorder::make_summary(std::optional<OutputFile>& file, char const* name,
                                            std::string const& text) {
  auto made = make_file(file, name, text);
  if (!made && file) {
    auto const path = file->path();
    file.reset();
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    made.error().message += "; taken away again";
  }
  return made;
}

std::vector<KeptFile> Recorder::kept() const {
  std::vector<KeptFile> all;
  for (auto const* file : {&transcript_, &csv_, &summary_json_, &summary_text_}) {
    if (*file) {
      all.push_back((*file)->kept());
    }
  }
  all.insert(all.end(), logs_.begin(), logs_.end());
  if (pulses_) {
    all.push_back(pulses_->kept());
  }
  if (quality_) {
    for (auto const& file : quality_->kept()) {
      all.push_back(file);
    }
  }
  return all;
}

std::string Recorder::csv_head() const {
  std::vector<std::string> cells{"time_utc", "local_offset", "meter"};
  for (auto const& request : scenario_->csv->registers) {
    cells.push_back(request.name + (request.unit.empty() ? "" : " [" + std::string{request.unit} + "]"));
  }
  cells.emplace_back("run");
  return csv_record(cells);
}

ScenarioResult<void> Recorder::emit(std::optional<SimTime> t, std::string const& text) {
  last_line_ = text;
  if (on_transcript_) {
    on_transcript_(text);
  }
  return transcript_ ? transcript_->write(text + "\n", t) : ScenarioResult<void>{};
}

}  // namespace blondel

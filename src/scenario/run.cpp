#include <scenario/expect.hpp>
#include <scenario/run_faults.hpp>
#include <scenario/run_parts.hpp>
#include <scenario/run_sheet.hpp>
#include <scenario/run_snapshot.hpp>
#include <scenario/texts.hpp>

#include <algorithm>
#include <utility>

namespace blondel {
SimTime ScenarioRun::Parts::next_own() const {
  SimTime next = std::min({next_transcript, next_csv, humidity->next_deadline()});
  if (!end_seen) {
    next = std::min(next, end());
  }
  if (next_action < scenario->actions.size()) {
    next = std::min(next, scenario->actions[next_action].at);
  }
  for (std::size_t n = 0; n < outcomes.size(); ++n) {
    if (!outcomes[n]) {
      next = std::min(next, due(scenario->expectations[n]));
    }
  }
  return next;
}

ScenarioResult<void> ScenarioRun::Parts::write_all(TranscriptLines const& lines, SimTime t) {
  for (auto const& [event, value] : lines) {
    if (auto written = recorder->line(t, event, value); !written) {
      return written;
    }
  }
  return {};
}

ScenarioResult<void> ScenarioRun::Parts::write_due(SimTime t) {
  if (t >= next_csv) {
    next_csv = next_csv + *scenario->csv->interval;
    if (auto written = recorder->csv_row(*twin, t); !written) {
      return written;
    }
  }
  if (t >= next_transcript) {
    next_transcript = next_transcript + *scenario->transcript.interval;
    if (t != end()) {
      return write_all(register_lines(*scenario, *twin), t);
    }
    end_line_due = true;
  }
  return {};
}

void ScenarioRun::Parts::judge_due(SimTime t) {
  for (std::size_t n = 0; n < outcomes.size(); ++n) {
    auto const& expectation = scenario->expectations[n];
    if (!outcomes[n] && due(expectation) <= t) {
      outcomes[n] = judge(expectation, *twin);
    }
  }
  end_seen = end_seen || t >= end();
}

ScenarioResult<void> ScenarioRun::Parts::act_due(SimTime t) {
  while (next_action < scenario->actions.size() && scenario->actions[next_action].at <= t) {
    auto const& action = scenario->actions[next_action++];
    auto const done = action.body.apply(*site);
    if (auto checked = check_fault(); !checked) {
      return checked;
    }
    bool const is_memory =
        !done && (done.error().code == ErrorCode::nv_io || done.error().code == ErrorCode::nv_corrupt);
    if (is_memory && is_fatal(done.error(), site->memory() != nullptr)) {
      return tl::unexpected{memory_error(memory_place(*scenario) + ": " + action.path, done.error())};
    }
    auto const remark = !done              ? std::string{"refused "} + name_of(done.error().code)
                        : !*done           ? std::string{"no change"}
                        : action.body.tell ? action.body.tell(*site)
                                           : std::string{};
    auto const space = action.body.text.empty() || remark.empty() ? "" : " ";
    if (auto written = recorder->line(t, action.key, action.body.text + space + remark); !written) {
      return written;
    }
    if (auto written = tier_changes.write(*recorder); !written) {
      return written;
    }
    if (auto warned = warn_of_crossed(t); !warned) {
      return warned;
    }
  }
  return {};
}

ScenarioResult<void> ScenarioRun::Parts::warn_of_crossed(SimTime t) {
  auto const exposure = site->exposure();
  recorder->set_s0(exposure.s0);
  auto texts = humidity->crossed(t);
  humidity->set(exposure.humidity_percent, t);
  for (auto& text : limits->crossed(exposure)) {
    texts.push_back(std::move(text));
  }
  for (auto& text : tier_limits->crossed(exposure.point, exposure.wiring)) {
    texts.push_back(std::move(text));
  }
  for (auto& text : new_self_test_texts(twin->self_test(), self_test_told)) {
    texts.push_back(std::move(text));
  }
  for (auto const& text : texts) {
    warnings.push_back("at " + plain_number(static_cast<double>(t.ns()) / ns_per_s) + " s: " + text);
    if (on_warning) {
      on_warning(warnings.back());
    }
    if (auto written = recorder->line(t, "warning", text); !written) {
      return written;
    }
  }
  return {};
}

/// Changes of tier come before what is read at the end of the step.
ScenarioResult<void> ScenarioRun::Parts::step_twin(SimTime until) {
  twin->step(until);
  return tier_changes.write(*recorder);
}

/// Fails once, when the meter's first fault is seen.
ScenarioResult<void> ScenarioRun::Parts::check_fault() {
  auto const found = twin->fault();
  if (!found || fault || !is_fatal(*found, site->memory() != nullptr)) {
    return {};
  }
  fault = fault_error(*scenario, *found, twin->now());
  return tl::unexpected{*fault};
}

SummarySheet ScenarioRun::Parts::sheet(bool interrupted) const {
  auto sheet = twin_sheet(*scenario, *twin);
  sheet.identity = identity;
  sheet.meter = recorder->meter();
  sheet.start_utc = iso_utc(utc_start, SimTime{});
  sheet.local_offset = offset_text(scenario->zone.offset_s(utc_start));
  sheet.interrupted = interrupted;
  sheet.warnings = warnings;
  if (fault) {
    sheet.warnings.push_back(fault->message);
  }
  for (std::size_t n = 0; n < outcomes.size(); ++n) {
    if (!outcomes[n] && interrupted) {
      continue;  // its time had not come
    }
    auto const outcome = outcomes[n].value_or(never_reached(scenario->expectations[n]));
    sheet.expectations.push_back({outcome.what, outcome.expected, outcome.found, outcome.passed});
  }
  return sheet;
}

/// @param readings taken before the meter was shut down
ScenarioResult<void> ScenarioRun::Parts::closing_lines(bool interrupted, SummarySheet const& sheet,
                                                       TranscriptLines const& readings) {
  auto const t = twin->now();
  auto const why = fault ? std::optional{fault->message} : std::nullopt;
  if (auto written = write_all(blondel::closing_lines(interrupted, why, sheet), t); !written) {
    return written;
  }
  return write_all(readings, t);
}

ScenarioRun::ScenarioRun(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
ScenarioRun::~ScenarioRun() = default;

ScenarioResult<std::unique_ptr<ScenarioRun>> ScenarioRun::create(std::shared_ptr<Scenario const> scenario,
                                                                 RunOptions options) {
  auto parts = std::make_unique<Parts>();
  parts->scenario = std::move(scenario);
  if (auto done = parts->set_up(options); !done) {
    return tl::unexpected{std::move(done.error())};
  }
  return std::unique_ptr<ScenarioRun>{new ScenarioRun{std::move(parts)}};
}

Twin& ScenarioRun::twin() {
  return *parts_->twin;
}
std::string const& ScenarioRun::name() const {
  return parts_->scenario->name;
}
std::vector<std::string> const& ScenarioRun::warnings() const {
  return parts_->warnings;
}
std::vector<KeptFile> ScenarioRun::kept() const {
  return parts_->recorder->kept();
}
SimTime ScenarioRun::end() const {
  return parts_->end();
}
SimTime ScenarioRun::now() const {
  return parts_->twin->now();
}
SimTime ScenarioRun::next_deadline() const {
  return std::min(parts_->twin->next_deadline(), parts_->next_own());
}

ScenarioResult<void> ScenarioRun::step(SimTime until) {
  auto stepped = advance(until);
  if (!stepped && !parts_->fault) {
    parts_->fault = stepped.error();  // so that the results that are kept say why they end
  }
  return stepped;
}

ScenarioResult<void> ScenarioRun::advance(SimTime until) {
  auto& parts = *parts_;
  for (auto t = parts.next_own(); t <= until; t = parts.next_own()) {
    if (parts.end_line_due && t > parts.end()) {
      parts.end_line_due = false;
      if (auto written = parts.write_all(register_lines(*parts.scenario, *parts.twin), parts.end());
          !written) {
        return written;
      }
    }
    if (auto stepped = parts.step_twin(t); !stepped) {
      return stepped;
    }
    // Readings of an instant come before its actions: they still see what held until then.
    if (auto written = parts.write_due(t); !written) {
      return written;
    }
    parts.judge_due(t);
    if (auto acted = parts.act_due(t); !acted) {
      return acted;
    }
    if (parts.humidity->next_deadline() <= t || parts.twin->self_test() != parts.self_test_told) {
      if (auto warned = parts.warn_of_crossed(t); !warned) {
        return warned;
      }
    }
    if (auto checked = parts.check_fault(); !checked) {
      return checked;
    }
  }
  if (until > parts.twin->now()) {
    if (auto stepped = parts.step_twin(until); !stepped) {
      return stepped;
    }
  }
  if (auto written = parts.recorder->flush(parts.twin->now()); !written) {
    return written;
  }
  return parts.check_fault();
}

ScenarioResult<RunSummary> ScenarioRun::finish(bool interrupted) {
  static_cast<void>(parts_->twin->access());  // books what flowed up to now
  auto const checked = parts_->check_fault();
  auto sheet = parts_->sheet(interrupted);
  auto const readings = register_lines(*parts_->scenario, *parts_->twin);
  auto const& csv = parts_->scenario->csv;
  auto const row =
      csv && !csv->interval ? parts_->recorder->csv_row(*parts_->twin, now()) : ScenarioResult<void>{};
  auto const logged = parts_->recorder->write_logs(*parts_->twin);
  bool const was_powered = parts_->twin->is_powered();
  auto const stored = parts_->twin->shut_down();  // the lamps go dark before the files are closed
  add_shut_down(sheet, *parts_->scenario, *parts_->twin, was_powered);
  auto const lines = parts_->closing_lines(interrupted, sheet, readings);
  auto const closed = parts_->recorder->finish(sheet, now());
  if (!row) {
    return tl::unexpected{row.error()};
  }
  if (!lines) {
    return tl::unexpected{lines.error()};
  }
  if (!closed) {
    return tl::unexpected{closed.error()};
  }
  if (!logged) {
    return tl::unexpected{logged.error()};
  }
  if (!checked) {
    return tl::unexpected{checked.error()};
  }
  RunSummary summary;
  summary.scenario = parts_->scenario->name;
  summary.simulated = now();
  summary.interrupted = interrupted;
  for (auto const& line : sheet.expectations) {
    summary.expectations.push_back({line.what, line.expected, line.found, line.passed});
  }
  for (auto const& file : parts_->recorder->kept()) {
    summary.files.push_back(file.path);
  }
  summary.last_line = parts_->recorder->last_line();
  summary.state_hash = sheet.state_hash;
  summary.json = summary_json(sheet);
  if (!stored && is_fatal(stored.error(), parts_->site->memory() != nullptr)) {
    return tl::unexpected{memory_error(memory_place(*parts_->scenario), stored.error())};
  }
  return summary;
}

}  // namespace blondel

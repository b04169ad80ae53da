// How a run begins: from its document, or from a snapshot.

#include <scenario/history.hpp>
#include <scenario/run_faults.hpp>
#include <scenario/run_parts.hpp>
#include <scenario/run_snapshot.hpp>

#include <algorithm>
#include <utility>

namespace blondel {

/// Where in time the run stands, and what of its start a person should know.
ScenarioResult<void> ScenarioRun::Parts::place_start(CivilSeconds start_local) {
  auto const& zone = scenario->zone;
  if (auto const why = skipped_text(zone, start_local)) {
    return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid,
                                        "the start " + iso_civil(to_civil(start_local)) + " " + *why}};
  }
  warnings = scenario->warnings;
  if (auto const which = repeated_text(zone, start_local)) {
    warnings.push_back(*which);
  }
  utc_start = zone.to_utc(start_local);
  return {};
}

/// What the document has in store, from its beginning.
void ScenarioRun::Parts::plan() {
  outcomes.resize(scenario->expectations.size());
  auto const& transcript = scenario->transcript.interval;
  next_transcript = transcript ? SimTime{} + *transcript : SimTime::never();
  next_csv = scenario->csv && scenario->csv->interval ? SimTime{} : SimTime::never();
}

/// The meter in its surroundings, before it is started.
ScenarioResult<void> ScenarioRun::Parts::build_meter(RunOptions const& options, CivilSeconds start_local) {
  auto config = scenario->twin;
  config.seed = identity.seed;
  config.nameplate.production_time = to_civil(start_local);
  auto nv = open_memory(*scenario, options.fork);
  if (!nv) {
    return tl::unexpected{nv.error()};
  }
  if (options.history.ns() > 0) {
    if (auto checked = check_history(*scenario, **nv, start_local - options.history.ns() / ns_per_s);
        !checked) {
      return checked;
    }
    config = with_history(config, scenario->zone, utc_start, options.history);
    auto draft = std::make_unique<DraftNv>(std::move(*nv));
    past = draft.get();
    *nv = std::move(draft);
  }
  auto& place = site.emplace(*scenario);
  auto const& actions = scenario->actions;
  if (std::any_of(actions.begin(), actions.end(), [](auto const& a) { return a.body.faults_memory; })) {
    auto faulty = std::make_unique<FaultyNv>(std::move(*nv));
    place.put_memory(faulty.get());
    *nv = std::move(faulty);
  }
  place.put_meter(std::make_unique<Twin>(config, place.source(), std::move(*nv)));
  twin = &place.twin();
  limits.emplace(config.meter.type.phases, config.ct_ratio, config.front_end.adc[0].i_full_scale_a);
  tier_limits.emplace(config);
  auto const exposure = place.exposure();  // what the document brings was told when it was read
  static_cast<void>(tier_limits->crossed(exposure.point, exposure.wiring));
  static_cast<void>(limits->crossed(exposure));
  humidity.emplace(scenario->humidity_percent);
  twin->watch_tier(tier_changes.observer());
  return {};
}

/// Powers the meter up, with its past if it has one.
ScenarioResult<void> ScenarioRun::Parts::start_meter() {
  if (auto const started = twin->start(); !started) {
    return tl::unexpected{
        memory_error(memory_place(*scenario) + ": the meter does not start", started.error())};
  }
  if (past != nullptr) {
    if (auto const run = run_history(*twin, *past, scenario->twin); !run) {
      return tl::unexpected{memory_error(memory_place(*scenario), run.error())};
    }
  }
  for (auto& text : new_self_test_texts(twin->self_test(), self_test_told)) {
    warnings.push_back(std::move(text));
  }
  return {};
}

ScenarioResult<void> ScenarioRun::Parts::open_results(RunOptions const& options) {
  auto opened = Recorder::open(*scenario, options, identity, utc_start);
  if (!opened) {
    return tl::unexpected{opened.error()};
  }
  recorder = std::move(*opened);
  return recorder->watch(*twin);
}

ScenarioResult<void> ScenarioRun::Parts::set_up(RunOptions const& options) {
  auto const start_local = options.start_local.value_or(scenario->start_local);
  auto done = place_start(start_local);
  std::optional<Resumed> resumed;
  if (done && options.resume) {
    auto read = read_resumed(*options.resume, *scenario, options, utc_start);
    if (!read) {
      return tl::unexpected{std::move(read.error())};
    }
    resumed = std::move(*read);
  }
  if (done && options.is_saved) {
    done = expect_savable(*scenario, options);
  }
  if (!done) {
    return done;
  }
  identity = {BLONDEL_VERSION, scenario->name,
              resumed ? resumed->origin.seed : options.seed.value_or(scenario->seed),
              scenario->document_fnv1a};
  on_warning = options.on_warning;
  plan();
  done = build_meter(options, start_local);
  if (done && !resumed) {
    done = start_meter();
  }
  if (done) {
    done = open_results(options);
  }
  if (done && resumed) {
    return go_on(*resumed, *options.resume);
  }
  if (done) {
    done = write_all(head_lines(*scenario, warnings), SimTime{});
  }
  return done ? tier_changes.write(*recorder) : done;
}

}  // namespace blondel

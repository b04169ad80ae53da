#include <scenario/history.hpp>

#include <scenario/run_faults.hpp>

namespace blondel {

ScenarioResult<void> check_history(Scenario const& scenario, NvStore const& nv, CivilSeconds begin) {
  if (begin < 0) {
    return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid,
                                        scenario.file.string() + ": the past would begin on " +
                                            iso_civil(to_civil(begin)) + "; allowed: from 2000-01-01"}};
  }
  if (scenario.source.recording) {
    return tl::unexpected{ScenarioError{
        ScenarioError::Kind::invalid,
        scenario.file.string() +
            ": a past needs a load that the interval tier can run, and this document plays a recording"}};
  }
  auto const held = holds_meter(nv);
  if (!held) {
    return tl::unexpected{memory_error(memory_place(scenario), held.error())};
  }
  if (*held) {
    return tl::unexpected{
        ScenarioError{ScenarioError::Kind::runtime,
                      memory_place(scenario) +
                          ": holds a meter, whose past is in its logs already; a history is for a new one"}};
  }
  return {};
}

TwinConfig with_history(TwinConfig config, LocalZone const& zone, CivilSeconds utc_start,
                        SimDuration history) {
  auto const utc = utc_start - history.ns() / ns_per_s;
  config.nameplate.production_time = to_civil(utc + zone.offset_s(utc));
  config.start = SimTime{} - history;
  config.tier = Tier::interval;
  config.hybrid_window.reset();
  return config;
}

void run_history(Twin& twin, TwinConfig const& document) {
  twin.step(SimTime{});
  twin.set_tier(document.tier, document.hybrid_window);
}

}  // namespace blondel

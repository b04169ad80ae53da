#include "cli/served_scenario.hpp"

#include <utility>

#include "twin/twin.hpp"

namespace blondel {

ServedScenario::ServedScenario(std::unique_ptr<ScenarioRun> run, Pacing const& pacing, OnLinkEvent on_event)
    : run_{std::move(run)},
      on_event_{std::move(on_event)} {
  run_->twin().set_line_ratio(line_ratio_ppm(pacing));
}

ServedMeter ServedScenario::meter() {
  ServedMeter meter;
  meter.step = [this](SimTime until) {
    auto stepped = run_->step(until);
    if (!stepped) {
      error_ = std::move(stepped.error());
    }
    return stepped.has_value();
  };
  meter.open_session = [this](std::string const&) { return open_session(); };
  meter.close_session = [this](std::uint32_t session) {
    run_->twin().close_session(session);
    watches_.remove_if([session](Watch const& watch) { return watch.session == session; });
  };
  meter.handle_bytes = [this](std::uint32_t session, ByteSpan bytes) {
    run_->twin().handle_bytes(session, bytes);
  };
  meter.poll_transmit = [this](std::uint32_t session, MutableByteSpan out) {
    return run_->twin().poll_transmit(session, out);
  };
  meter.state_hash = [this] { return run_->twin().state_hash(); };
  return meter;
}

std::uint32_t ServedScenario::open_session() {
  if (!on_event_) {
    return run_->twin().open_optical({});
  }
  auto& watch = watches_.emplace_back(Watch{this, 0});
  watch.session = run_->twin().open_optical(LinkObserver{&ServedScenario::forward, &watch});
  return watch.session;
}

void ServedScenario::forward(void* context, LinkEvent const& event) {
  auto const& watch = *static_cast<Watch const*>(context);
  watch.owner->on_event_(watch.owner->run_->now(), watch.session, event);
}

}  // namespace blondel

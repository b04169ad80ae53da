#include <lab/quality/voltage_events.hpp>

#include <algorithm>

namespace blondel {
namespace {

constexpr double dip_percent = 90.0;
constexpr double swell_percent = 110.0;
constexpr double interruption_percent = 5.0;
constexpr double hysteresis_percent = 2.0;

}  // namespace

void VoltageEvents::handle_value(std::size_t phase, double rms_v, SimTime begin, SimTime end,
                                 std::vector<VoltageEvent>& events) {
  percent_[phase] = rms_v / declared_v_ * 100.0;
  double lowest = 1e300;
  double highest = 0.0;
  for (std::size_t n = 0; n < element_count; ++n) {
    if (present_[n]) {
      lowest = std::min(lowest, percent_[n]);
      highest = std::max(highest, percent_[n]);
    }
  }
  struct Rule {
    VoltageEventKind kind;
    bool starts;
    bool ends;
    double extreme;
  };
  std::array const rules{
      Rule{VoltageEventKind::dip, lowest < dip_percent, lowest >= dip_percent + hysteresis_percent, lowest},
      Rule{VoltageEventKind::swell, highest > swell_percent, highest <= swell_percent - hysteresis_percent,
           highest},
      Rule{VoltageEventKind::interruption, highest < interruption_percent,
           highest >= interruption_percent + hysteresis_percent, lowest}};
  for (auto const& rule : rules) {
    auto& running = running_[static_cast<std::size_t>(rule.kind)];
    if (!running && rule.starts) {
      running = Running{begin, rule.extreme};
    } else if (running && rule.ends) {
      events.push_back({rule.kind, running->start, end - running->start, running->extreme_percent});
      running.reset();
    } else if (running) {
      running->extreme_percent = rule.kind == VoltageEventKind::swell
                                     ? std::max(running->extreme_percent, rule.extreme)
                                     : std::min(running->extreme_percent, rule.extreme);
    }
  }
}

std::vector<VoltageEvent> VoltageEvents::running(SimTime now) const {
  std::vector<VoltageEvent> events;
  for (std::size_t kind = 0; kind < running_.size(); ++kind) {
    if (auto const& event = running_[kind]) {
      events.push_back(
          {static_cast<VoltageEventKind>(kind), event->start, now - event->start, event->extreme_percent});
    }
  }
  return events;
}

}  // namespace blondel

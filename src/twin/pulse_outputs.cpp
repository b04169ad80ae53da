#include "twin/pulse_outputs.hpp"

#include <algorithm>
#include <tuple>

#include "core/io/module_io.hpp"

namespace blondel {
namespace {

constexpr std::size_t led = static_cast<std::size_t>(PulseOutput::led);
constexpr auto lamp_length = SimDuration::milliseconds(30);

}  // namespace

PulseOutputs::PulseOutputs(MeterConfig const& config) : sheet_{config.data_sheet} {
  auto const& digits = config.configuration;
  auto const module_uj = module_pulse_uj(has_primary_pulses(digits.m, config.data_sheet));
  auto const module_length = module_pulse_length(digits.i);
  pulse_uj_ = {led_pulse_uj, s0_pulse_uj, module_uj, module_uj};
  length_ = {lamp_length, lamp_length, module_length, module_length};
  is_lit_without_load_ = digits.b == 2;
}

PulseOutputs::Counters PulseOutputs::counters_of(MeterState const& state) {
  return {state.led, state.s0, state.module_out[0], state.module_out[1]};
}

void PulseOutputs::watch(OutputObserver observer, MeterState const& state) {
  observer_ = observer;
  shown_ = counters_of(state);
}

void PulseOutputs::handle_booking(MeterState const& state, SimTime end, SimDuration span) {
  auto const counters = counters_of(state);
  if (observer_.on_edge == nullptr) {
    shown_ = counters;  // whoever watches later is not told what was before
    return;
  }
  bool const is_registering = std::any_of(state.gates.begin(), state.gates.end(),
                                          [](ElementGate const& gates) { return gates.active.registering; });
  show_consumption(is_registering, end, span);
  for (std::size_t n = 0; n < outputs; ++n) {
    give_owed(n, end);
    for_each_pulse(shown_[n], counters[n], pulse_uj_[n], end, span, [&](SimTime due) {
      if (ready_[n] > end) {
        ++owed_[n];
      } else {
        add_pulse(n, due);
      }
    });
  }
  shown_ = counters;
  tell(end);
}

/// The no-load decision takes a second, so the lamp follows a load by up to a second too.
void PulseOutputs::show_consumption(bool is_registering, SimTime end, SimDuration span) {
  bool const is_lit = is_lit_without_load_ && !is_registering;
  if (is_lit == is_lit_) {
    return;
  }
  is_lit_ = is_lit;
  auto const begin = end - span;
  auto const decided =
      is_lit ? std::max(begin + std::min(span, SimDuration::seconds(1)), ready_[led]) : begin;
  auto const at = std::max(decided, told_);
  pending_.push_back({PulseOutput::led, is_lit, at});
  ready_[led] = std::max(ready_[led], at);
}

void PulseOutputs::give_owed(std::size_t output, SimTime until) {
  for (; owed_[output] > 0 && ready_[output] <= until; --owed_[output]) {
    add_pulse(output, ready_[output]);
  }
}

void PulseOutputs::add_pulse(std::size_t output, SimTime due) {
  auto const on = std::max({due, ready_[output], told_});
  auto const off = on + length_[output];
  pending_.push_back({static_cast<PulseOutput>(output), true, on});
  pending_.push_back({static_cast<PulseOutput>(output), false, off});
  ready_[output] = off + length_[output];
}

void PulseOutputs::tell(SimTime until) {
  auto const is_due = [until](OutputEdge const& edge) { return edge.at <= until; };
  told_ = until;
  auto const later = std::stable_partition(pending_.begin(), pending_.end(), is_due);
  std::stable_sort(pending_.begin(), later, [](OutputEdge const& a, OutputEdge const& b) {
    return std::tie(a.at, a.output) < std::tie(b.at, b.output);
  });
  for (auto edge = pending_.begin(); edge != later; ++edge) {
    is_on_[static_cast<std::size_t>(edge->output)] = edge->on;
    observer_.on_edge(observer_.context, *edge);
  }
  pending_.erase(pending_.begin(), later);
}

void PulseOutputs::show_levels(MeterState const& state, SimTime now) {
  constexpr auto first = static_cast<std::size_t>(PulseOutput::module_1);
  for (std::size_t n = 0; observer_.on_edge != nullptr && n < level_.size(); ++n) {
    bool const is_on = output_level(state, sheet_, n);
    if (is_on != level_[n]) {
      level_[n] = is_on;
      pending_.push_back({static_cast<PulseOutput>(first + n), is_on, std::max(now, told_)});
    }
  }
}

void PulseOutputs::power_down(SimTime now) {
  if (observer_.on_edge == nullptr) {
    return;
  }
  tell(now);
  pending_.clear();
  owed_ = {};
  for (std::size_t n = 0; n < outputs; ++n) {
    if (is_on_[n]) {
      observer_.on_edge(observer_.context, {static_cast<PulseOutput>(n), false, now});
    }
  }
  is_on_ = {};
  level_ = {};
  is_lit_ = false;
  ready_.fill(now);
}

}  // namespace blondel

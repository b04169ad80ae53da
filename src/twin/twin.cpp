#include "twin/twin.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <blondel/base/contract.hpp>
#include <blondel/base/crc.hpp>

#include "core/loggers/log_columns.hpp"
#include "core/meter/state_hash.hpp"
#include "core/nv/nv_layout.hpp"
#include "twin/twin_parts.hpp"

namespace blondel {
namespace {

/// What one register grew by, with its remainders. @units uJ
std::int64_t growth_uj(EnergyRegisters const& from, EnergyRegisters const& to, Energy energy) {
  auto const& before = of(from, energy);
  auto const& after = of(to, energy);
  return (after.total_mj - before.total_mj) * 1'000 + after.rest_uj - before.rest_uj;
}

std::uint64_t hash_of(MeasuredRates::Rests const& rests, std::uint64_t start) {
  auto hash = start;
  for (auto const rest : rests) {
    std::array<std::uint8_t, 16> octets;
    ByteWriter writer{octets};
    writer.u64(static_cast<std::uint64_t>(rest));
    writer.u64(static_cast<std::uint64_t>(rest >> 64));
    hash = fnv1a(octets, hash);
  }
  return hash;
}

}  // namespace

Twin::Twin(TwinConfig const& config, std::unique_ptr<Source> source, std::unique_ptr<NvStore> nv)
    : parts_{std::make_unique<Parts>(completed(config), std::move(source), std::move(nv))},
      now_{config.start} {
  BLONDEL_EXPECTS(!config.hybrid_window || config.tier != Tier::waveform);
}

Twin::~Twin() = default;

Result<void> Twin::start() {
  auto& p = *parts_;
  auto const made = p.make_meter();
  if (!made) {
    return made;
  }
  // What was unread before, is unread now.
  auto const unread = p.meter.access().event_status();
  p.apply_point(now_);
  if (p.fault) {
    return tl::unexpected{*p.fault};
  }
  if (p.meter.is_powered()) {
    // The meter has been in service: the reset of its first power-up was seen and cleared.
    Command clear;
    clear.kind = CommandKind::clear_event_status;
    constexpr std::uint32_t status_log_bit = 0x0000'0400;  // bit 2 of ES2
    clear.unconditional_mask =
        std::uint32_t{status_reset} << 24 | (self_test() == 0 ? ~unread & status_log_bit : 0);
    p.note(p.meter.access().execute(clear, Level::open));
  }
  return {};
}

SimTime Twin::next_deadline() const {
  auto const& p = *parts_;
  auto earliest =
      std::min(p.source->next_change(now_), p.meter.is_powered() ? p.supply.off_at : SimTime::never());
  earliest = std::min({earliest, p.brown_out.next(now_), p.meter.next_deadline()});
  earliest = std::min(earliest, p.next_booking(now_));
  earliest = std::min(earliest, p.waveform_until);
  for (auto const& train : p.trains) {
    earliest = std::min(earliest, train.next);
  }
  for (auto const& [id, port] : p.sessions) {
    earliest = std::min(earliest, p.line.to_sim(port.next_deadline()));
  }
  return std::max(earliest, now_);
}

/// The order of things at one instant: front end up to it, supply, source, core, endpoints.
void Twin::step(SimTime until) {
  BLONDEL_EXPECTS(until >= now_);
  auto& p = *parts_;
  p.outputs.show_levels(p.state, now_);  // what commands have changed since the last step
  for (auto due = next_deadline(); due <= until; due = next_deadline()) {
    p.run_front_end(due);
    bool const source_changes = std::min(p.source->next_change(now_), p.brown_out.next(now_)) <= due;
    bool const books = p.next_booking(now_) <= due;
    now_ = due;
    if (p.meter.is_powered() && p.supply.off_at <= due) {
      p.count_source(due);
      p.power_down(due);
    }
    if (source_changes) {
      p.apply_point(due);
    } else if (books) {
      p.accrue(due);
    }
    if (p.waveform_until <= due) {
      p.leave_waveform(due);
    }
    if (p.meter.next_deadline() <= due) {
      p.close_sums(due);  // all energy up to a boundary comes before it
      p.meter.handle_deadline(due);
      p.outputs.show_levels(p.state, due);
    }
    p.handle_trains(due);
    auto const line_now = p.line.to_line(due);
    for (auto& [id, port] : p.sessions) {
      if (port.next_deadline() <= line_now) {
        port.handle_deadline(line_now);
      }
    }
  }
  p.run_front_end(until);
  now_ = until;
}

void Twin::set_current(int phase, Amps primary, Radians lag) {
  parts_->overrides.i[static_cast<std::size_t>(phase)] = Overrides::Current{primary, lag};
  parts_->apply_point(now_);
}

void Twin::set_voltage(int phase, Volts u) {
  parts_->overrides.u[static_cast<std::size_t>(phase)] = u;
  parts_->apply_point(now_);
}

void Twin::set_frequency(Hertz frequency) {
  parts_->overrides.frequency = frequency;
  parts_->apply_point(now_);
}

void Twin::set_temperature(Celsius temperature) {
  parts_->overrides.temperature = temperature;
  parts_->apply_point(now_);
}

Result<void> Twin::brown_out(std::array<bool, 3> const& phases, Volts level, SimDuration down,
                             SimDuration hold, SimDuration up) {
  BLONDEL_EXPECTS(down.ns() > 0 && up.ns() > 0);
  if (parts_->brown_out.next(now_) != SimTime::never()) {
    return fail(ErrorCode::in_use);
  }
  parts_->brown_out = {phases, level, now_, down, hold, up};
  parts_->apply_point(now_);
  return {};
}

void Twin::set_wiring(Wiring const& wiring) {
  parts_->overrides.wiring = wiring;
  parts_->overrides.wiring->aron = parts_->config.wiring.aron;
  parts_->apply_point(now_);
}

void Twin::lose_phase(int phase, bool lost) {
  parts_->overrides.lost[static_cast<std::size_t>(phase)] = lost;
  parts_->apply_point(now_);
}

Result<void> Twin::set_supply(bool on) {
  parts_->overrides.supply = on;
  parts_->apply_point(now_);
  if (parts_->fault) {
    return tl::unexpected{*parts_->fault};
  }
  return {};
}

Result<bool> Twin::set_tamper(TamperBit what, bool present) {
  auto& p = *parts_;
  auto const tamper = static_cast<std::uint8_t>(present ? p.tamper | what : p.tamper & ~unsigned{what});
  if (tamper == p.tamper) {
    return false;
  }
  p.tamper = tamper;
  p.accrue(now_);
  auto const seen = p.meter.handle_tamper(tamper, now_);
  p.note(seen);
  return seen.map([] { return true; });
}

void Twin::set_input(std::size_t index, bool on) {
  parts_->trains[index] = PulseTrain{};
  parts_->set_input(index, on, now_);
}

void Twin::send_pulses(std::size_t index, std::uint32_t count, SimDuration period, SimDuration length) {
  BLONDEL_EXPECTS(count > 0 && length.ns() > 0 && length < period);
  parts_->trains[index] = {
      .left = count, .is_on = false, .next = now_, .length = length, .pause = period - length};
}

void Twin::set_self_test(std::uint8_t causes) {
  parts_->self_test = causes;
}

std::uint8_t Twin::self_test() const {
  return parts_->state.status & status_lasting;
}

Result<std::uint32_t> Twin::memory_address(MemoryPlace const& place) const {
  auto const& state = parts_->state;
  if (!place.log) {
    auto const offset = place.pages_back * static_cast<std::uint32_t>(state_slot_size);
    return newest_slot_address(state) ^ offset;
  }
  auto const& head = head_of(state.loggers, *place.log);
  if (place.pages_back > head.page - head.first_page) {
    return fail(ErrorCode::out_of_range, place.pages_back);
  }
  auto const ring = place_of(*place.log, columns_of(*place.log, state, parts_->config.meter));
  return page_address(ring, head.page - place.pages_back);
}

Result<void> Twin::commit() {
  return parts_->meter.commit();
}

Result<void> Twin::shut_down() {
  auto& p = *parts_;
  bool const had_fault = p.fault.has_value();
  if (p.meter.is_powered()) {
    p.count_source(now_);
    p.power_down(now_);
  }
  return p.fault && !had_fault ? Result<void>{tl::unexpected{*p.fault}} : Result<void>{};
}

Access Twin::access() {
  auto& p = *parts_;
  p.accrue(now_);
  if (p.meter.is_powered()) {
    p.meter.advance(now_);
  }
  return p.meter.access();
}

void Twin::push_button(PushLength length) {
  parts_->accrue(now_);
  parts_->meter.push_button(length, now_);
}

DisplayFrame Twin::display() {
  parts_->accrue(now_);
  parts_->meter.advance(now_);
  return parts_->meter.access().display();
}

bool Twin::is_powered() const {
  return parts_->meter.is_powered();
}

EnergyBalance Twin::balance() const {
  auto const& p = *parts_;
  auto const& s = p.state;
  auto source = p.source_energy;
  source.add(p.line_energy(now_), s.powered);
  EnergyBalance balance;
  balance.own = p.own;
  balance.own.add(p.own_rate, static_cast<double>((now_ - p.source_counted).ns()) * 1e-9);
  balance.source_import_j = source.import_j;
  balance.source_export_j = source.export_j;
  balance.source_unsupplied_j = source.unsupplied_j;
  balance.increments_uj = s.diagnostics.increments_net_uj;
  balance.registers_import_uj = growth_uj(p.registers_at_start, s.secondary, Energy::a_plus);
  balance.registers_export_uj = growth_uj(p.registers_at_start, s.secondary, Energy::a_minus);
  balance.registers_uj = balance.registers_import_uj - balance.registers_export_uj;
  balance.suppressed_uj = s.diagnostics.suppressed_net_uj;
  for (auto const& gates : s.gates) {
    balance.suppressed_uj += gates.active.suppressed_uj;
    balance.withheld_uj += gates.active.withheld_uj();
  }
  return balance;
}

void Twin::watch_led(PulseObserver observer) {
  parts_->led_observer = observer;
}
void Twin::watch_s0(PulseObserver observer) {
  parts_->s0_observer = observer;
}

void Twin::watch_tier(TierObserver observer) {
  parts_->tier_observer = observer;
}

std::array<SimDuration, tier_count> Twin::tier_times() const {
  auto const& p = *parts_;
  auto times = p.tier_spans;
  if (p.has_front_end()) {
    auto& time = times[static_cast<std::size_t>(p.tier())];
    time = time + (now_ - p.tier_since);
  }
  return times;
}

void Twin::watch_outputs(OutputObserver observer) {
  parts_->outputs.watch(observer, parts_->state);
}

void Twin::watch_samples(SampleObserver observer) {
  parts_->sample_observer = observer;
}

SampleScale Twin::sample_scale() const {
  constexpr double two_to_32 = 4'294'967'296.0;
  SampleScale scale;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& calibration = parts_->state.calibration[k];
    scale.volts_per_code[k] = calibration.u_gain / two_to_32 * 8.0 * 1e-3;
    scale.amps_per_code[k] = calibration.i_gain / two_to_32 * 16.0 * 1e-6;
  }
  return scale;
}

std::uint64_t Twin::led_pulses() const {
  return parts_->meter.led_pulses();
}
std::uint64_t Twin::s0_pulses() const {
  return parts_->meter.s0_pulses();
}

std::optional<Error> Twin::fault() const {
  return parts_->fault;
}

std::uint64_t Twin::state_hash() const {
  auto core = blondel::state_hash(parts_->state, 0);
  if (parts_->phasor) {
    core = hash_of(parts_->phasor->rests(), core);
  }
  bool const measures = parts_->config.tier == Tier::waveform || parts_->waveform;
  return measures ? blondel::state_hash(parts_->measuring, core) : core;
}

void Twin::set_line_ratio(std::int64_t ratio_ppm) {
  BLONDEL_EXPECTS(ratio_ppm > 0);
  parts_->line.set_ratio(ratio_ppm, now_);
}

Result<bool> holds_meter(NvStore const& nv) {
  return is_blank(nv).map([](bool blank) { return !blank; });
}

SessionId Twin::open_optical(LinkObserver observer) {
  auto& p = *parts_;
  auto const id = ++p.last_session;
  p.sessions.try_emplace(id, p.meter.access(), optical_options(p.config), observer);
  return id;
}

void Twin::close_session(SessionId session) {
  parts_->sessions.erase(session);
}

void Twin::handle_bytes(SessionId session, ByteSpan bytes) {
  auto& p = *parts_;
  auto const found = p.sessions.find(session);
  if (found == p.sessions.end()) {
    return;
  }
  auto const line_now = p.line.to_line(now_);
  if (!p.meter.is_powered()) {
    found->second.lose_bytes(bytes, line_now);
    return;
  }
  static_cast<void>(access());  // what flowed up to now() is booked before anybody reads it
  if (p.nv->outlives_process()) {
    p.note(p.meter.commit());
  }
  found->second.handle_bytes(bytes, line_now);
  if (p.nv->outlives_process()) {
    p.note(p.meter.commit());  // what a command did is kept before its acknowledgement leaves
  }
}

std::size_t Twin::poll_transmit(SessionId session, MutableByteSpan out) {
  auto const found = parts_->sessions.find(session);
  return found == parts_->sessions.end() ? 0 : found->second.poll_transmit(out);
}

}  // namespace blondel

#include <algorithm>
#include <chrono>

#include "ports/port_server_parts.hpp"

namespace blondel {

namespace {

using namespace std::chrono_literals;

/// Sockets are looked after at least this often, however far the meter lags.
constexpr HostInstant slice = 20ms;
constexpr HostInstant report_interval = 10s;
/// Lag worth a line in the log. @units host time
constexpr HostInstant lag_noticed = 200ms;
/// A signal lets answers under way go out, but not for ever.
constexpr HostInstant drain_max = 1s;
/// How long after the last octet an answer may still be under way: the longest reply delay there is.
constexpr HostInstant answer_under_way = 400ms;
/// How often a waiting server looks around when nothing is due.
constexpr HostInstant idle_wait = 10ms;

}  // namespace

tl::expected<void, PortError> PortServer::Parts::open() {
  for (auto const& spec : options.endpoints) {
    if (spec.kind == EndpointSpec::Kind::none) {
      continue;
    }
    auto listener = std::make_unique<Listener>(
        context,
        Listener::Events{
            [this, port = spec.meter_port](asio::ip::tcp::socket socket) { accept(port, std::move(socket)); },
            [this](std::string_view reason) {
              log->warning(loop.now(), "event=accept_failed reason=\"" + std::string{reason} + '"');
            }});
    auto place = listener->open(spec);
    if (!place) {
      return tl::unexpected{std::move(place.error())};
    }
    ports.push_back({spec.meter_port, std::move(*place)});
    listeners.push_back(std::move(listener));
  }
  if (options.journal) {
    auto file = JournalFile::create(*options.journal, options.journal_header);
    if (!file) {
      return tl::unexpected{std::move(file.error())};
    }
    journal.file.emplace(std::move(*file));
  }
  asio::error_code wrong;
  signals.add(SIGINT, wrong);
  signals.add(SIGTERM, wrong);
  wait_for_signal();
  return {};
}

void PortServer::Parts::wait_for_signal() {
  signals.async_wait([this](asio::error_code const& wrong, int signal) {
    if (!wrong) {
      outcome.end = ServeResult::End::signal;
      outcome.signal = signal;
      is_stopping = true;
    }
  });
}

StepInput::Events PortServer::Parts::step_events() {
  return {[this](SimDuration span) {
            auto const epoch_ns = loop.epoch().ns();
            epochs_asked += (span.ns() + epoch_ns - 1) / epoch_ns;
          },
          [this] { wants_to_quit = true; },
          [this](std::string const& message) { log->error(loop.now(), message); }};
}

ServeResult PortServer::Parts::run() {
  started = last_report = host_now();
  if (options.pacing.kind == Pacing::Kind::stepped && options.steps_from_stdin) {
    step_input.start();
  }
  serve_until_stopped();
  if (outcome.end == ServeResult::End::signal || outcome.end == ServeResult::End::quit) {
    drain();
  }
  shut();
  return result();
}

void PortServer::Parts::serve_until_stopped() {
  HostPacer const pacer{options.pacing, started};
  while (!is_stopping) {
    if (!run_due_epochs(pacer)) {
      return;
    }
    report_lag(pacer, host_now());
    wait(pacer);
    sweep();
    if (wants_to_quit && epochs_run >= epochs_asked && !is_stopping) {
      outcome.end = ServeResult::End::quit;
      is_stopping = true;
    }
  }
}

/// Runs what is due, but comes back to the sockets after a slice of host time.
bool PortServer::Parts::run_due_epochs(HostPacer const& pacer) {
  auto const begin = host_now();
  for (auto now = begin; now - begin < slice && wants_epoch(pacer, now); now = host_now()) {
    if (!run_epoch()) {
      return false;
    }
    if (is_beyond_end()) {
      break;  // time goes on for the clients' sake only: an epoch at each visit
    }
  }
  return true;
}

bool PortServer::Parts::wants_epoch(HostPacer const& pacer, HostInstant now) const {
  switch (options.pacing.kind) {
    case Pacing::Kind::real:
      return epochs_run < pacer.epochs_due(now);
    case Pacing::Kind::free:
      return loop.now() < options.free_until || !sessions.empty() || loop.has_pending();
    case Pacing::Kind::stepped:
      return epochs_run < epochs_asked;
  }
  return false;
}

/// Serves the sockets: without waiting when epochs are due, else until the next one is.
void PortServer::Parts::wait(HostPacer const& pacer) {
  auto const now = host_now();
  if (!wants_epoch(pacer, now) || is_beyond_end()) {
    auto const until =
        options.pacing.kind == Pacing::Kind::real ? pacer.due(epochs_run + 1) - now : idle_wait;
    context.run_one_for(until);
  }
  context.poll();
}

bool PortServer::Parts::run_epoch() {
  auto const ran = loop.run_epoch([this](std::uint32_t number, ByteSpan bytes) {
    if (auto const found = sessions.find(number); found != sessions.end()) {
      found->second->send(bytes);
    }
  });
  epochs_run += 1;
  switch (ran) {
    case Loop::Outcome::ran:
      break;
    case Loop::Outcome::plant_stopped:
      outcome.end = ServeResult::End::meter_stopped;
      return false;
    case Loop::Outcome::recorder_stopped:
      outcome.end = ServeResult::End::journal_failed;
      outcome.message = journal.file ? journal.file->failure() : "";
      return false;
  }
  for (auto& [number, session] : sessions) {
    session->resume_reading();
  }
  return true;
}

void PortServer::Parts::report_lag(HostPacer const& pacer, HostInstant now) {
  if (now - last_report < report_interval) {
    return;
  }
  last_report = now;
  auto const report = pacer.report(loop.now() - SimTime{}, now);
  if (report.lag_host_s() > std::chrono::duration<double>{lag_noticed}.count()) {
    log->warning(loop.now(), "event=lag " + to_text(report));
  }
}

/// Goes on at the same pace until what was asked is answered and sent.
void PortServer::Parts::drain() {
  for (auto& listener : listeners) {
    listener->close();
  }
  HostPacer const pacer{options.pacing, started};
  auto const begin = host_now();
  auto const is_busy = [&] {
    bool const has_unsent = std::any_of(sessions.begin(), sessions.end(),
                                        [](auto const& entry) { return entry.second->has_unsent(); });
    return has_unsent || loop.has_pending() ||
           (!sessions.empty() && host_now() - last_input < answer_under_way);
  };
  while (is_busy() && host_now() - begin < drain_max) {
    if (!run_due_epochs(pacer)) {
      return;
    }
    wait(pacer);
  }
}

/// Takes leave of the clients and ends the journal, so that a replay ends where this run did.
void PortServer::Parts::shut() {
  for (auto& [number, session] : sessions) {
    if (session->is_open()) {
      session->close();
      loop.close(number);
    }
  }
  step_input.close();
  context.poll();
  bool const can_go_on = outcome.end == ServeResult::End::signal || outcome.end == ServeResult::End::quit;
  if (!can_go_on || !run_epoch()) {
    return;
  }
  JournalEntry end;
  end.instant = loop.now();
  end.kind = JournalEntry::Kind::end;
  end.state_hash = meter.state_hash();
  if (!journal.record(end) || !journal.commit()) {
    outcome.end = ServeResult::End::journal_failed;
    outcome.message = journal.file->failure();
  }
}

ServeResult PortServer::Parts::result() const {
  auto all = outcome;
  auto const report = HostPacer{options.pacing, started}.report(loop.now() - SimTime{}, host_now());
  all.simulated = loop.now();
  all.sessions = sessions_seen;
  all.journal_entries = journal.file ? journal.file->entries() : 0;
  all.requested_speed = report.requested;
  all.achieved_speed = report.achieved;
  return all;
}

PortServer::PortServer(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
PortServer::PortServer(PortServer&&) noexcept = default;
PortServer::~PortServer() = default;

tl::expected<PortServer, PortError> PortServer::open(ServedMeter meter, ServeOptions options, Log& log) {
  try {
    auto parts = std::make_unique<Parts>(std::move(meter), std::move(options), log);
    if (auto opened = parts->open(); !opened) {
      return tl::unexpected{std::move(opened.error())};
    }
    return PortServer{std::move(parts)};
  } catch (std::exception const& trouble) {
    return tl::unexpected{PortError{std::string{"ports: "} + trouble.what()}};
  }
}

std::vector<PortServer::OpenPort> const& PortServer::open_ports() const {
  return parts_->ports;
}

ServeResult PortServer::run() {
  return parts_->run();
}

void PortServer::request_stop() {
  asio::post(parts_->context, [parts = parts_.get()] {
    parts->outcome.end = ServeResult::End::quit;
    parts->is_stopping = true;
  });
}

}  // namespace blondel

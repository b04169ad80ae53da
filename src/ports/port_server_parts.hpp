#pragma once
/// What a server consists of: the loop over epochs is in port_server.cpp, its clients in port_sessions.cpp.

#include <blondel/ports/port_server.hpp>

#include <blondel/sim/epoch_loop.hpp>

#include <map>

#include "ports/asio.hpp"
#include "ports/host_pacer.hpp"
#include "ports/journal_file.hpp"
#include "ports/listener.hpp"
#include "ports/log.hpp"
#include "ports/session.hpp"
#include "ports/step_input.hpp"

namespace blondel {

/// A Recorder that writes to the journal when there is one.
struct MaybeJournal {
  std::optional<JournalFile> file;
  bool record(JournalEntry const& entry) { return !file || file->record(entry); }
  bool commit() { return !file || file->commit(); }
};

struct PortServer::Parts {
  using Loop = EpochLoop<ServedMeter, MaybeJournal>;

  Parts(ServedMeter served, ServeOptions given, Log& logger)
      : meter{std::move(served)},
        options{std::move(given)},
        log{&logger},
        loop{meter, journal, epoch_of(options.pacing)} {}

  tl::expected<void, PortError> open();
  ServeResult run();

  void serve_until_stopped();
  bool run_due_epochs(HostPacer const& pacer);
  [[nodiscard]] bool wants_epoch(HostPacer const& pacer, HostInstant now) const;
  [[nodiscard]] bool is_beyond_end() const {
    return options.pacing.kind == Pacing::Kind::free && loop.now() >= options.free_until;
  }
  void wait(HostPacer const& pacer);
  bool run_epoch();
  void report_lag(HostPacer const& pacer, HostInstant now);
  void drain();
  void shut();
  ServeResult result() const;

  void accept(MeterPort port, asio::ip::tcp::socket socket);
  void handle_gone(Session& session, std::string_view reason);
  void sweep();
  [[nodiscard]] bool has_room();
  void wait_for_signal();
  StepInput::Events step_events();

  ServedMeter meter;
  ServeOptions options;
  Log* log;
  MaybeJournal journal;
  Loop loop;
  std::int64_t epochs_run{};
  std::int64_t epochs_asked{};  // stepped: in all
  HostInstant started{};
  HostInstant last_input{};
  HostInstant last_report{};
  std::uint64_t sessions_seen{};
  bool is_stopping{};
  bool wants_to_quit{};  // once the steps asked before are done
  ServeResult outcome;
  std::vector<OpenPort> ports;
  // Last, so that everything with a handler goes before what it points to; the context outlives the rest.
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  asio::signal_set signals{context};
  StepInput step_input{context, step_events()};
  std::vector<std::unique_ptr<Listener>> listeners;
  std::map<std::uint32_t, std::unique_ptr<Session>> sessions;
};

}  // namespace blondel

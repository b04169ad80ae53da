#pragma once
/// The loop that lets bytes in and out of a meter at fixed instants only, and writes down each of them.

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <blondel/base/bytes.hpp>
#include <blondel/base/contract.hpp>
#include <blondel/base/time.hpp>
#include <blondel/sim/journal.hpp>

namespace blondel {

/// Anything that runs in simulated time.
template<class T>
concept Steppable = requires(T machine, T const& constant, SimTime until) {
  { constant.next_deadline() } -> std::same_as<SimTime>;
  machine.step(until);
};

/// What has ports and runs in simulated time. `step` gives false when it cannot go on.
template<class T>
concept Plant = requires(T plant, std::uint32_t handle, std::string const& port, ByteSpan in,
                         MutableByteSpan out, SimTime until) {
  { plant.step(until) } -> std::same_as<bool>;
  { plant.open_session(port) } -> std::same_as<std::uint32_t>;
  plant.close_session(handle);
  plant.handle_bytes(handle, in);
  { plant.poll_transmit(handle, out) } -> std::same_as<std::size_t>;
};

/// Where entries go. `record` and `commit` give false when they could not; then nothing more is delivered.
template<class T>
concept Recorder = requires(T recorder, JournalEntry const& entry) {
  { recorder.record(entry) } -> std::same_as<bool>;
  { recorder.commit() } -> std::same_as<bool>;
};

/// Drives one plant from epoch to epoch.
/// At the instant T of an epoch's start: the plant is stepped to T, its output is taken, what arrived since
/// the last epoch is recorded, committed and only then delivered, and the output is taken again.
/// So a plant's future depends on the recorded entries alone. @source architecture.md 7
template<Plant P, Recorder R>
class EpochLoop {
 public:
  enum class Outcome : std::uint8_t { ran, plant_stopped, recorder_stopped };

  /// @param epoch more than 0
  EpochLoop(P& plant, R& recorder, SimDuration epoch) : plant_{&plant}, recorder_{&recorder}, epoch_{epoch} {
    BLONDEL_EXPECTS(epoch > SimDuration{});
  }

  /// A client came. @return its session number, from 1
  std::uint32_t open(std::string port) {
    next_session_ += 1;
    JournalEntry entry;
    entry.kind = JournalEntry::Kind::open;
    entry.session = next_session_;
    entry.port = std::move(port);
    pending_.push_back(std::move(entry));
    return next_session_;
  }
  /// Octets came. @param bytes at most journal_bytes_max
  void receive(std::uint32_t session, ByteSpan bytes) {
    JournalEntry entry;
    entry.kind = JournalEntry::Kind::bytes_in;
    entry.session = session;
    entry.bytes.assign(bytes.begin(), bytes.end());
    pending_octets_ += bytes.size();
    pending_.push_back(std::move(entry));
  }
  void close(std::uint32_t session) {
    JournalEntry entry;
    entry.kind = JournalEntry::Kind::close;
    entry.session = session;
    pending_.push_back(std::move(entry));
  }

  /// Goes on by one epoch.
  /// @param on_output called as on_output(session, bytes) with what the plant sends, after it is recorded
  template<class Output>
  Outcome run_epoch(Output&& on_output) {
    now_ = now_ + epoch_;
    if (!plant_->step(now_)) {
      return Outcome::plant_stopped;
    }
    if (!take_output(on_output) || !deliver() || !take_output(on_output)) {
      return Outcome::recorder_stopped;
    }
    return Outcome::ran;
  }

  /// The instant of the epoch that has begun last.
  [[nodiscard]] SimTime now() const { return now_; }
  [[nodiscard]] SimDuration epoch() const { return epoch_; }
  [[nodiscard]] bool has_pending() const { return !pending_.empty(); }
  /// What waits for the next epoch takes up about so many octets, from clients that are here and that have
  /// left.
  [[nodiscard]] std::size_t pending_size() const {
    return pending_octets_ + pending_.size() * sizeof(JournalEntry);
  }
  [[nodiscard]] std::size_t open_sessions() const { return handles_.size(); }

 private:
  bool deliver() {
    for (auto& entry : pending_) {
      entry.instant = now_;
      if (!recorder_->record(entry)) {
        return false;
      }
    }
    if (!pending_.empty() && !recorder_->commit()) {
      return false;
    }
    for (auto const& entry : pending_) {
      deliver(entry);
    }
    pending_.clear();
    pending_octets_ = 0;
    return true;
  }

  void deliver(JournalEntry const& entry) {
    if (entry.kind == JournalEntry::Kind::open) {
      handles_[entry.session] = plant_->open_session(entry.port);
      return;
    }
    auto const handle = handles_.find(entry.session);
    if (handle == handles_.end()) {
      return;
    }
    if (entry.kind == JournalEntry::Kind::bytes_in) {
      plant_->handle_bytes(handle->second, entry.bytes);
    } else {
      plant_->close_session(handle->second);
      handles_.erase(handle);
    }
  }

  /// Records everything before handing over anything: what a client was told is on the record.
  template<class Output>
  bool take_output(Output&& on_output) {
    std::vector<JournalEntry> taken;
    for (auto const& [session, handle] : handles_) {
      std::array<std::uint8_t, 4096> buffer{};
      while (std::size_t const count = plant_->poll_transmit(handle, buffer)) {
        JournalEntry entry;
        entry.instant = now_;
        entry.kind = JournalEntry::Kind::bytes_out;
        entry.session = session;
        entry.bytes.assign(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
        if (!recorder_->record(entry)) {
          return false;
        }
        taken.push_back(std::move(entry));
      }
    }
    if (!taken.empty() && !recorder_->commit()) {
      return false;
    }
    for (auto const& entry : taken) {
      on_output(entry.session, ByteSpan{entry.bytes});
    }
    return true;
  }

  P* plant_;
  R* recorder_;
  SimDuration epoch_;
  SimTime now_;
  std::uint32_t next_session_{};
  std::vector<JournalEntry> pending_;
  std::size_t pending_octets_{};
  std::map<std::uint32_t, std::uint32_t> handles_;  // ordered: output is taken in order of opening
};

}  // namespace blondel

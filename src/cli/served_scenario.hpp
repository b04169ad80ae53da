#pragma once
/// A scenario under way, as ports and replay want to see it.

#include <blondel/ports/port_server.hpp>
#include <blondel/scenario/scenario.hpp>

#include <functional>
#include <list>
#include <memory>
#include <optional>

#include <blondel/protocol/endpoint.hpp>

namespace blondel {

class ServedScenario {
 public:
  /// What happened on the line of a session; valid during the call only.
  using OnLinkEvent = std::function<void(SimTime now, std::uint32_t session, LinkEvent const& event)>;

  /// @param on_event empty = nobody watches
  ServedScenario(std::unique_ptr<ScenarioRun> run, Pacing const& pacing, OnLinkEvent on_event);
  ServedScenario(ServedScenario const&) = delete;
  ServedScenario& operator=(ServedScenario const&) = delete;

  /// Borrows from this object.
  [[nodiscard]] ServedMeter meter();
  [[nodiscard]] ScenarioRun& run() { return *run_; }
  /// Why a step could not be done.
  [[nodiscard]] std::optional<ScenarioError> const& error() const { return error_; }

 private:
  /// One observed session: what a plain function pointer is given to find its way back.
  struct Watch {
    ServedScenario* owner{};
    std::uint32_t session{};
  };
  static void forward(void* context, LinkEvent const& event);
  std::uint32_t open_session();

  std::unique_ptr<ScenarioRun> run_;
  OnLinkEvent on_event_;
  std::list<Watch> watches_;  // addresses stay
  std::optional<ScenarioError> error_;
};

}  // namespace blondel

// Snapshots: a run that is saved, loaded in a new twin and run on is the run that was never stopped.

#include <catch2/catch.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/twin_fixture.hpp"
#include "twin/snapshot.hpp"

namespace blondel {
namespace {

using Edges = std::vector<std::string>;

OutputObserver recorded_into(Edges& edges) {
  return {[](void* context, OutputEdge const& edge) {
            static_cast<Edges*>(context)->push_back(std::to_string(static_cast<int>(edge.output)) +
                                                    (edge.on ? " on " : " off ") +
                                                    std::to_string(edge.at.ns()));
          },
          &edges};
}

/// A twin in its surroundings, as a process holds it.
struct Process {
  explicit Process(TwinConfig const& config)
      : twin{config, std::make_unique<test::ConstantSource>(point()), std::make_unique<RamNv>()} {
    twin.watch_outputs(recorded_into(edges));
  }
  static OperatingPoint point() {
    auto point = test::balanced_point(230.0, 40.0, 0.4);
    point.harmonic[0] = {
        .order = 5, .u_ratio = 0.02, .u_angle = Radians{0.3}, .i_ratio = 0.1, .i_angle = Radians{1.0}};
    return point;
  }
  Twin twin;
  Edges edges;
};

std::vector<std::uint8_t> saved(Twin const& twin) {
  Snapshot snapshot;
  twin.save(snapshot);
  return snapshot.encode();
}

void load(Twin& twin, std::vector<std::uint8_t> const& file) {
  auto const snapshot = Snapshot::decode(file);
  REQUIRE(snapshot.has_value());
  REQUIRE(twin.load(*snapshot).has_value());
}

/// What is done at an instant.
struct Deed {
  SimTime at;
  std::function<void(Twin&)> act;
};

/// Everything a meter can be in the midst of: pulses into an input, a load that waits for its delay, the
/// display led by hand, a verification, a dip, a supply that comes and goes, a clock on its battery, a RAM
/// that fails its test, a brown-out.
std::vector<Deed> deeds() {
  std::vector<Deed> deeds;
  auto const add = [&deeds](double at_s, std::function<void(Twin&)> act) {
    deeds.push_back({test::at_s(at_s), std::move(act)});
  };
  add(1.1, [](Twin& twin) { twin.set_self_test(self_test_ram); });  // seen at the next power-up
  add(1.3, [](Twin& twin) {
    twin.send_pulses(0, 40, SimDuration::milliseconds(300), SimDuration::milliseconds(90));
  });
  add(2.05, [](Twin& twin) { twin.push_button(PushLength::prolonged); });
  add(2.5, [](Twin& twin) { twin.push_button(PushLength::brief); });
  add(3.217, [](Twin& twin) { twin.set_current(1, Amps{130.0}, Radians{-0.7}); });
  add(4.111, [](Twin& twin) {
    Command command;
    command.kind = CommandKind::set_operation_mode;
    command.mode = OperationMode::r_plus;
    static_cast<void>(twin.access().execute(command, Level::operating));
  });
  add(4.3, [](Twin& twin) {
    Command command;
    command.kind = CommandKind::set_tariff;
    command.tariff = 2;
    static_cast<void>(twin.access().execute(command, Level::operating));
  });
  add(5.03, [](Twin& twin) { twin.set_voltage(2, Volts{170.0}); });
  add(6.4, [](Twin& twin) { twin.lose_phase(0, true); });
  add(7.7, [](Twin& twin) { static_cast<void>(twin.set_tamper(tamper_magnet, true)); });
  add(8.3, [](Twin& twin) { twin.set_temperature(Celsius{41.0}); });
  add(9.613, [](Twin& twin) { REQUIRE(twin.set_supply(false)); });
  add(12.2, [](Twin& twin) { REQUIRE(twin.set_supply(true)); });
  add(14.9, [](Twin& twin) { twin.lose_phase(0, false); });
  add(16.3, [](Twin& twin) { twin.set_frequency(Hertz{49.7}); });
  add(17.5, [](Twin& twin) {
    twin.brown_out({true, true, false}, Volts{120.0}, SimDuration::milliseconds(400),
                   SimDuration::milliseconds(900), SimDuration::milliseconds(500));
  });
  return deeds;
}

/// Runs to `until`; what is due at `from` itself has been done.
void run(Twin& twin, SimTime from, SimTime until) {
  for (auto const& deed : deeds()) {
    if (deed.at > from && deed.at <= until) {
      twin.step(deed.at);
      deed.act(twin);
    }
  }
  twin.step(until);
}

/// Whatever has a memory: filters, noise, a clock that drifts; and, when asked for, cores with hysteresis.
FrontEndModel remembering_front_end(bool has_hysteresis) {
  auto model = test::physical_front_end();
  model.external_ct.present = has_hysteresis;
  model.external_ct.hysteresis.present = has_hysteresis;
  for (auto& adc : model.adc) {
    adc.u_noise_v = 0.02;
    adc.i_noise_a = 0.0005;
    adc.sinc3 = true;
    adc.clock_error = 12e-6;
    adc.clock_per_k2 = -0.03e-6;
  }
  return model;
}

struct Kind {
  char const* name;
  Tier tier;
  bool is_hybrid{};
  bool has_hysteresis{};
};

TwinConfig config_of(Kind const& kind) {
  auto config = test::twin_config(kind.tier, remembering_front_end(kind.has_hysteresis));
  config.calibrated = false;  // takes longer than the test
  // DD: a load that the tariff switches, with a delay; the hybrid ones count pulses.
  config.meter = test::class_c_200_5("68535CC453010", {kind.is_hybrid ? "31000052" : "31000172", "42301011",
                                                       "00001100", "00000101", "00004011"});
  config.meter.load_control.delay_s = 9;
  if (kind.is_hybrid) {
    config.hybrid_window = SimDuration::seconds(2);
  }
  return config;
}

}  // namespace

TEST_CASE("snapshot: run, save, load, run on is the uninterrupted run") {
  auto const kind =
      GENERATE(Kind{"waveform", Tier::waveform}, Kind{"hysteresis", Tier::waveform, false, true},
               Kind{"phasor", Tier::phasor}, Kind{"interval", Tier::interval},
               Kind{"hybrid phasor", Tier::phasor, true}, Kind{"hybrid interval", Tier::interval, true});
  auto const config = config_of(kind);
  auto const end = test::at_s(20.0);
  Process whole{config};
  REQUIRE(whole.twin.start().has_value());
  run(whole.twin, SimTime{}, end);
  auto const last = saved(whole.twin);

  // At the start, in mid-pulse, in a dip, while off, just back, in a drop, at the end of one, in a ramp down,
  // at its foot.
  Process first{config};
  REQUIRE(first.twin.start().has_value());
  for (double const at_s : {0.0001234, 2.71, 4.5, 6.4, 10.9, 12.2, 13.37, 17.71, 18.000777}) {
    CAPTURE(kind.name, at_s);
    auto const at = test::at_s(at_s);
    run(first.twin, first.twin.now(), at);
    auto const file = saved(first.twin);
    Process second{config};
    load(second.twin, file);
    CHECK((saved(second.twin) == file));
    run(second.twin, at, end);
    CHECK(second.twin.state_hash() == whole.twin.state_hash());
    CHECK((saved(second.twin) == last));
    auto edges = first.edges;
    edges.insert(edges.end(), second.edges.begin(), second.edges.end());
    CHECK(edges == whole.edges);
    CHECK(second.twin.balance().source_import_j == whole.twin.balance().source_import_j);
    CHECK((second.twin.tier_times() == whole.twin.tier_times()));
  }
}

TEST_CASE("snapshot: a fork is the original when both get the same, and neither disturbs the other") {
  auto const tier = GENERATE(Tier::waveform, Tier::phasor, Tier::interval);
  CAPTURE(tier);
  auto const config = config_of({"", tier});
  auto const end = test::at_s(20.0);
  Process whole{config};
  REQUIRE(whole.twin.start().has_value());
  auto const at = test::at_s(6.5);
  run(whole.twin, SimTime{}, at);
  auto const source = [] { return std::make_unique<test::ConstantSource>(Process::point()); };
  auto const same = whole.twin.fork(source());
  auto const other = whole.twin.fork(source());
  Edges same_edges;
  same->watch_outputs(recorded_into(same_edges));  // outputs follow the counts only for whoever watches
  auto const told_before = static_cast<std::ptrdiff_t>(whole.edges.size());
  CHECK((saved(*same) == saved(whole.twin)));
  // The other one goes its own way first, and writes to its memory.
  other->set_current(0, Amps{0.0}, Radians{});
  REQUIRE(other->set_supply(false));
  other->step(end);
  CHECK(other->state_hash() != same->state_hash());
  run(whole.twin, at, end);
  run(*same, at, end);
  CHECK(same_edges == Edges(whole.edges.begin() + told_before, whole.edges.end()));
  CHECK((saved(*same) == saved(whole.twin)));
  // The original as it would have been without forks.
  Process alone{config};
  REQUIRE(alone.twin.start().has_value());
  run(alone.twin, SimTime{}, end);
  CHECK((saved(whole.twin) == saved(alone.twin)));
}

TEST_CASE("snapshot: a tier that was set in service is the one that goes on") {
  auto const from = GENERATE(Tier::waveform, Tier::interval);
  CAPTURE(from);
  auto const built = config_of({"", from});
  Process whole{built};
  REQUIRE(whole.twin.start().has_value());
  run(whole.twin, SimTime{}, test::at_s(3.0));
  whole.twin.set_tier(Tier::phasor, SimDuration::seconds(2));
  auto const at = test::at_s(5.517);
  run(whole.twin, test::at_s(3.0), at);
  auto const file = saved(whole.twin);
  auto const fork = whole.twin.fork(std::make_unique<test::ConstantSource>(Process::point()));
  auto in_force = built;
  in_force.tier = Tier::phasor;
  in_force.hybrid_window = SimDuration::seconds(2);
  Process third{in_force};
  load(third.twin, file);
  auto const end = test::at_s(20.0);
  run(whole.twin, at, end);
  run(*fork, at, end);
  run(third.twin, at, end);
  CHECK((saved(third.twin) == saved(whole.twin)));
  CHECK(fork->state_hash() == whole.twin.state_hash());
  CHECK((fork->tier_times() == whole.twin.tier_times()));
  Process stale{built};
  auto const refused = stale.twin.load(*Snapshot::decode(file));
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::contradiction);
}

}  // namespace blondel

#include <lab/bench.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <set>

#include <blondel/base/rng.hpp>
#include <blondel/frontend/ratings.hpp>
#include <blondel/frontend/signals.hpp>
#include <lab/bench_source.hpp>
#include <lab/parallel.hpp>
#include <twin/ram_nv.hpp>

namespace blondel {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double pulse_ws = 360.0;  ///< energy of one LED pulse: 10 000 to the kWh
constexpr double kwh_per_native = 1e-9 / 3.6;

bool is_reactive(TestQuantity quantity) {
  return quantity == TestQuantity::reactive_import || quantity == TestQuantity::reactive_export;
}

OperationMode mode_of(TestQuantity quantity) {
  switch (quantity) {
    case TestQuantity::active_export:
      return OperationMode::a_minus;
    case TestQuantity::reactive_import:
      return OperationMode::r_plus;
    case TestQuantity::reactive_export:
      return OperationMode::r_minus;
    default:
      return OperationMode::a_plus;
  }
}

RegisterId register_of(TestQuantity quantity) {
  switch (quantity) {
    case TestQuantity::active_export:
      return RegisterId::active_energy_export_verification;
    case TestQuantity::reactive_import:
      return RegisterId::reactive_energy_import_verification;
    case TestQuantity::reactive_export:
      return RegisterId::reactive_energy_export_verification;
    default:
      return RegisterId::active_energy_import_verification;
  }
}

double lag_of(TestPoint const& point) {
  auto const angle = is_reactive(point.quantity) ? std::asin(point.factor) : std::acos(point.factor);
  auto const lag = point.capacitive ? -angle : angle;
  return point.quantity == TestQuantity::active_export ? lag + pi : lag;
}

/// By how much the voltage between lines at an Aron element leads that of its line. @units rad
double aron_lead(TestLoad load) {
  return load == TestLoad::only_l1 ? pi / 6 : load == TestLoad::only_l3 ? -pi / 6 : 0.0;
}

bool carries_current(TestLoad load, std::size_t phase) {
  return load == TestLoad::balanced || static_cast<std::size_t>(load) == phase + 1;
}

/// The power whose error is asked for, at the terminals. @units W or var
double true_power(OperatingPoint const& point, TestQuantity quantity) {
  auto const lines = line_signals(point);
  double sum = 0.0;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const power = channel_power(lines, k);
    sum += is_reactive(quantity) ? power.reactive_var : power.active_w;
  }
  return std::abs(sum);
}

/// The same for one element of a three-wire meter, whose current comes back to its own amplifier.
double element_power(TestPoint const& p) {
  auto const share = is_reactive(p.quantity) ? std::sin(lag_of(p)) : std::cos(lag_of(p));
  return std::abs(nominal_u_v * p.u_ratio * p.current_a * share);
}

struct PulseTrain {
  std::vector<SimTime> at;
  static void keep(void* context, SimTime instant) {
    static_cast<PulseTrain*>(context)->at.push_back(instant);
  }
};

double seconds(SimDuration span) {
  return static_cast<double>(span.ns()) * 1e-9;
}

}  // namespace

Result<Bench> Bench::mount(TwinConfig const& meter, BenchSettings const& settings) {
  Bench bench{meter, settings};
  auto& config = bench.meter_;
  config.front_end.external_ct = CtModel{.turns = 1.0, .present = false};
  config.ct_ratio = 1.0;
  config.tier = Tier::waveform;
  auto memory = std::make_unique<RamNv>();
  auto& held = *memory;
  Twin twin{config, std::make_unique<BenchSource>(std::vector{std::pair{SimTime{}, bench.terminals({})}}),
            std::move(memory)};
  if (auto const started = twin.start(); !started) {
    return tl::unexpected{started.error()};
  }
  bench.memory_.resize(held.size());
  if (auto const read = held.read(0, bench.memory_); !read) {
    return tl::unexpected{read.error()};
  }
  return bench;
}

void Bench::replace_front_end(FrontEndModel const& model) {
  meter_.front_end = model;
  meter_.front_end.external_ct = CtModel{.turns = 1.0, .present = false};
  measured_.clear();
}

OperatingPoint Bench::terminals(TestPoint const& p) const {
  bool const is_aron = meter_.meter.type.phases == Phases::aron_50hz;
  auto const line_v = is_aron ? nominal_u_v / std::numbers::sqrt3 : nominal_u_v;
  auto const nominal_hz = nominal_frequency(meter_.meter.type.phases);
  OperatingPoint point;
  point.frequency = Hertz{nominal_hz * p.f_ratio};
  point.temperature = Celsius{p.temperature_c};
  point.shape = p.shape;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const turned = p.reversed_sequence ? -1.0 : 1.0;
    constexpr std::array<double, element_count> angle{0.0, -2 * pi / 3, 2 * pi / 3};
    bool const lost = (p.lost_phases >> k & 1) != 0;
    point.phase[k] = {.u = Volts{lost ? 0.0 : line_v * p.u_ratio},
                      .u_angle = Radians{turned * angle[k]},
                      .i = Amps{carries_current(p.load, k) ? p.current_a : 0.0},
                      .lag = Radians{lag_of(p) - (is_aron ? aron_lead(p.load) : 0.0)}};
  }
  if (p.u5_ratio != 0 || p.i5_ratio != 0) {
    point.harmonic[0] = {.order = 5, .u_ratio = p.u5_ratio, .i_ratio = p.i5_ratio};
  }
  return point;
}

std::unique_ptr<Twin> Bench::started(std::vector<std::pair<SimTime, OperatingPoint>> schedule,
                                     TestQuantity quantity) const {
  auto memory = std::make_unique<RamNv>(static_cast<std::uint32_t>(memory_.size()));
  auto twin = memory->write(0, memory_)
                  ? std::make_unique<Twin>(meter_, std::make_unique<BenchSource>(std::move(schedule)),
                                           std::move(memory))
                  : nullptr;
  if (!twin || !twin->start()) {
    return nullptr;
  }
  Command command;
  command.kind = CommandKind::set_operation_mode;
  command.mode = mode_of(quantity);
  return twin->access().execute(command, Level::operating) ? std::move(twin) : nullptr;
}

PulseMeasurement Bench::measure(TestPoint const& p) const {
  constexpr auto nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double settle_s = 2.0;
  constexpr double shortest_s = 10.0;
  constexpr double longest_s = 3'600.0;
  auto const point = terminals(p);
  bool const is_one_aron_element =
      meter_.meter.type.phases == Phases::aron_50hz && p.load != TestLoad::balanced;
  auto const truth_w = is_one_aron_element ? element_power(p) : true_power(point, p.quantity);
  std::vector<std::pair<SimTime, OperatingPoint>> schedule{{SimTime{}, point}};
  auto begin = SimTime{} + SimDuration::seconds(2);
  if (p.overcurrent_a > 0) {
    auto heavy = p;
    heavy.current_a = p.overcurrent_a;
    schedule.emplace_back(begin, terminals(heavy));
    schedule.emplace_back(begin + SimDuration::milliseconds(500), point);
    begin = begin + SimDuration::milliseconds(500 + static_cast<std::int64_t>(settle_s * 1e3));
  }
  auto const twin = started(std::move(schedule), p.quantity);
  if (!twin) {
    return {.error_pct = nan};
  }
  twin->step(begin);
  PulseTrain train;
  twin->watch_led({PulseTrain::keep, &train});
  auto const is_enough = [&] {
    return train.at.size() > settings_.pulse_intervals &&
           seconds(train.at.back() - train.at.front()) >= shortest_s;
  };
  while (!is_enough() && seconds(twin->now() - begin) < longest_s) {
    twin->step(twin->now() + SimDuration::milliseconds(500));
  }
  auto const meter_s = seconds(twin->now() - SimTime{});
  if (train.at.size() < 2) {
    return {.error_pct = nan, .meter_s = meter_s};
  }
  auto const energy_ws = pulse_ws * static_cast<double>(train.at.size() - 1);
  auto const span_s = seconds(train.at.back() - train.at.front());
  return {.error_pct = (energy_ws / (truth_w * span_s) - 1.0) * 100.0, .meter_s = meter_s};
}

double Bench::uncertainty_pct(TestPoint const& p) const {
  if (settings_.ideal) {
    return 0.0;
  }
  return p.factor == 1.0 ? uncertainty_unity_pct : uncertainty_angle_pct;
}

void Bench::measure_ahead(std::vector<TestPoint> const& points, unsigned jobs,
                          std::function<bool()> const& go_on) {
  std::vector<TestPoint const*> missing;
  std::set<std::string> keys;
  for (auto const& point : points) {
    if (!is_measured(point) && keys.insert(measurement_key(point)).second) {
      missing.push_back(&point);
    }
  }
  std::vector<std::optional<double>> found(missing.size());
  parallel_for(missing.size(), jobs, go_on,
               [&](std::size_t n) { found[n] = measure(*missing[n]).error_pct; });
  for (std::size_t n = 0; n < missing.size(); ++n) {
    if (found[n]) {
      measured_.emplace(measurement_key(*missing[n]), *found[n]);
    }
  }
}

bool Bench::is_measured(TestPoint const& p) const {
  return measured_.contains(measurement_key(p));
}

double Bench::error_pct(TestPoint const& p) {
  auto const key = measurement_key(p);
  auto found = measured_.find(key);
  if (found == measured_.end()) {
    found = measured_.emplace(key, measure(p).error_pct).first;
  }
  if (settings_.ideal) {
    return found->second;
  }
  // The bench's reference is off by a constant of its own, at each kind of angle.
  auto const name = p.factor == 1.0 ? "bench.unity" : p.capacitive ? "bench.capacitive" : "bench.inductive";
  return found->second + RandomStream{settings_.seed, 0, name}.gaussian() * uncertainty_pct(p) / 2;
}

std::uint64_t Bench::pulses_in(TestPoint const& p) const {
  auto const twin = started({{SimTime{}, terminals(p)}}, p.quantity);
  if (!twin) {
    return 0;
  }
  auto const before = twin->led_pulses();
  twin->step(SimTime{std::llround(p.duration_s * 1e9)});
  return twin->led_pulses() - before;
}

double Bench::constant_difference_pct(TestPoint const& p) const {
  auto const twin = started({{SimTime{}, terminals(p)}}, p.quantity);
  if (!twin) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  auto const id = register_of(p.quantity);
  auto const shown_kwh = [&] {
    auto const reading = twin->access().read({id}, Level::open);
    return reading ? static_cast<double>(scale(*reading, definition(id), 1).value) * 1e-4 : 0.0;
  };
  auto const before_kwh = shown_kwh();
  auto const before = twin->led_pulses();
  twin->step(SimTime{std::llround(p.duration_s * 1e9)});
  auto const pulsed_kwh = static_cast<double>(twin->led_pulses() - before) * 1e-4;
  return pulsed_kwh > 0 ? ((shown_kwh() - before_kwh) / pulsed_kwh - 1.0) * 100.0
                        : std::numeric_limits<double>::quiet_NaN();
}

double Bench::interruption_change_kwh(TestPoint const& p) const {
  auto whole = p;
  whole.u_ratio = 1.0;
  std::vector<std::pair<SimTime, OperatingPoint>> schedule{{SimTime{}, terminals(whole)}};
  auto at = SimTime{} + SimDuration::seconds(5);
  for (int n = 0; n < p.interruptions; ++n) {
    schedule.emplace_back(at, terminals(p));
    at = at + SimDuration{std::llround(p.duration_s * 1e9)};
    schedule.emplace_back(at, terminals(whole));
    at = at + SimDuration{std::llround(p.gap_s * 1e9)};
  }
  auto const twin = started(std::move(schedule), p.quantity);
  if (!twin) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  auto const energy_kwh = [&] {
    auto const reading = twin->access().read({register_of(p.quantity)}, Level::open);
    return reading ? static_cast<double>(reading->value) * kwh_per_native
                   : std::numeric_limits<double>::quiet_NaN();
  };
  twin->step(SimTime{} + SimDuration::seconds(4));
  auto const before_kwh = energy_kwh();
  twin->step(at + SimDuration::seconds(5));
  return energy_kwh() - before_kwh;
}

std::string measurement_key(TestPoint const& p) {
  std::string key;
  for (double const value :
       {static_cast<double>(p.quantity), static_cast<double>(p.load), p.current_a, p.factor,
        p.capacitive ? 1.0 : 0.0, p.u_ratio, p.f_ratio, p.temperature_c, p.reversed_sequence ? 1.0 : 0.0,
        p.u5_ratio, p.i5_ratio, static_cast<double>(p.shape), static_cast<double>(p.lost_phases),
        p.overcurrent_a}) {
    key += std::to_string(value) + ' ';
  }
  return key;
}

}  // namespace blondel

#include "proof.hpp"

#include <algorithm>
#include <array>

#include <blondel/base/contract.hpp>
#include <blondel/base/crc.hpp>
#include <blondel/meter/meter.hpp>
#include <blondel/meter/register_def.hpp>

#include "core/meter/state_hash.hpp"
#include "core/metrology/sample_pipeline.hpp"
#include "proof_line.hpp"

namespace blondel::proof {
namespace {

constexpr SimDuration sample_interval{ns_per_s / sample_rate_hz};
/// The supply fails in mid-second and in mid-load.
constexpr std::size_t cut_block = 37 * blocks_per_s + blocks_per_s / 2;
constexpr auto cut_length = SimDuration::milliseconds(2'345);
constexpr std::uint64_t hash_start = 0xCBF2'9CE4'8422'2325;

/// Constants near those of 1000 V and 20 A full scale (320'000'000, 64'000'000, 640'000'000), each different
/// and none zero, so that every term of the measurement counts.
constexpr std::array<ElementCalibration, element_count> calibration{{
    {12'345'678, 320'123'457, 64'012'345, 640'123'456, 1'234, 5},
    {-23'456'789, 319'876'543, 63'987'654, 639'876'543, -2'345, 6},
    {34'567'891, 320'345'679, 64'034'567, 640'345'678, 3'456, 7},
}};
constexpr ElementCalibration written_calibration{-45'678'912, 320'456'789, 64'045'678,
                                                 640'456'789, -4'567,      8};

/// Permanent memory in the program's own.
class StaticNv final : public NvStore {
 public:
  explicit StaticNv(MutableByteSpan bytes) : bytes_{bytes} {}

  [[nodiscard]] std::uint32_t size() const override { return static_cast<std::uint32_t>(bytes_.size()); }
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override {
    if (!holds(address, into.size())) {
      return fail(ErrorCode::nv_io, address);
    }
    auto const found = bytes_.subspan(address, into.size());
    std::copy(found.begin(), found.end(), into.begin());
    return {};
  }
  Result<void> write(std::uint32_t address, ByteSpan from) override {
    if (!holds(address, from.size())) {
      return fail(ErrorCode::nv_io, address);
    }
    std::copy(from.begin(), from.end(), bytes_.subspan(address).begin());
    return {};
  }

 private:
  [[nodiscard]] bool holds(std::uint32_t address, std::size_t count) const {
    return address <= bytes_.size() && count <= bytes_.size() - address;
  }

  MutableByteSpan bytes_;
};

/// A four-wire class C meter for four quadrants, 200/5.
MeterConfig make_config() {
  MeterConfig config;
  auto const type = parse_type_number("68535CC453010", DataSheet::english);
  BLONDEL_EXPECTS(type.has_value());
  config.type = *type;
  auto const configuration = parse_configuration({"11000162", "42301011", "00001100", "00000101", "00004011"},
                                                 *type, DataSheet::english);
  BLONDEL_EXPECTS(configuration.has_value());
  config.configuration = *configuration;
  config.sample_rate_hz = sample_rate_hz;
  config.nominal_calibration = calibration;
  return config;
}

Command command_of(CommandKind kind) {
  Command command;
  command.kind = kind;
  return command;
}

/// The last Sunday in March, a second before the clocks change.
Command clock_set() {
  auto command = command_of(CommandKind::set_clock);
  command.local_time = {.year = 2026, .month = 3, .day = 29, .hour = 1, .minute = 59, .second = 59};
  return command;
}

Command calibration_written() {
  auto command = command_of(CommandKind::write_calibration);
  command.element = 1;
  command.calibration = written_calibration;
  return command;
}

void write_reading(RegisterDef const& row, Result<Reading> const& reading) {
  Line line;
  line.word("register").word(row.name);
  if (!reading) {
    line.word(name_of(reading.error().code)).number(reading.error().detail);
  } else if (reading->kind == ReadingKind::stamp) {
    auto const& stamp = reading->stamp;
    auto const& time = stamp.normal_time;
    line.word("stamp").number(time.year).number(time.month).number(time.day);
    line.number(time.hour).number(time.minute).number(time.second);
    line.number(stamp.weekday).number(stamp.summer_time).number(stamp.valid).number(stamp.restored);
  } else if (reading->kind == ReadingKind::octets) {
    line.word("octets");
    for (auto const octet : reading->octets()) {
      line.number(octet);
    }
  } else {
    line.word("number").number(static_cast<std::int64_t>(reading->unit)).number(reading->value);
  }
  write_text(line.ended());
}

/// A meter, and the minute it goes through.
class Course {
 public:
  explicit Course(Memory const& memory)
      : memory_{memory},
        nv_{memory.permanent},
        pipeline_{memory.measuring, {sample_rate_hz, 50}, memory.meter.calibration} {}

  bool run();

 private:
  void start();
  void act(std::size_t block);
  void measure();
  void cut_supply();
  void execute(Command const& command);
  void write_second(std::size_t second);
  void write_registers(std::string_view when);
  void note(Result<void> const& outcome);

  Memory memory_;
  MeterConfig config_ = make_config();
  StaticNv nv_;
  Meter meter_{memory_.meter, config_, nv_};
  SamplePipeline pipeline_;
  SimTime now_;  ///< the instant of the next sample
  bool faultless_{true};
};

bool Course::run() {
  start();
  for (std::size_t block = 0; block < block_count; ++block) {
    act(block);
    if (!read_samples(memory_.block)) {
      write_text(Line{}.word("the recording ends in block").number(static_cast<std::int64_t>(block)).ended());
      return false;
    }
    metering_begins();
    measure();
    metering_ends();
  }
  write_second(block_count / blocks_per_s);
  write_registers("end");
  note(meter_.power_down(now_));
  write_text(Line{}.word("permanent memory").hex(crc32c(memory_.permanent)).ended());
  return faultless_;
}

void Course::start() {
  Nameplate nameplate;
  nameplate.serial_number = 12'345'678;
  nameplate.meter_numbers = {11, 22, 33};
  nameplate.production_time = {.year = 2026, .month = 3, .day = 2, .hour = 8};
  note(meter_.manufacture(nameplate, now_));
  note(meter_.power_up(now_));
}

/// What happens before a block besides measuring.
void Course::act(std::size_t block) {
  if (block % blocks_per_s == 0) {
    write_second(block / blocks_per_s);
  }
  if (block > 0 && block % blocks_per_quadrant == 0) {
    write_registers("change of load");
  }
  switch (block) {
    case 5 * blocks_per_s:
      execute(clock_set());
      break;
    case 10 * blocks_per_s:
      execute(calibration_written());
      break;
    case 11 * blocks_per_s:
      execute(command_of(CommandKind::seal));
      break;
    case cut_block:
      cut_supply();
      break;
    default:
      break;
  }
}

/// One block through the measuring system; each finished cycle is booked at the instant of its end.
void Course::measure() {
  std::span<SampleFrame const> rest{memory_.block};
  while (!rest.empty()) {
    ElementIncrement increment;
    auto const progress = pipeline_.process(rest, increment);
    rest = rest.subspan(progress.consumed);
    now_ = now_ + sample_interval * static_cast<std::int64_t>(progress.consumed);
    if (progress.closed) {
      note(meter_.handle_increment(increment, now_));
    }
  }
  meter_.advance(now_);
}

/// The supply goes and returns; what stands in RAM is gone, but for the clock on its battery.
void Course::cut_supply() {
  ElementIncrement increment;
  if (pipeline_.flush(increment)) {
    note(meter_.handle_increment(increment, now_));
  }
  write_registers("before the cut");
  note(meter_.power_down(now_));
  auto const rtc = memory_.meter.rtc;
  memory_.meter = MeterState{};
  memory_.meter.rtc = rtc;
  memory_.measuring = MeasuringState{};
  now_ = now_ + cut_length;
  note(meter_.power_up(now_));
  write_registers("after the cut");
}

void Course::execute(Command const& command) {
  note(meter_.access().execute(command, Level::factory));
}

void Course::write_second(std::size_t second) {
  auto const meter = state_hash(memory_.meter, hash_start);
  auto const measuring = state_hash(memory_.measuring, hash_start);
  Line line;
  line.word("second").number(static_cast<std::int64_t>(second)).word("meter").hex(meter);
  write_text(line.word("measuring").hex(measuring).ended());
}

void Course::write_registers(std::string_view when) {
  write_text(Line{}.word("registers,").word(when).ended());
  for (auto const& row : catalogue()) {
    write_reading(row, meter_.access().read({row.id}, Level::open));
  }
  auto const led = static_cast<std::int64_t>(meter_.led_pulses());
  auto const s0 = static_cast<std::int64_t>(meter_.s0_pulses());
  write_text(Line{}.word("pulses").number(led).number(s0).ended());
}

void Course::note(Result<void> const& outcome) {
  if (!outcome) {
    faultless_ = false;
    auto const& error = outcome.error();
    write_text(Line{}.word("error:").word(name_of(error.code)).number(error.detail).ended());
  }
}

}  // namespace

bool run(Memory const& memory) {
  return Course{memory}.run();
}

}  // namespace blondel::proof

/// The proof on the controller: start, the seams of the proof, and what it measures of itself.

#include <array>
#include <cstdint>

#include "proof.hpp"
#include "proof_line.hpp"
#include "semihosting.hpp"

using namespace blondel;

// Made by the linker script.
extern "C" {
extern std::uint32_t stack_bottom[];
extern std::uint32_t stack_top[];
extern std::uint32_t const data_image[];
extern std::uint32_t data_start[];
extern std::uint32_t data_end[];
extern std::uint32_t bss_start[];
extern std::uint32_t bss_end[];
[[noreturn]] void reset();
[[noreturn]] void fault();
}

namespace {

constexpr std::uint32_t stack_paint = 0xC0DE'FACE;

/// The 24-bit timer of the processor, counting down at its clock. @source ARMv7-M, B3.3
struct SysTick {
  std::uint32_t control;
  std::uint32_t reload;
  std::uint32_t current;
};
auto* const systick = reinterpret_cast<SysTick volatile*>(0xE000'E010);
constexpr std::uint32_t systick_mask = 0xFF'FFFF;
constexpr std::uint32_t systick_on_at_processor_clock = 0b101;

/// Ticks spent on metering since the start, and on the longest block.
struct Effort {
  std::uint64_t ticks{};
  std::uint32_t ticks_max{};
  std::uint32_t begun{};
};

MeterState meter_state;
MeasuringState measuring_state;
std::array<SampleFrame, proof::block_size> sample_block;
std::array<std::uint8_t, nv_state_size> permanent_memory;
Effort effort;
std::int32_t samples = -1;
std::int32_t output = -1;
std::int32_t complaints = -1;

void write(std::int32_t file, std::string_view text) {
  if (semihosting::write(file, text.data(), text.size()) != 0) {
    semihosting::exit(false);
  }
}

std::uint32_t stack_used() {
  auto const* untouched = stack_bottom;
  while (untouched != stack_top && *untouched == stack_paint) {
    ++untouched;
  }
  return static_cast<std::uint32_t>(stack_top - untouched) * sizeof(std::uint32_t);
}

void start_systick() {
  systick->reload = systick_mask;
  systick->current = 0;
  systick->control = systick_on_at_processor_clock;
}

void write_figure(std::string_view name, std::uint64_t value) {
  write(complaints, proof::Line{}.word("figure").word(name).number(static_cast<std::int64_t>(value)).ended());
}

[[noreturn]] void run_proof() {
  output = semihosting::open(":tt", semihosting::Mode::write);
  complaints = semihosting::open(":tt", semihosting::Mode::append);
  samples = semihosting::open("samples.bin", semihosting::Mode::read_binary);
  if (samples < 0) {
    write(complaints, "samples.bin cannot be opened in the working directory\n");
    semihosting::exit(false);
  }
  start_systick();
  bool const faultless = proof::run({meter_state, measuring_state, permanent_memory, sample_block});
  write_figure("stack", stack_used());
  write_figure("ticks", effort.ticks);
  write_figure("ticks_max", effort.ticks_max);
  semihosting::exit(faultless);
}

}  // namespace

namespace blondel::proof {

bool read_samples(Block into) {
  return semihosting::read(samples, into.data(), into.size_bytes()) == 0;
}
void write_text(std::string_view text) {
  write(output, text);
}
void metering_begins() {
  effort.begun = systick->current;
}
void metering_ends() {
  auto const ticks = (effort.begun - systick->current) & systick_mask;
  effort.ticks += ticks;
  effort.ticks_max = ticks > effort.ticks_max ? ticks : effort.ticks_max;
}

}  // namespace blondel::proof

void fault() {
  write(complaints, "the processor met a fault: a contract was violated or an address is wrong\n");
  semihosting::exit(false);
}

/// First of all: memory as the program expects it, and the stack below here painted.
void reset() {
  std::uint32_t* word = stack_bottom;
  for (auto const* const here = static_cast<std::uint32_t*>(__builtin_frame_address(0)) - 64; word < here;
       ++word) {
    *word = stack_paint;
  }
  auto const* image = data_image;
  for (word = data_start; word != data_end; ++word) {
    *word = *image++;
  }
  for (word = bss_start; word != bss_end; ++word) {
    *word = 0;
  }
  run_proof();
}

namespace {

using Handler = void (*)();

/// Initial stack pointer, reset, then the fifteen of the processor: all others are faults here.
struct Vectors {
  std::uint32_t* stack;
  Handler reset;
  std::array<Handler, 14> others;
};
[[gnu::section(".vectors"), gnu::used]] constexpr Vectors vectors{
    stack_top,
    &reset,
    {&fault, &fault, &fault, &fault, &fault, nullptr, nullptr, nullptr, nullptr, &fault, &fault, nullptr,
     &fault, &fault}};

}  // namespace

#include "semihosting.hpp"

#include <array>

namespace blondel::semihosting {
namespace {

enum class Operation : std::uint32_t { open = 0x01, write = 0x05, read = 0x06, exit = 0x18 };

/// One word of an argument block.
template<class T>
std::uint32_t word(T value) {
  static_assert(sizeof(T) == sizeof(std::uint32_t), "one word of this controller");
  return __builtin_bit_cast(std::uint32_t, value);
}

std::uint32_t call(Operation operation, std::uint32_t argument) {
  register std::uint32_t r0 asm("r0") = word(operation);
  register std::uint32_t r1 asm("r1") = argument;
  asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

}  // namespace

std::int32_t open(std::string_view zero_ended_name, Mode mode) {
  std::array const block{word(zero_ended_name.data()), word(mode), word(zero_ended_name.size())};
  return static_cast<std::int32_t>(call(Operation::open, word(block.data())));
}

std::uint32_t read(std::int32_t file, void* into, std::size_t size) {
  std::array const block{word(file), word(into), word(size)};
  return call(Operation::read, word(block.data()));
}

std::uint32_t write(std::int32_t file, void const* from, std::size_t size) {
  std::array const block{word(file), word(from), word(size)};
  return call(Operation::write, word(block.data()));
}

void exit(bool is_success) {
  constexpr std::uint32_t application_exit = 0x20026;
  constexpr std::uint32_t run_time_error = 0x20023;
  call(Operation::exit, is_success ? application_exit : run_time_error);
  for (;;) {
  }
}

}  // namespace blondel::semihosting

/// The few functions of the C and C++ libraries that the compiler calls by itself. None allocates, and
/// neither library is linked: a program that calls malloc or operator new does not link.

#include <cstddef>
#include <cstdint>

extern "C" {

void* memcpy(void* to, void const* from, std::size_t count);
void* memmove(void* to, void const* from, std::size_t count);
void* memset(void* to, int value, std::size_t count);
int memcmp(void const* a, void const* b, std::size_t count);
void* memchr(void const* in, int value, std::size_t count);
std::size_t strlen(char const* text);

void* memcpy(void* to, void const* from, std::size_t count) {
  auto* target = static_cast<std::uint8_t*>(to);
  auto const* source = static_cast<std::uint8_t const*>(from);
  while (count-- > 0) {
    *target++ = *source++;
  }
  return to;
}

void* memmove(void* to, void const* from, std::size_t count) {
  auto* const target = static_cast<std::uint8_t*>(to);
  auto const* const source = static_cast<std::uint8_t const*>(from);
  if (target <= source) {
    return memcpy(to, from, count);
  }
  while (count-- > 0) {
    target[count] = source[count];
  }
  return to;
}

void* memset(void* to, int value, std::size_t count) {
  auto* target = static_cast<std::uint8_t*>(to);
  while (count-- > 0) {
    *target++ = static_cast<std::uint8_t>(value);
  }
  return to;
}

int memcmp(void const* a, void const* b, std::size_t count) {
  auto const* left = static_cast<std::uint8_t const*>(a);
  auto const* right = static_cast<std::uint8_t const*>(b);
  for (; count > 0; --count, ++left, ++right) {
    if (*left != *right) {
      return *left < *right ? -1 : 1;
    }
  }
  return 0;
}

void* memchr(void const* in, int value, std::size_t count) {
  auto const* at = static_cast<std::uint8_t const*>(in);
  for (; count > 0; --count, ++at) {
    if (*at == static_cast<std::uint8_t>(value)) {
      return const_cast<std::uint8_t*>(at);
    }
  }
  return nullptr;
}

std::size_t strlen(char const* text) {
  std::size_t length = 0;
  while (text[length] != '\0') {
    ++length;
  }
  return length;
}

}  // extern "C"

/// Named by every class with a virtual destructor; without operator new there is nothing to give back.
void operator delete(void*) noexcept {
  __builtin_trap();
}
void operator delete(void*, std::size_t) noexcept {
  __builtin_trap();
}

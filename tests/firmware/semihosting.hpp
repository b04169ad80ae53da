#pragma once
/// The debugger's services: files and the end of the program, asked for by a breakpoint.
/// @source Arm, "Semihosting for AArch32 and AArch64", operations SYS_*

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace blondel::semihosting {

/// Modes of SYS_OPEN, those of fopen by number. The name ":tt" is standard output, or with `append` standard
/// error.
enum class Mode : std::uint32_t { read_binary = 1, write = 4, append = 8 };

/// @return the file's handle, -1 when there is none
std::int32_t open(std::string_view zero_ended_name, Mode mode);
/// @return the octets that were *not* read or written
std::uint32_t read(std::int32_t file, void* into, std::size_t size);
std::uint32_t write(std::int32_t file, void const* from, std::size_t size);
[[noreturn]] void exit(bool is_success);

}  // namespace blondel::semihosting

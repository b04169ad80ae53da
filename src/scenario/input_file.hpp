#pragma once
/// Files that are read: only what ends, so that a pipe or a device cannot hold or fill the program.

#include <filesystem>
#include <istream>
#include <string>

#include <blondel/scenario/scenario.hpp>

namespace blondel {

/// Longest line of a text file. @units octets
inline constexpr std::size_t line_max = 65'536;
/// Largest document. @units octets
inline constexpr std::size_t document_max = std::size_t{64} << 20U;

/// @param kind of the error @errors when there is something that is no regular file; a missing file is none
[[nodiscard]] ScenarioResult<void> expect_regular_file(std::filesystem::path const& file,
                                                       ScenarioError::Kind kind);

enum class LineRead : std::uint8_t { line, end, too_long };
/// Takes the next line without its newline; of one that is too long the first line_max octets.
[[nodiscard]] LineRead read_line(std::istream& stream, std::string& line);

}  // namespace blondel

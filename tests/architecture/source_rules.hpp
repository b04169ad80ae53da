#pragma once
/// The rules of docs/architecture.md 3 that can be read off the sources, as functions of one file's text.

#include <string>
#include <string_view>
#include <vector>

namespace architecture {

/// @param path relative to the project, with '/': "src/core/energy/accumulators.cpp"
struct SourceFile {
  std::string path;
  std::string text;
};

struct Violation {
  std::string path;
  int line{};
  std::string what;
};

/// The text with comments, string and character literals blanked; line breaks stay where they are.
[[nodiscard]] std::string without_comments_and_literals(std::string_view text);

/// "core" for src/core/...; "meter" for include/blondel/meter/...; empty for other files.
[[nodiscard]] std::string layer_of(std::string_view path);

/// Includes that the file's layer may not have.
[[nodiscard]] std::vector<Violation> check_includes(SourceFile const& file);
/// Words that the file's layer may not use: host clocks, threads, files, floating point, heap ...
[[nodiscard]] std::vector<Violation> check_words(SourceFile const& file);
/// ASCII, file and function length, header guard, no work left open.
[[nodiscard]] std::vector<Violation> check_form(SourceFile const& file);

/// All sources of the project: src, include, tests, bench; .cpp, .hpp and .inc. @cost reads every file
[[nodiscard]] std::vector<SourceFile> read_sources(std::string const& project);

}  // namespace architecture

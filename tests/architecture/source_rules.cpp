#include "architecture/source_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>
#include <tuple>

namespace architecture {
namespace {

constexpr int file_lines_max = 400;
constexpr int function_lines_max = 60;

/// What one layer may include: ours by area ("meter" = the public headers of the core), and libraries.
struct LayerRule {
  std::string_view layer;
  std::string_view areas;
  std::string_view libraries;
};

/// docs/architecture.md 3. Areas and libraries are separated and enclosed by blanks.
constexpr std::array layer_rules{
    LayerRule{"base", " base ", " tl "},
    LayerRule{"meter", " base meter ", " tl "},
    LayerRule{"core", " base meter core ", " tl "},
    LayerRule{"frontend", " base meter frontend ", " tl Eigen "},
    LayerRule{"sim", " base sim ", " tl "},
    LayerRule{"protocol", " base meter protocol ", " tl openssl "},
    LayerRule{"client", " base meter protocol client ", " tl "},
    LayerRule{"module", " base meter protocol module ", " tl "},
    LayerRule{"modules", " base meter protocol module modules ", " tl "},
    LayerRule{"twin", " base meter core frontend protocol module modules sim twin ", " tl "},
    LayerRule{"fleet", " base meter protocol sim twin fleet ", " tl "},
    LayerRule{"lab", " base meter frontend protocol sim twin lab ", " tl Eigen "},
    LayerRule{"report", " report ", " tl nlohmann sqlite3 "},
    LayerRule{"scenario", " base meter frontend protocol sim twin fleet lab report scenario ",
              " tl nlohmann valijson fmt "},
    LayerRule{"ports", " base meter protocol client sim twin fleet ports ", " tl boost spdlog fmt nlohmann "},
    LayerRule{
        "cli",
        " base meter frontend protocol client sim module modules twin fleet lab report scenario ports cli ",
        " tl CLI spdlog fmt nlohmann "},
};

/// A word or header and the layers in which it may stand.
struct WordRule {
  std::string_view pattern;
  std::string_view layers;  ///< where it is allowed; empty = nowhere
  std::string_view reason;
};

constexpr std::array word_rules{
    WordRule{
        R"(\b(system_clock|steady_clock|high_resolution_clock|clock_gettime|gettimeofday|timespec_get)\b)",
        " ports ", "a host clock"},
    WordRule{R"((std::|[^\w.:>])(time|clock|localtime|gmtime|mktime)\s*\(\s*(nullptr|NULL|0|&|\)))",
             " ports ", "a host clock"},
    WordRule{R"(\b(s?rand|rand_r|[dlm]rand48|random_device|mt19937(_64)?|normal_distribution)\b)", "",
             "randomness outside base/rng"},
    WordRule{R"(#\s*include\s*<random>)", "", "randomness outside base/rng"},
    WordRule{
        R"(#\s*include\s*<(thread|mutex|shared_mutex|condition_variable|future|pthread\.h|stop_token|barrier)>)",
        " fleet lab ports ", "threads"},
    WordRule{R"(\bstd::(jthread|thread|async|mutex)\b|\b(sleep_for|sleep_until|nanosleep|usleep)\b)",
             " fleet lab ports ", "threads"},
    WordRule{R"(#\s*include\s*<(fstream|filesystem|fcntl\.h|sys/mman\.h|sys/stat\.h)>)",
             " twin scenario report ports cli ", "files"},
    WordRule{R"(\b(fopen|freopen|std::(i|o)?fstream|std::filesystem|mmap)\b)",
             " twin scenario report ports cli ", "files"},
    WordRule{R"(#\s*include\s*<(iostream|print)>|\b(f?printf|puts|fputs|putchar|fwrite|fread)\s*\()",
             " twin scenario report ports cli ", "input and output"},
    WordRule{R"(#\s*include\s*<(sys/socket\.h|netinet/[a-z_]+\.h|arpa/inet\.h|poll\.h|sys/epoll\.h)>)",
             " ports ", "sockets"},
    WordRule{R"(\b(co_await|co_yield|co_return)\b)", " ports ", "coroutines"},
    WordRule{R"(\bstd::(ranges::)?views\b)", "", "std::views: clang 14 fails on libstdc++ 12"},
    WordRule{R"(\blong\s+double\b)", "", "long double"},
};

/// Words that the layers written as firmware must not use.
constexpr std::array firmware_word_rules{
    WordRule{R"(\b(double|float)\b)", "", "floating point"},
    WordRule{R"(#\s*include\s*<(cmath|math\.h|complex|numbers|chrono)>)", "", "floating point"},
    WordRule{R"(\b(throw|try|catch|dynamic_cast|typeid)\b)", "", "exceptions or type information"},
    WordRule{R"((^|[^\w])new\s+[\w:(]|\b(malloc|calloc|realloc|make_unique|make_shared)\b|\bfree\s*\()", "",
             "the heap"},
    WordRule{
        R"(#\s*include\s*<(vector|string|map|set|unordered_map|unordered_set|list|deque|queue|memory|functional|any|regex|locale|sstream|ostream|istream|cstdio|stdio\.h|valarray|iostream)>)",
        "", "the heap or a stream"},
    WordRule{R"(\bstd::(vector|string|map|set|unordered_map|list|deque|function|unique_ptr|shared_ptr)\b)",
             "", "the heap"},
};

bool is_listed(std::string_view list, std::string_view word) {
  for (auto at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    if (at > 0 && list[at - 1] == ' ' && at + word.size() < list.size() && list[at + word.size()] == ' ') {
      return true;
    }
  }
  return false;
}

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string{text}};
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

LayerRule const* rule_of(std::string_view layer) {
  auto const* const found = std::find_if(layer_rules.begin(), layer_rules.end(),
                                         [&](LayerRule const& rule) { return rule.layer == layer; });
  return found == layer_rules.end() ? nullptr : found;
}

/// Why `header` must not be included by `file`, or nothing. @param quoted written with quotes
std::string include_fault(SourceFile const& file, std::string const& header, bool quoted) {
  auto const layer = layer_of(file.path);
  auto const* const rule = rule_of(layer);
  if (rule == nullptr) {
    return "a layer that docs/architecture.md 3 does not have";
  }
  auto const slash = header.find('/');
  auto const head = header.substr(0, slash);
  if (header.find("..") != std::string::npos) {
    return "a path that climbs";
  }
  if (head == "blondel") {
    auto const rest = slash == std::string::npos ? std::string{} : header.substr(slash + 1);
    auto const area = rest.substr(0, rest.find('/'));
    return is_listed(rule->areas, area) ? "" : "layer " + area + " from layer " + layer;
  }
  if (quoted) {
    if (starts_with(file.path, "include/")) {
      return "a private header from a public one";
    }
    if (slash == std::string::npos || head == layer) {
      return "";
    }
    if (rule_of(head) == nullptr) {
      return "a header that is neither ours nor in angle brackets";
    }
    return is_listed(rule->areas, head) ? "" : "private header of layer " + head + " from layer " + layer;
  }
  if (slash != std::string::npos && rule_of(head) != nullptr) {
    return include_fault(file, header, true);  // angle brackets make a private header no more public
  }
  constexpr std::string_view libraries =
      " tl Eigen openssl nlohmann valijson boost spdlog fmt CLI catch2 date ";
  auto const library = header == "sqlite3.h" ? std::string{"sqlite3"} : head;
  if (library != "sqlite3" && (slash == std::string::npos || !is_listed(libraries, head))) {
    return "";  // the standard library and the system; check_words judges them
  }
  if (!is_listed(rule->libraries, library)) {
    return "library " + library + " from layer " + layer;
  }
  if (library == "boost" && file.path != "src/ports/asio.hpp" && starts_with(header, "boost/asio")) {
    return "Asio outside src/ports/asio.hpp";
  }
  if (library == "openssl" && !starts_with(file.path, "src/protocol/cosem/security") &&
      !starts_with(file.path, "src/protocol/wmbus/encryption")) {
    return "OpenSSL outside cosem/security and wmbus/encryption";
  }
  return "";
}

/// Top-level functions that are too long. Relies on clang-format: a function at namespace scope starts in
/// column 0, everything of it is indented, and it closes with a line that is '}' alone.
void check_functions(SourceFile const& file, std::vector<std::string> const& lines,
                     std::vector<Violation>& violations) {
  std::size_t opening = 0;
  for (std::size_t n = 0; n < lines.size(); ++n) {
    auto const& line = lines[n];
    if (line == "}" && n - opening + 1 > static_cast<std::size_t>(function_lines_max)) {
      violations.push_back({file.path, static_cast<int>(opening + 1), "a function of more than 60 lines"});
    }
    constexpr std::string_view no_start = " }#/";
    if (!line.empty() && no_start.find(line.front()) == std::string_view::npos) {
      opening = n;
    }
  }
}

void match_words(SourceFile const& file, std::vector<std::string> const& lines, std::string const& layer,
                 WordRule const& rule, std::vector<Violation>& violations) {
  if (is_listed(rule.layers, layer)) {
    return;
  }
  std::regex const pattern{rule.pattern.begin(), rule.pattern.end()};
  for (std::size_t n = 0; n < lines.size(); ++n) {
    std::smatch match;
    if (std::regex_search(lines[n], match, pattern)) {
      violations.push_back({file.path, static_cast<int>(n + 1),
                            std::string{rule.reason} + ": " + match.str() + " in layer " + layer});
    }
  }
}

}  // namespace

std::string without_comments_and_literals(std::string_view text) {
  std::string out{text};
  enum class In { code, line_comment, block_comment, string, character } in = In::code;
  bool include_line = false;
  for (std::size_t n = 0; n < out.size(); ++n) {
    auto const c = out[n];
    auto const next = n + 1 < out.size() ? out[n + 1] : '\0';
    if (c == '\n') {
      in = in == In::block_comment ? in : In::code;
      include_line = starts_with(text.substr(n + 1), "#include");
      continue;
    }
    switch (in) {
      case In::code:
        if (c == '/' && (next == '/' || next == '*')) {
          in = next == '/' ? In::line_comment : In::block_comment;
          out[n] = out[n + 1] = ' ';
          ++n;
        } else if (c == '"' && !include_line) {
          in = In::string;
        } else if (c == '\'' && (n == 0 || std::isalnum(static_cast<unsigned char>(out[n - 1])) == 0)) {
          in = In::character;  // not the mark between digits, as in 1'000
        }
        break;
      case In::block_comment:
        if (c == '*' && next == '/') {
          in = In::code;
          out[n++] = ' ';
        }
        out[n] = ' ';
        break;
      case In::line_comment:
        out[n] = ' ';
        break;
      case In::string:
      case In::character:
        if (c == '\\' && next != '\n') {
          out[n] = out[n + 1] = ' ';
          ++n;
        } else if (c == (in == In::string ? '"' : '\'')) {
          in = In::code;
        } else {
          out[n] = ' ';
        }
        break;
    }
  }
  return out;
}

std::string layer_of(std::string_view path) {
  constexpr std::string_view public_headers = "include/blondel/";
  constexpr std::string_view private_sources = "src/";
  for (auto const top : {public_headers, private_sources}) {
    if (starts_with(path, top)) {
      auto const rest = path.substr(top.size());
      auto const slash = rest.find('/');
      // include/blondel/blondel.hpp is the umbrella: it stands above everything.
      return slash == std::string_view::npos ? "cli" : std::string{rest.substr(0, slash)};
    }
  }
  return {};
}

std::vector<Violation> check_includes(SourceFile const& file) {
  std::vector<Violation> violations;
  if (layer_of(file.path).empty()) {
    return violations;
  }
  static std::regex const pattern{R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"};
  auto const lines = lines_of(file.text);
  for (std::size_t n = 0; n < lines.size(); ++n) {
    std::smatch match;
    if (!std::regex_search(lines[n], match, pattern)) {
      continue;
    }
    auto const fault = include_fault(file, match[2].str(), match[1].str() == "\"");
    if (!fault.empty()) {
      violations.push_back({file.path, static_cast<int>(n + 1), fault + ": " + match[2].str()});
    }
  }
  return violations;
}

std::vector<Violation> check_words(SourceFile const& file) {
  std::vector<Violation> violations;
  auto const layer = layer_of(file.path);
  if (layer.empty()) {
    return violations;
  }
  auto const lines = lines_of(without_comments_and_literals(file.text));
  for (auto const& rule : word_rules) {
    match_words(file, lines, layer, rule, violations);
  }
  if (layer == "core" || layer == "meter") {
    for (auto const& rule : firmware_word_rules) {
      match_words(file, lines, layer, rule, violations);
    }
  }
  return violations;
}

std::vector<Violation> check_form(SourceFile const& file) {
  std::vector<Violation> violations;
  auto const lines = lines_of(file.text);
  bool const is_ours = !layer_of(file.path).empty();
  if (is_ours && !ends_with(file.path, ".inc") && lines.size() > static_cast<std::size_t>(file_lines_max)) {
    violations.push_back({file.path, file_lines_max + 1, "a file of more than 400 lines"});
  }
  if (ends_with(file.path, ".hpp") && (lines.empty() || lines.front() != "#pragma once")) {
    violations.push_back({file.path, 1, "a header that does not start with #pragma once"});
  }
  for (std::size_t n = 0; n < lines.size(); ++n) {
    auto const foreign = std::find_if(lines[n].begin(), lines[n].end(), [](char c) {
      return static_cast<unsigned char>(c) > 0x7E || (static_cast<unsigned char>(c) < 0x20);
    });
    if (foreign != lines[n].end()) {
      violations.push_back({file.path, static_cast<int>(n + 1), "not printable ASCII"});
    }
    static std::regex const open_work{
        "\\b(TO"
        "DO|FIX"
        "ME|X"
        "XX)\\b"};
    if (std::regex_search(lines[n], open_work)) {
      violations.push_back({file.path, static_cast<int>(n + 1), "open work left in a comment"});
    }
  }
  if (is_ours) {
    check_functions(file, lines, violations);
  }
  return violations;
}

std::vector<SourceFile> read_sources(std::string const& project) {
  std::vector<SourceFile> files;
  for (auto const* const top : {"src", "include", "tests", "bench"}) {
    auto const folder = std::filesystem::path{project} / top;
    if (!std::filesystem::exists(folder)) {
      continue;
    }
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder}) {
      auto const extension = entry.path().extension();
      if (!entry.is_regular_file() || (extension != ".cpp" && extension != ".hpp" && extension != ".inc")) {
        continue;
      }
      std::ifstream stream{entry.path(), std::ios::binary};
      std::string text{std::istreambuf_iterator<char>{stream}, {}};
      files.push_back({entry.path().lexically_relative(project).generic_string(), std::move(text)});
    }
  }
  std::sort(files.begin(), files.end(),
            [](SourceFile const& a, SourceFile const& b) { return a.path < b.path; });
  return files;
}

}  // namespace architecture

#pragma once
/// One fact per line to stderr, as text or JSON, with simulated and host time.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <blondel/base/time.hpp>

namespace blondel {

class Log {
 public:
  enum class Form : std::uint8_t { text, json_lines };
  enum class Level : std::uint8_t { info, warning, error };

  /// @param least lines below this level are left out
  Log(Form form, Level least);
  ~Log();
  Log(Log const&) = delete;
  Log& operator=(Log const&) = delete;

  /// @param facts key=value words for people and for grep
  void write(Level level, SimTime now, std::string_view facts);
  void info(SimTime now, std::string_view facts) { write(Level::info, now, facts); }
  void warning(SimTime now, std::string_view facts) { write(Level::warning, now, facts); }
  void error(SimTime now, std::string_view facts) { write(Level::error, now, facts); }

 private:
  struct Sink;  // keeps spdlog's header out of ours
  Form form_;
  std::unique_ptr<Sink> sink_;
};

/// `text` as a JSON string with its quotes; octets outside printable ASCII become \u00XX.
[[nodiscard]] std::string json_quoted(std::string_view text);

/// Simulated seconds with three decimals, cut off.
[[nodiscard]] std::string seconds_text(SimTime now);

}  // namespace blondel

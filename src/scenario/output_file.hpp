#pragma once
/// A result file that loses nothing: every piece is handed to the system at once and every answer is checked.

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

#include <blondel/scenario/scenario.hpp>

namespace blondel {

class OutputFile {
 public:
  /// Makes or empties the file. @errors runtime, naming the file and the system's reason
  [[nodiscard]] static ScenarioResult<OutputFile> create(std::filesystem::path const& path);

  /// Appends and hands over to the operating system. @errors runtime (a full disk shows here or in close)
  [[nodiscard]] ScenarioResult<void> write(std::string_view text);
  /// @errors runtime; what was written stays. The file is closed in any case; closing twice is fine.
  [[nodiscard]] ScenarioResult<void> close();

  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  struct Closer {
    void operator()(std::FILE* stream) const { static_cast<void>(std::fclose(stream)); }
  };
  OutputFile(std::filesystem::path path, std::FILE* stream) : path_{std::move(path)}, stream_{stream} {}
  [[nodiscard]] tl::unexpected<ScenarioError> failed(int code) const;

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Closer> stream_;
};

}  // namespace blondel

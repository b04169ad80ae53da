#pragma once
/// A result file that loses nothing: every piece is handed to the system at once and every answer is checked.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <blondel/scenario/scenario.hpp>

namespace blondel {

class OutputFile {
 public:
  /// Makes or empties the file. @errors runtime, naming the file and the system's reason
  [[nodiscard]] static ScenarioResult<OutputFile> create(std::filesystem::path const& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  OutputFile(OutputFile const&) = delete;
  ~OutputFile();

  /// Appends whole lines and hands them to the operating system. After a failure the file ends with the last
  /// whole piece and takes nothing more, so that it never has a gap.
  /// @param t the instant that the lines are about; none for a head
  /// @errors runtime (a full disk shows here or in close), with what is kept; the same again after a failure
  [[nodiscard]] ScenarioResult<void> write(std::string_view text, std::optional<SimTime> t = std::nullopt);
  /// @errors runtime; what was written stays. The file is closed in any case; closing twice is fine.
  [[nodiscard]] ScenarioResult<void> close();

  [[nodiscard]] std::filesystem::path const& path() const { return kept_.path; }
  [[nodiscard]] KeptFile const& kept() const { return kept_; }

 private:
  OutputFile(std::filesystem::path path, int descriptor) : descriptor_{descriptor} {
    kept_.path = std::move(path);
  }
  [[nodiscard]] tl::unexpected<ScenarioError> failed(int code, bool has_piece);
  void release();

  int descriptor_{-1};
  std::int64_t size_{};  ///< of what is kept
  KeptFile kept_;
  std::optional<ScenarioError> failure_;
};

/// A whole file at once. @errors runtime, as OutputFile
[[nodiscard]] ScenarioResult<void> write_file(std::filesystem::path const& path, std::string_view text);

}  // namespace blondel

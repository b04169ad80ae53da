#pragma once
/// A document to spoil, and a folder that goes away again.

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include <unistd.h>

namespace blondel {

/// A folder of its own for one test.
class Scratch {
 public:
  explicit Scratch(std::string const& name)
      : folder_{std::filesystem::temp_directory_path() /
                ("blondel_" + name + "_" + std::to_string(::getpid()))} {
    std::filesystem::create_directories(folder_);
  }
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::filesystem::path write(std::string const& name, std::string const& text) const {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream{folder_ / name, std::ios::binary} << text;
    return folder_ / name;
  }
  [[nodiscard]] std::filesystem::path const& path() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

inline std::filesystem::path models_folder() {
  return std::filesystem::path{BLONDEL_SOURCE_DIR} / "models";
}

/// A small document that is right; `from` is replaced by `to` once.
inline std::string small_document(std::string const& from = "", std::string const& to = "") {
  std::string text = R"({
  "version": 1, "name": "small", "description": "a minute", "seed": 1, "tier": "interval",
  "start": "2026-01-05T00:00:00", "duration_s": 60,
  "meter": {"type_number": "685-35-CC4-23-010", "serial_number": 35100001,
    "configuration": ["31000162", "42301011", "00001000", "00000101", "00004011"]},
  "external_ct": "nanocrystalline_200_5",
  "source": {"constant": {"voltage_v": 230, "current_a": 100}},
  "actions": [{"at_s": 30, "set_load": {"current_a": 50}}],
  "expect": [{"register": "1.8.0", "at_s": "end", "value": 0.8629, "tolerance": 0.001, "unit": "kWh"}],
  "results": {"transcript": {"interval_s": 20, "registers": ["1.8.0"]},
              "csv": {"interval_s": 10, "registers": ["1.8.0"]}}
})";
  if (!from.empty()) {
    text.replace(text.find(from), from.size(), to);
  }
  return text;
}

}  // namespace blondel

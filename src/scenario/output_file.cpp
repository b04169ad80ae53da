#include <scenario/output_file.hpp>

#include <cerrno>
#include <string>
#include <system_error>

namespace blondel {

ScenarioResult<OutputFile> OutputFile::create(std::filesystem::path const& path) {
  auto* const stream = std::fopen(path.c_str(), "wb");
  OutputFile file{path, stream};
  if (stream == nullptr) {
    return file.failed(errno);
  }
  return file;
}

ScenarioResult<void> OutputFile::write(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stream_.get()) != text.size() ||
      std::fflush(stream_.get()) != 0) {
    return failed(errno);
  }
  return {};
}

ScenarioResult<void> OutputFile::close() {
  if (stream_ == nullptr) {
    return {};
  }
  errno = 0;
  if (std::fclose(stream_.release()) != 0) {
    return failed(errno);
  }
  return {};
}

tl::unexpected<ScenarioError> OutputFile::failed(int code) const {
  return tl::unexpected{
      ScenarioError{ScenarioError::Kind::runtime,
                    path_.string() + ": cannot be written: " + std::generic_category().message(code)}};
}

}  // namespace blondel

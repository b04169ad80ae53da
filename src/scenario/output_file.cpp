#include <scenario/output_file.hpp>

#include <scenario/texts.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace blondel {
namespace {

/// @param text what is left of it afterwards could not be written
/// @return 0 or errno
int write_all(int descriptor, std::string_view& text) {
  while (!text.empty()) {
    auto const count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno != EINTR) {
      return errno;
    }
    text.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
  }
  return 0;
}

ScenarioError write_error(std::filesystem::path const& path, int code) {
  return {ScenarioError::Kind::runtime,
          path.string() + ": cannot be written: " + std::generic_category().message(code)};
}

}  // namespace

ScenarioResult<OutputFile> OutputFile::create(std::filesystem::path const& path) {
  constexpr ::mode_t mode = 0666;  // the user's mask takes from it
  int const descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (descriptor < 0) {
    return tl::unexpected{write_error(path, errno)};
  }
  return OutputFile{path, descriptor};
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)},
      size_{other.size_},
      kept_{std::move(other.kept_)},
      failure_{std::move(other.failure_)} {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this != &other) {
    release();
    descriptor_ = std::exchange(other.descriptor_, -1);
    size_ = other.size_;
    kept_ = std::move(other.kept_);
    failure_ = std::move(other.failure_);
  }
  return *this;
}

OutputFile::~OutputFile() {
  release();
}

ScenarioResult<void> OutputFile::write(std::string_view text, std::optional<SimTime> t) {
  if (failure_) {
    return tl::unexpected{*failure_};
  }
  auto rest = text;
  if (int const wrong = write_all(descriptor_, rest); wrong != 0) {
    return failed(wrong, rest.size() < text.size());
  }
  size_ += static_cast<std::int64_t>(text.size());
  kept_.lines += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  kept_.until = t ? t : kept_.until;
  return {};
}

ScenarioResult<void> OutputFile::close() {
  if (descriptor_ < 0) {
    return {};
  }
  if (::close(std::exchange(descriptor_, -1)) != 0 && !failure_) {
    return tl::unexpected{write_error(kept_.path, errno)};
  }
  return {};
}

tl::unexpected<ScenarioError> OutputFile::failed(int code, bool has_piece) {
  kept_.is_cut = has_piece && ::ftruncate(descriptor_, size_) != 0;
  failure_ = write_error(kept_.path, code);
  failure_->message += "; kept: " + kept_text(kept_);
  return tl::unexpected{*failure_};
}

void OutputFile::release() {
  if (descriptor_ >= 0) {
    static_cast<void>(::close(std::exchange(descriptor_, -1)));
  }
}

std::string kept_text(KeptFile const& file) {
  auto text = file.lines == 0   ? std::string{"nothing"}
              : file.lines == 1 ? std::string{"1 line"}
                                : std::to_string(file.lines) + " lines";
  if (file.until) {
    text +=
        ", up to " + plain_number(static_cast<double>(file.until->ns()) / ns_per_s) + " s of simulated time";
  }
  return text + (file.is_cut ? ", and a piece of another" : "");
}

ScenarioResult<void> write_file(std::filesystem::path const& path, std::string_view text) {
  auto file = OutputFile::create(path);
  if (!file) {
    return tl::unexpected{file.error()};
  }
  if (auto written = file->write(text); !written) {
    return written;
  }
  return file->close();
}

}  // namespace blondel

#pragma once
/// Runs the built program as a user would.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace blondel::test {

/// A directory of its own that goes with the test.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "blondel-cli-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data()) != nullptr ? pattern : "";
  }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string file(std::string const& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::string read(std::string const& name) const {
    std::ostringstream text;
    text << std::ifstream{path_ / name, std::ios::binary}.rdbuf();
    return text.str();
  }
  void write(std::string const& name, std::string const& text) const { std::ofstream{path_ / name} << text; }

 private:
  std::filesystem::path path_;
};

struct Outcome {
  int exit_code{};
  std::string out;
  std::string err;
};

/// A program that runs beside the test, its output in files.
class Program {
 public:
  /// @param arguments as typed, run by a shell in the source folder
  /// @param out where standard output goes instead of the folder
  /// @param before what the shell does first: "ulimit -f 8" lets files grow to 8 blocks of 512 octets
  Program(Folder const& folder, std::string const& arguments, std::string const& out = "",
          std::string const& before = ":")
      : folder_{&folder} {
    auto const line = "cd '" BLONDEL_SOURCE_DIR "' && " + before + " && exec '" BLONDEL_PROGRAM "' " +
                      arguments + " > '" + (out.empty() ? folder.file("out") : out) + "' 2> '" +
                      folder.file("err") + "'";
    std::array<int, 2> input{};
    if (::pipe2(input.data(), O_CLOEXEC) != 0) {
      return;
    }
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(input[0], STDIN_FILENO);
      ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(input[0]);
    input_ = input[1];
  }
  Program(Program const&) = delete;
  Program& operator=(Program const&) = delete;
  ~Program() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      (void)wait();
    }
    if (input_ >= 0) {
      ::close(input_);
    }
  }
  /// What a person types. @return false when it did not go out whole
  bool type(std::string const& text) const {
    return ::write(input_, text.data(), text.size()) == static_cast<::ssize_t>(text.size());
  }
  void signal(int number) const { ::kill(process_, number); }
  Outcome wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), folder_->read("out"),
            folder_->read("err")};
  }

 private:
  Folder const* folder_;
  ::pid_t process_{-1};
  int input_{-1};  // open while this lives, so that the program's input does not end
};

inline Outcome run(std::string const& arguments, std::string const& out = "",
                   std::string const& before = ":") {
  Folder const folder;
  return Program{folder, arguments, out, before}.wait();
}

}  // namespace blondel::test

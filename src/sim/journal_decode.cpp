#include <blondel/sim/journal.hpp>

#include <array>
#include <charconv>
#include <string>

#include "sim/journal_text.hpp"

namespace blondel {

namespace {

/// Walks one line; every failure notes the column where it happened.
class LineReader {
 public:
  explicit LineReader(std::string_view line) : line_{line} {}

  [[nodiscard]] std::size_t column() const { return offset_ + 1; }
  [[nodiscard]] bool at_end() const { return offset_ == line_.size(); }
  [[nodiscard]] std::string_view rest() const { return line_.substr(offset_); }
  void skip_rest() { offset_ = line_.size(); }

  bool literal(std::string_view text) {
    if (!rest().starts_with(text)) {
      return false;
    }
    offset_ += text.size();
    return true;
  }
  /// A decimal number without sign, space or leading zeros.
  template<class T>
  bool number(T& value) {
    auto const text = rest();
    if (text.empty() || text[0] < '0' || text[0] > '9' ||
        (text[0] == '0' && text.size() > 1 && text[1] >= '0' && text[1] <= '9')) {
      return false;
    }
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) {
      return false;
    }
    offset_ += static_cast<std::size_t>(end - text.data());
    return true;
  }
  bool hex_octet(std::uint8_t& value) {
    auto const text = rest();
    if (text.size() < 2 || nibble(text[0]) < 0 || nibble(text[1]) < 0) {
      return false;
    }
    value = static_cast<std::uint8_t>(nibble(text[0]) << 4 | nibble(text[1]));
    offset_ += 2;
    return true;
  }
  bool hex_u64(std::uint64_t& value) {
    value = 0;
    for (int n = 0; n < 8; ++n) {
      std::uint8_t octet = 0;
      if (!hex_octet(octet)) {
        return false;
      }
      value = value << 8 | octet;
    }
    return true;
  }
  /// Exactly `width` digits. @param width 2 or 4
  bool fixed_digits(std::size_t width, int& value) {
    value = 0;
    for (std::size_t n = 0; n < width; ++n, ++offset_) {
      if (at_end() || line_[offset_] < '0' || line_[offset_] > '9') {
        return false;
      }
      value = value * 10 + (line_[offset_] - '0');
    }
    return true;
  }

 private:
  /// Lower case only: one text per journal, so that two equal journals are equal files.
  static int nibble(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  std::string_view line_;
  std::size_t offset_{};
};

/// Empty when all is well, else what should stand at the reader's column.
using Expectation = std::string_view;

Expectation read_path(LineReader& line, std::string& path) {
  path.clear();
  while (!line.at_end()) {
    if (line.rest()[0] != '%') {
      path += line.rest()[0];
      (void)line.literal(line.rest().substr(0, 1));
      continue;
    }
    std::uint8_t octet = 0;
    if (!line.literal("%") || !line.hex_octet(octet)) {
      return "two lower-case hexadecimal digits after %";
    }
    path += static_cast<char>(octet);
  }
  return path.empty() ? "a path" : Expectation{};
}

bool read_civil(LineReader& line, CivilTime& time) {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!(line.fixed_digits(4, year) && line.literal("-") && line.fixed_digits(2, month) && line.literal("-") &&
        line.fixed_digits(2, day) && line.literal("T") && line.fixed_digits(2, hour) && line.literal(":") &&
        line.fixed_digits(2, minute) && line.literal(":") && line.fixed_digits(2, second))) {
    return false;
  }
  auto const octet = [](int value) { return static_cast<std::uint8_t>(value); };
  time = {year, octet(month), octet(day), octet(hour), octet(minute), octet(second)};
  return is_valid(time);
}

Expectation read_start(LineReader& line, std::optional<CivilTime>& start) {
  if (line.literal(journal_text::of_scenario)) {
    return {};
  }
  CivilTime time;
  if (!read_civil(line, time)) {
    return "YYYY-MM-DDThh:mm:ss of the years 2000 to 2099, or scenario";
  }
  start = time;
  return {};
}

Expectation read_seed(LineReader& line, std::optional<std::uint64_t>& seed) {
  if (line.literal(journal_text::of_scenario)) {
    return {};
  }
  std::uint64_t value = 0;
  if (!line.number(value)) {
    return "a seed of 0 to 18446744073709551615, or scenario";
  }
  seed = value;
  return {};
}

Expectation read_pacing(LineReader& line, Pacing& pacing) {
  auto const parsed = parse_pacing(line.rest());
  if (!parsed) {
    return pacing_allowed;
  }
  pacing = *parsed;
  line.skip_rest();
  return {};
}

/// @param index of the line, from 0
Expectation read_header_line(LineReader& line, std::size_t index, JournalHeader& header) {
  constexpr std::array<std::string_view, journal_header_lines> expected{
      "blondel-journal 3", "the key program",     "the key scenario", "the key scenario_hash",
      "the key models",    "the key models_hash", "the key seed",     "the key start_local",
      "the key history_s", "the key pacing"};
  constexpr std::array<std::string_view, journal_header_lines> keys{
      journal_text::magic,     journal_text::program,     journal_text::scenario, journal_text::scenario_hash,
      journal_text::models,    journal_text::models_hash, journal_text::seed,     journal_text::start_local,
      journal_text::history_s, journal_text::pacing};
  if (!line.literal(keys[index]) || !line.literal(" ")) {
    return expected[index];
  }
  switch (index) {
    case 0: {
      int version = 0;
      return line.number(version) && version == journal_version ? Expectation{} : "version 3";
    }
    case 1:
      return read_path(line, header.program);
    case 2:
      return read_path(line, header.scenario);
    case 3:
      return line.hex_u64(header.scenario_hash) ? Expectation{} : "16 lower-case hexadecimal digits";
    case 4:
      return read_path(line, header.models);
    case 5:
      return line.hex_u64(header.models_hash) ? Expectation{} : "16 lower-case hexadecimal digits";
    case 6:
      return read_seed(line, header.seed);
    case 7:
      return read_start(line, header.start_local);
    case 8:
      return line.number(header.history_s) && header.history_s >= 0 && header.history_s <= history_max_s
                 ? Expectation{}
                 : "0 to 630720000 seconds";
    default:
      return read_pacing(line, header.pacing);
  }
}

Expectation read_octets(LineReader& line, std::vector<std::uint8_t>& bytes) {
  constexpr std::string_view message = "1 to 65536 octets, two lower-case hexadecimal digits each";
  if (!line.literal(" ") || line.rest().size() > 2 * journal_bytes_max) {
    return message;
  }
  bytes.reserve(line.rest().size() / 2);
  do {
    std::uint8_t octet = 0;
    if (!line.hex_octet(octet)) {
      return message;
    }
    bytes.push_back(octet);
  } while (!line.at_end());
  return {};
}

Expectation read_port(LineReader& line, std::string& port) {
  auto const text = line.literal(" ") ? line.rest() : std::string_view{};
  if (text.empty() || text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != text.npos) {
    return "the name of a port in lower-case letters";
  }
  port = text;
  line.skip_rest();
  return {};
}

bool read_kind(LineReader& line, JournalEntry::Kind& kind) {
  for (auto const candidate :
       {JournalEntry::Kind::open, JournalEntry::Kind::bytes_in, JournalEntry::Kind::bytes_out,
        JournalEntry::Kind::close, JournalEntry::Kind::end}) {
    if (line.literal(name_of(candidate))) {
      kind = candidate;
      return true;
    }
  }
  return false;
}

/// What the entries so far allow the next one to be.
struct Progress {
  SimTime last;
  std::uint32_t opened{};
  std::vector<bool> is_open;  // by session - 1
  bool ended{};
};

Expectation check_session(JournalEntry const& entry, Progress& progress) {
  if (entry.kind == JournalEntry::Kind::open) {
    if (entry.session != progress.opened + 1) {
      return "the next session number (they count from 1)";
    }
    progress.opened += 1;
    progress.is_open.push_back(true);
    return {};
  }
  if (entry.session == 0 || entry.session > progress.opened || !progress.is_open[entry.session - 1]) {
    return "the number of an open session";
  }
  if (entry.kind == JournalEntry::Kind::close) {
    progress.is_open[entry.session - 1] = false;
  }
  return {};
}

Expectation read_entry(LineReader& line, JournalEntry& entry, Progress& progress) {
  std::int64_t instant_ns = 0;
  if (progress.ended) {
    return "nothing after the end";
  }
  if (!line.number(instant_ns) || SimTime{instant_ns} < progress.last) {
    return "an instant in ns, not before the last one";
  }
  entry.instant = progress.last = SimTime{instant_ns};
  if (!line.literal(" ") || !read_kind(line, entry.kind) || !line.literal(" ")) {
    return "open, in, out, close or end";
  }
  if (entry.kind == JournalEntry::Kind::end) {
    progress.ended = true;
    return line.hex_u64(entry.state_hash) ? Expectation{} : "16 lower-case hexadecimal digits";
  }
  if (!line.number(entry.session)) {
    return "a session number";
  }
  if (auto const wrong = check_session(entry, progress); !wrong.empty()) {
    return wrong;
  }
  switch (entry.kind) {
    case JournalEntry::Kind::open:
      return read_port(line, entry.port);
    case JournalEntry::Kind::bytes_in:
    case JournalEntry::Kind::bytes_out:
      return read_octets(line, entry.bytes);
    case JournalEntry::Kind::close:
    case JournalEntry::Kind::end:
      break;
  }
  return {};
}

}  // namespace

tl::expected<Journal, JournalError> decode_journal(std::string_view text) {
  Journal journal;
  Progress progress;
  std::size_t index = 0;
  for (; !text.empty(); ++index) {
    auto const newline = text.find('\n');
    if (newline == text.npos) {
      journal.cut_short = true;
      break;
    }
    LineReader line{text.substr(0, newline)};
    text.remove_prefix(newline + 1);
    Expectation wrong;
    if (index < journal_header_lines) {
      wrong = read_header_line(line, index, journal.header);
    } else {
      journal.entries.emplace_back();
      wrong = read_entry(line, journal.entries.back(), progress);
    }
    if (wrong.empty() && !line.at_end()) {
      wrong = "the end of the line";
    }
    if (!wrong.empty()) {
      return tl::unexpected{JournalError{index + 1, line.column(), wrong}};
    }
  }
  if (index < journal_header_lines) {
    return tl::unexpected{JournalError{index + 1, 1, "the ten lines of a journal's head"}};
  }
  return journal;
}

}  // namespace blondel

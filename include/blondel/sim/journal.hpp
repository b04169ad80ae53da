#pragma once
/// The journal: everything that crossed a port and when, enough to run a visit again byte for byte.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include <blondel/base/civil_time.hpp>
#include <blondel/base/time.hpp>
#include <blondel/sim/pacing.hpp>

namespace blondel {

/// Of the text format. A change of the format changes it.
inline constexpr int journal_version = 3;
/// Before the first entry.
inline constexpr std::size_t journal_header_lines = 10;

/// The longest past: no log reaches further back, and it must not begin before 2000.
inline constexpr std::int64_t history_max_s = 7'300 * day_s;

/// What is needed to build the run again.
struct JournalHeader {
  std::string program{"unknown"};        ///< version of the program that recorded
  std::string scenario;                  ///< path as given on the command line
  std::uint64_t scenario_hash{};         ///< FNV-1a over the document's octets
  std::string models{"models"};          ///< path of the model files
  std::uint64_t models_hash{};           ///< FNV-1a over the model files, names and octets
  std::optional<std::uint64_t> seed;     ///< none: the document's
  std::optional<CivilTime> start_local;  ///< none: the document's
  std::int64_t history_s{};              ///< the meter's past before the instant 0. @units s
  Pacing pacing;
  friend bool operator==(JournalHeader const&, JournalHeader const&) = default;
};

/// One thing that happened on a port.
struct JournalEntry {
  enum class Kind : std::uint8_t {
    open,       ///< a client is there; `port` says where
    bytes_in,   ///< octets were delivered to the meter
    bytes_out,  ///< octets were taken from the meter
    close,      ///< the client is gone
    end,        ///< recording stopped in good order; `state_hash` is the meter's
  };
  SimTime instant;
  Kind kind{};
  std::uint32_t session{};  ///< from 1 in order of opening; 0 for `end`
  std::string port;         ///< open only
  std::vector<std::uint8_t> bytes;
  std::uint64_t state_hash{};  ///< end only
  friend bool operator==(JournalEntry const&, JournalEntry const&) = default;
};

struct Journal {
  JournalHeader header;
  std::vector<JournalEntry> entries;
  bool cut_short{};  ///< the last line had no end (the writer was killed); it was left out
};

/// Octets one entry may carry.
inline constexpr std::size_t journal_bytes_max = 65'536;

/// Where a text is not a journal, and what should stand there.
struct JournalError {
  std::size_t line{};            ///< from 1
  std::size_t column{};          ///< from 1
  std::string_view expectation;  ///< "an instant in ns, not before the last one"
};

/// The head of a journal, with its newlines.
[[nodiscard]] std::string encode(JournalHeader const& header);
/// One entry as a line, with its newline. @param entry bytes up to journal_bytes_max
[[nodiscard]] std::string encode(JournalEntry const& entry);

/// Reads a whole journal. Takes any octets; stops at the first fault.
/// @cost O(text), allocates up to about 25 times the text: the shortest line becomes a whole entry
[[nodiscard]] tl::expected<Journal, JournalError> decode_journal(std::string_view text);

/// The name of a kind as it stands in a journal: "open", "in", "out", "close", "end".
[[nodiscard]] std::string_view name_of(JournalEntry::Kind kind);

/// FNV-1a, 64 bits: names a document, does not protect it.
/// @source Fowler, Noll, Vo: offset basis 14695981039346656037, prime 1099511628211
[[nodiscard]] std::uint64_t fnv1a(std::string_view octets);

}  // namespace blondel

#include <blondel/base/contract.hpp>
#include <blondel/sim/journal.hpp>

#include <array>
#include <string>
#include <utility>

#include "sim/journal_text.hpp"

namespace blondel {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_hex(std::string& text, std::uint8_t octet) {
  text += hex_digits[octet >> 4];
  text += hex_digits[octet & 0x0F];
}

std::string hex_u64(std::uint64_t value) {
  std::string text;
  for (int shift = 56; shift >= 0; shift -= 8) {
    append_hex(text, static_cast<std::uint8_t>(value >> shift));
  }
  return text;
}

/// A path may hold any octet but a line may not: control octets and '%' become %XX.
std::string escape(std::string_view text) {
  std::string escaped;
  for (char const c : text) {
    auto const octet = static_cast<std::uint8_t>(c);
    if (octet < 0x20 || octet == 0x7F || c == '%') {
      escaped += '%';
      append_hex(escaped, octet);
    } else {
      escaped += c;
    }
  }
  return escaped;
}

void append_padded(std::string& text, int value, std::size_t width) {
  auto const digits = std::to_string(value);
  text.append(width > digits.size() ? width - digits.size() : 0, '0');
  text += digits;
}

std::string iso(CivilTime const& time) {
  std::string text;
  append_padded(text, time.year, 4);
  for (auto const& [mark, value] :
       {std::pair{'-', time.month}, std::pair{'-', time.day}, std::pair{'T', time.hour},
        std::pair{':', time.minute}, std::pair{':', time.second}}) {
    text += mark;
    append_padded(text, value, 2);
  }
  return text;
}

void append_field(std::string& text, std::string_view key, std::string_view value) {
  text += key;
  text += ' ';
  text += value;
  text += '\n';
}

}  // namespace

std::string encode(JournalHeader const& header) {
  std::string text;
  append_field(text, journal_text::magic, std::to_string(journal_version));
  append_field(text, journal_text::program, escape(header.program));
  append_field(text, journal_text::scenario, escape(header.scenario));
  append_field(text, journal_text::scenario_hash, hex_u64(header.scenario_hash));
  append_field(text, journal_text::models, escape(header.models));
  append_field(text, journal_text::models_hash, hex_u64(header.models_hash));
  append_field(text, journal_text::seed,
               header.seed ? std::to_string(*header.seed) : std::string{journal_text::of_scenario});
  append_field(text, journal_text::start_local,
               header.start_local ? iso(*header.start_local) : std::string{journal_text::of_scenario});
  append_field(text, journal_text::history_s, std::to_string(header.history_s));
  append_field(text, journal_text::pacing, to_text(header.pacing));
  return text;
}

std::string encode(JournalEntry const& entry) {
  BLONDEL_EXPECTS(entry.bytes.size() <= journal_bytes_max);
  std::string text = std::to_string(entry.instant.ns());
  text += ' ';
  text += name_of(entry.kind);
  if (entry.kind == JournalEntry::Kind::end) {
    return text + ' ' + hex_u64(entry.state_hash) + '\n';
  }
  text += ' ';
  text += std::to_string(entry.session);
  if (entry.kind == JournalEntry::Kind::open) {
    text += ' ';
    text += entry.port;
  }
  if (!entry.bytes.empty()) {
    text.reserve(text.size() + 2 + 2 * entry.bytes.size());
    text += ' ';
    for (auto const octet : entry.bytes) {
      append_hex(text, octet);
    }
  }
  return text + '\n';
}

std::string_view name_of(JournalEntry::Kind kind) {
  switch (kind) {
    case JournalEntry::Kind::open:
      return "open";
    case JournalEntry::Kind::bytes_in:
      return "in";
    case JournalEntry::Kind::bytes_out:
      return "out";
    case JournalEntry::Kind::close:
      return "close";
    case JournalEntry::Kind::end:
      return "end";
  }
  return "unknown";
}

std::uint64_t fnv1a(std::string_view octets) {
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  for (char const c : octets) {
    hash ^= static_cast<std::uint8_t>(c);
    hash *= 1'099'511'628'211U;
  }
  return hash;
}

}  // namespace blondel

/// The journal's decoder on any octets: a fault has a place inside the text; what is taken comes out the same
/// after it was written and read again.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <blondel/base/contract.hpp>
#include <blondel/sim/journal.hpp>

using namespace blondel;

namespace {

void check_fault(JournalError const& fault, std::string_view text) {
  std::size_t line = 1;
  while (line < fault.line && text.find('\n') != text.npos) {
    text.remove_prefix(text.find('\n') + 1);
    ++line;
  }
  BLONDEL_EXPECTS(line == fault.line && !fault.expectation.empty());
  BLONDEL_EXPECTS(fault.column >= 1 && fault.column <= text.substr(0, text.find('\n')).size() + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const journal = decode_journal(text);
  if (!journal) {
    check_fault(journal.error(), text);
    return 0;
  }
  auto written = encode(journal->header);
  for (auto const& entry : journal->entries) {
    written += encode(entry);
  }
  auto const again = decode_journal(written);
  BLONDEL_EXPECTS(again && !again->cut_short);
  BLONDEL_EXPECTS(again->header == journal->header && again->entries == journal->entries);
  return 0;
}

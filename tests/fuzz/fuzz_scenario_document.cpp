/// A document of each kind from any octets: taken, or refused with a message that names the file and can be
/// printed.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include <blondel/base/contract.hpp>

#include "scenario/document.hpp"

using namespace blondel;

namespace {

bool is_control(char c) {
  auto const octet = static_cast<std::uint8_t>(c);
  return octet < 0x20 || octet == 0x7F;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const text{reinterpret_cast<char const*>(data), size};
  for (auto const kind : {DocumentKind::scenario, DocumentKind::meter_model, DocumentKind::ct_model,
                          DocumentKind::display_model}) {
    auto const document = Document::parse(text, "s.json", kind);
    if (document) {
      BLONDEL_EXPECTS(document->root().has("name"));
      continue;
    }
    auto const& message = document.error().message;
    BLONDEL_EXPECTS(document.error().kind == ScenarioError::Kind::invalid);
    BLONDEL_EXPECTS(message.starts_with("s.json: ") && message.size() > 8);
    BLONDEL_EXPECTS(std::none_of(message.begin(), message.end(), is_control));
  }
  return 0;
}

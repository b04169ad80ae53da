#pragma once
/// CSV text as RFC 4180 wants it. Makes text only: who writes it to a disk is not this layer's business.

#include <span>
#include <string>

namespace blondel {

/// One record with its CRLF. Cells with a comma, a quote or a line break are quoted, quotes doubled.
/// @source RFC 4180, 2
/// @cost allocates the line
[[nodiscard]] std::string csv_record(std::span<std::string const> cells);

}  // namespace blondel

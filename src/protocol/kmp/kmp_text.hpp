#pragma once
/// KMP for people: one readable line a frame, for traces and clients.

#include <cstdint>
#include <string>

#include <blondel/base/bytes.hpp>
#include <blondel/protocol/endpoint.hpp>

#include "protocol/kmp/kmp_codec.hpp"

namespace blondel {

/// One line for a frame of either direction, or for the bare acknowledge: the command, registers by number
/// and name, values with units; or why it is invalid. ASCII whatever the octets are. "GetRegister 1
/// active_energy_import, 65520 (unknown)" "GetRegister 1 active_energy_import = 69.0 kWh"
/// @cost allocates
[[nodiscard]] std::string kmp_text(ByteSpan line);

/// One line for a link event: as above, and why there is silence.
/// "no answer to GetType: not addressed to this meter (34)"
/// @cost allocates
[[nodiscard]] std::string kmp_text(LinkEvent const& event);

/// A register's value with its unit: "69.0 kWh", "12:34:56", "2014-07-27", "2014-07-27 19:35:26 normal time",
/// "\"68535C\"". Numbers keep the decimals that were sent, however wide they are.
/// @cost allocates
[[nodiscard]] std::string kmp_value_text(KmpField const& field);

/// The same without the unit and without quotation marks, for JSON and CSV. @cost allocates
[[nodiscard]] std::string kmp_bare_text(KmpField const& field);

}  // namespace blondel

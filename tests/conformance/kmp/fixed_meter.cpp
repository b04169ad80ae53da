#include "conformance/kmp/fixed_meter.hpp"

#include <algorithm>

#include <blondel/base/contract.hpp>

namespace blondel {

Result<void> TestNv::read(std::uint32_t address, MutableByteSpan into) const {
  BLONDEL_EXPECTS(address + into.size() <= octets_.size());
  std::copy_n(octets_.begin() + address, into.size(), into.begin());
  return {};
}

Result<void> TestNv::write(std::uint32_t address, ByteSpan from) {
  BLONDEL_EXPECTS(address + from.size() <= octets_.size());
  std::copy(from.begin(), from.end(), octets_.begin() + address);
  return {};
}

FixedMeter::FixedMeter() {
  auto const type = parse_type_number("685-35-CC4-53-010", DataSheet::english);
  BLONDEL_EXPECTS(type.has_value());
  config.type = *type;
  auto const configuration = parse_configuration({"21000162", "42301011", "00001100", "00000101", "00006011"},
                                                 *type, DataSheet::english);
  BLONDEL_EXPECTS(configuration.has_value());
  config.configuration = *configuration;
  config.software_letter = 8;
  config.software_number = 1;

  Nameplate nameplate;
  nameplate.serial_number = 12345678;
  nameplate.meter_numbers = {11111111, 22222222, 33333333};
  nameplate.production_time = {2014, 7, 27, 20, 35, 26};
  BLONDEL_EXPECTS(meter.manufacture(nameplate, SimTime{}).has_value());
  BLONDEL_EXPECTS(meter.power_up(SimTime{}).has_value());

  // 1 Wh = 3 600 000 mJ. Straight into the registers: what gets there is the core's own affair and test.
  of(state.primary, Energy::a_plus).total_mj = 69'034 * std::int64_t{3'600'000};
  of(state.secondary, Energy::a_plus).total_mj = 1'150'567 * std::int64_t{3'600};
  state.live.fill({575'000, 0, 575'288, 230'000, 2'501'250});
}

}  // namespace blondel

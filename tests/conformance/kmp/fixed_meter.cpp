#include "conformance/kmp/fixed_meter.hpp"

#include <algorithm>
#include <array>

#include <blondel/base/contract.hpp>
#include <blondel/meter/log.hpp>

#include "core/loggers/log_writer.hpp"

namespace blondel {

Result<void> TestNv::read(std::uint32_t address, MutableByteSpan into) const {
  BLONDEL_EXPECTS(address + into.size() <= size_);
  for (std::size_t n = 0; n < into.size(); ++n) {
    into[n] = address + n < octets_.size() ? octets_[address + n] : std::uint8_t{};
  }
  return {};
}

Result<void> TestNv::write(std::uint32_t address, ByteSpan from) {
  BLONDEL_EXPECTS(address + from.size() <= size_);
  octets_.resize(std::max<std::size_t>(octets_.size(), address + from.size()));
  std::copy(from.begin(), from.end(), octets_.begin() + address);
  return {};
}

namespace {

/// Stamp, status, quality, scaler, A+, A-, R+, R-; energies in steps of 0.1 kWh.
void add_load_profile(MeterState& state, MeterConfig const& config, NvStore& nv) {
  auto const stamp = [](std::uint8_t hour, std::uint8_t minute) {
    RtcStamp rtc;
    rtc.normal_time = {2014, 7, 27, hour, minute, 0};
    rtc.summer_time = true;
    rtc.valid = true;
    return pack_stamp(rtc);
  };
  using Record = std::array<std::int64_t, 8>;
  for (auto const& record :
       {Record{stamp(19, 45), 0, 0, 1, 690, 0, 0, 0}, Record{stamp(20, 0), 0, 1'024, 1, 702, 0, 0, 0},
        Record{stamp(20, 15), 0, 0, 1, 714, 0, 0, 0}}) {
    BLONDEL_EXPECTS(append_log(state, config, nv, LogId::load_profile, record).has_value());
  }
}

}  // namespace

FixedMeter::FixedMeter(bool with_logs) : nv{with_logs} {
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
  if (with_logs) {
    add_load_profile(state, config, nv);
  }
}

}  // namespace blondel

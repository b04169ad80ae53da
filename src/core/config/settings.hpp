#pragma once
/// What may be set in service and belongs to no other area: numbers, thresholds, addresses, the password.

#include <array>
#include <cstdint>

#include <blondel/base/time.hpp>
#include <blondel/meter/log.hpp>

namespace blondel {

/// All bits of DataQualityBit.
inline constexpr std::uint16_t quality_all = 2 * quality_power_outage - 1;

struct SettingsState {
  // permanent
  std::array<std::uint32_t, 2> special_data{};
  std::uint32_t change_count{};               ///< register 222: changes of the configuration
  std::uint16_t password{};                   ///< @source device.md 13.5: 0 is the default
  std::uint16_t quality_mask{quality_all};    ///< which bits of DataQualityBit are recorded
  std::uint16_t quality_over_v{265};          ///< @source device.md B6: flags of data quality
  std::uint16_t quality_under_v{184};         ///< likewise
  std::uint16_t quality_outage_s{180};        ///< likewise: a longer one is an outage
  std::uint16_t neutral_over_v{253};          ///< @source device.md B5: two phases above
  std::uint16_t neutral_under_v{190};         ///< and one below
  std::uint16_t neutral_s{60};                ///< for so long
  std::array<std::uint8_t, 2> bus_address{};  ///< of M-Bus and IEC, of KMP
  // volatile
  std::uint8_t wrong_passwords{};  ///< in a row
  SimTime password_rest;           ///< before it none is looked at
};

/// What of it outlives the supply. For the list of permanent fields (core/meter/meter_fields.hpp).
template<class Visitor, class State>
void visit_settings(Visitor& field, State& settings) {
  for (auto& data : settings.special_data) {
    field(data);
  }
  field(settings.change_count);
  field(settings.password);
  field(settings.quality_mask);
  field(settings.quality_over_v);
  field(settings.quality_under_v);
  field(settings.quality_outage_s);
  field(settings.neutral_over_v);
  field(settings.neutral_under_v);
  field(settings.neutral_s);
  for (auto& address : settings.bus_address) {
    field(address);
  }
}

/// What is forgotten with it. For the list of volatile fields.
template<class Visitor, class State>
void visit_password_tries(Visitor& field, State& settings) {
  field(settings.wrong_passwords);
  field(settings.password_rest);
}

}  // namespace blondel

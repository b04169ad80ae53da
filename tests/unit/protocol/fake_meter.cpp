#include "unit/protocol/fake_meter.hpp"

#include <algorithm>
#include <array>

namespace blondel {
namespace {

constexpr RegisterId fake_id(int n) {
  return static_cast<RegisterId>(n);
}

RegisterDef row(int index, std::string_view name, Unit unit, std::int8_t prefix, Resolution resolution,
                KmpData kmp) {
  RegisterDef definition;
  definition.id = fake_id(index);
  definition.name = name;
  definition.unit = unit;
  definition.prefix = prefix;
  definition.resolution = resolution;
  definition.kmp = kmp;
  return definition;
}

std::array<RegisterDef, 7> const& rows() {
  static std::array<RegisterDef, 7> const table{
      row(0, "active_energy_import", Unit::watt_hour, 3, by_digit_a, {1, 4}),
      row(1, "total_meter_number", Unit::none, 0, {}, {1010, 10}),
      row(2, "active_power", Unit::watt, 3, {-3, false}, {1023, 4}),
      row(3, "clock_stamp", Unit::rtc, 0, {}, {1047, 8}),
      row(4, "voltage_l1", Unit::volt, 0, {}, {1054, 2}),
      row(5, "type_text", Unit::text, 0, {}, {1126, 13}),
      row(6, "secret", Unit::none, 0, {}, {2000, 4}),
  };
  return table;
}

Reading octets_reading(Unit unit, std::vector<std::uint8_t> const& octets) {
  Reading reading;
  reading.kind = ReadingKind::octets;
  reading.unit = unit;
  std::copy(octets.begin(), octets.end(), reading.octet_data.begin());
  reading.octet_count = static_cast<std::uint8_t>(octets.size());
  return reading;
}

}  // namespace

MeterConfig fake_config() {
  MeterConfig config;
  config.configuration.a = 2;
  config.software_letter = 8;
  config.software_number = 1;
  return config;
}

RegisterDef const* find_by_kmp(std::uint16_t kmp_id) {
  auto const& table = rows();
  auto const found =
      std::find_if(table.begin(), table.end(), [&](auto const& r) { return r.kmp.id == kmp_id; });
  return found == table.end() ? nullptr : &*found;
}

/// Rows that the fake does not have are voltages.
RegisterDef const& definition(RegisterId id) {
  constexpr std::size_t voltage = 4;
  auto const index = static_cast<std::size_t>(id);
  return rows()[index < rows().size() ? index : voltage];
}

/// The fake's readings already stand at their row's resolution.
ScaledValue scale(Reading const& reading, RegisterDef const& definition, std::uint8_t decimals_a) {
  auto const exponent = definition.resolution.by_digit_a ? 1 - decimals_a : definition.resolution.exponent;
  return {reading.value, static_cast<std::int8_t>(exponent)};
}

Result<Reading> Access::read(RegisterRef ref, Level) const {
  if (state_->is_off) {
    return fail(ErrorCode::meter_off);
  }
  switch (static_cast<int>(ref.id)) {
    case 0:
      return Reading::number(Unit::watt_hour, 691);
    case 1:
      return octets_reading(Unit::none, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    case 2:
      return Reading::number(Unit::watt, -1234);
    case 3: {
      Reading reading;
      reading.kind = ReadingKind::stamp;
      reading.unit = Unit::rtc;
      reading.stamp = {{2014, 7, 27, 19, 35, 26}, 7, true, true, false};
      return reading;
    }
    case 4:
      return Reading::number(Unit::volt, 230);
    case 5:
      return octets_reading(Unit::text, {'6', '8', '5', '3', '5', 'C', 'C', '4', '5', '3', '0', '1', '0'});
    default:
      return fail(ErrorCode::forbidden);
  }
}

Result<void> Access::execute(Command const& command, Level) {
  if (state_->refuses_commands) {
    return fail(ErrorCode::forbidden);
  }
  state_->commands.push_back(command);
  return {};
}

Result<void> Access::write(RegisterId id, Reading const&, Level) {
  return fail(ErrorCode::forbidden, static_cast<std::int64_t>(id));
}

Result<Level> Access::level_of(std::uint16_t password) {
  return password == 0 ? Result<Level>{Level::operating} : fail(ErrorCode::forbidden);
}

LogInfo Access::log_info(LogId) const {
  return {};
}

Configuration const& Access::configuration() const {
  return config_->configuration;
}

std::uint32_t Access::serial_number() const {
  return 0x13243546;
}
std::uint16_t Access::type_code() const {
  return 0x7500;
}
std::uint32_t Access::event_status() const {
  return 0x01020304;
}

std::vector<std::uint8_t> octets_of(std::string const& hex) {
  std::vector<std::uint8_t> octets;
  std::string digits;
  for (auto const character : hex) {
    if (character == ' ' || character == '\n') {
      continue;
    }
    digits += character;
    if (digits.size() == 2) {
      octets.push_back(static_cast<std::uint8_t>(std::stoi(digits, nullptr, 16)));
      digits.clear();
    }
  }
  return octets;
}

}  // namespace blondel

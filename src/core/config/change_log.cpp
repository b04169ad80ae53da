#include "core/config/change_log.hpp"

#include <blondel/base/contract.hpp>
#include <blondel/base/crc.hpp>

#include "core/loggers/log_writer.hpp"
#include "core/registers/meter_view.hpp"

namespace blondel {
namespace {

/// @source device.md K7: 1202-1209 are taken for the display lists, inferred there
constexpr std::uint16_t display_number = 1202;

std::int64_t value_of(RegisterDef const& row, MeterView const& m) {
  auto const reading = row.read(m);
  return reading.kind == ReadingKind::octets ? std::int64_t{crc32c(reading.octets())}
                                             : scale(reading, row, m.state().configuration.a).value;
}

std::int64_t display_crc(MeterState const& s, MeterConfig const& config) {
  std::array<std::uint8_t, 256> octets{};
  ByteWriter out{octets};
  auto const put = [&out](auto value) { out.u16(static_cast<std::uint16_t>(value)); };
  visit_display_setup(put, display_setup(s.display, config));
  BLONDEL_EXPECTS(!out.failed());
  return crc32c(out.written());
}

}  // namespace

ConfigurationWatch::ConfigurationWatch(MeterState const& s, MeterConfig const& config)
    : display_before_{display_crc(s, config)},
      password_before_{s.settings.password} {
  auto const rows = configuration_rows();
  for (std::size_t n = 0; n < rows.size(); ++n) {
    before_[n] = value_of(definition(rows[n]), MeterView{s, config});
  }
}

Result<void> ConfigurationWatch::log_changes(MeterState& s, MeterConfig const& config, NvStore& nv) const {
  Result<void> logged;
  auto const log = [&](std::uint16_t number, std::int64_t from, std::int64_t to) {
    ++s.settings.change_count;
    s.nv_dirty = true;
    if (logged) {
      std::array const change{std::int64_t{number}, from, to};
      logged = append_event(s, config, nv, LogId::configuration, change);
    }
  };
  auto const rows = configuration_rows();
  for (std::size_t n = 0; n < rows.size(); ++n) {
    auto const& row = definition(rows[n]);
    auto const now = value_of(row, MeterView{s, config});
    if (now != before_[n]) {
      log(row.kmp.id, before_[n], now);
    }
  }
  if (s.settings.password != password_before_) {
    log(definition(RegisterId::password).kmp.id, 0, 0);
  }
  if (auto const display = display_crc(s, config); display != display_before_) {
    log(display_number, display_before_, display);
  }
  return logged;
}

}  // namespace blondel

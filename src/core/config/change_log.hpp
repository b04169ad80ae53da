#pragma once
/// The configuration-change log: what was changed in service, from what to what.

#include <array>
#include <cstdint>
#include <span>

#include <blondel/base/result.hpp>
#include <blondel/meter/nv_store.hpp>
#include <blondel/meter/register_def.hpp>

#include "core/meter/meter_state.hpp"
#include "core/nv/nv_layout.hpp"

namespace blondel {

/// Rows whose value is configuration: the five numbers, and what may be written and is no running value.
/// @return in the order of the catalogue
[[nodiscard]] std::span<RegisterId const> configuration_rows();
inline constexpr std::size_t configuration_rows_max = 56;

/// Looks at the configuration before a command, and after it logs what is no longer the same.
class ConfigurationWatch {
 public:
  ConfigurationWatch(MeterState const& s, MeterConfig const& config);

  /// A record for each register that has changed, by its KMP number: stamp, old and new value at the
  /// register's resolution. Of octets a CRC-32C stands for the value, of the password 0. Display lists have
  /// the number 1202, inferred. Counts each in register 222. @errors nv_io
  Result<void> log_changes(MeterState& s, MeterConfig const& config, NvStore& nv) const;

 private:
  std::array<std::int64_t, configuration_rows_max> before_{};
  std::int64_t display_before_;
  std::uint16_t password_before_;
};

/// Does something to the configuration, and logs what that changed, also when it was stopped half way.
/// @param nv none: it is not logged @errors those of `change`, nv_io
template<class Change>
Result<void> log_changes_of(MeterState& s, MeterConfig const& config, NvStore* nv, Change const& change) {
  if (nv == nullptr) {
    return change();
  }
  if (auto kept = keep_begun_pages(s, *nv); !kept) {
    return kept;
  }
  ConfigurationWatch const watch{s, config};
  auto const done = change();
  auto const logged = watch.log_changes(s, config, *nv);
  return done ? logged : done;
}

}  // namespace blondel

#include "core/energy/ct_ratio.hpp"

#include <array>

#include "core/loggers/log_writer.hpp"
#include "core/nv/nv_layout.hpp"

namespace blondel {
namespace {

constexpr std::uint16_t ratio_max = 600;

}  // namespace

Result<void> set_ct_ratio(MeterState& s, MeterConfig const& config, NvStore& nv, std::uint16_t ratio) {
  bool const is_open = (s.events.tamper & tamper_terminal_cover) != 0;
  if (s.configuration.t == ratio_locked || !is_open) {
    return fail(ErrorCode::forbidden);
  }
  auto const configuration = with_code(s.configuration, "SSS", ratio);
  if (ratio > ratio_max || !configuration) {
    return fail(ErrorCode::out_of_range, ratio);
  }
  if (ratio == s.ct_ratio) {
    return {};
  }
  std::array const previous{std::int64_t{s.ct_ratio}};
  s.ct_ratio_before = s.ct_ratio;
  s.ct_ratio = ratio;
  keep_primary_means(s.averages, s.ct_ratio_before, ratio);
  s.configuration = *configuration;
  auto const logged = append_event(s, config, nv, LogId::ct_ratio, previous);
  auto const saved = save(s, nv);
  return logged ? saved : logged;
}

}  // namespace blondel

#pragma once
/// What follows from a twin's configuration.

#include "protocol/kmp/kmp_machine.hpp"
#include "twin/factory.hpp"
#include "twin/twin.hpp"

namespace blondel {

/// What the meter knows of its own hardware follows from the front end's model.
[[nodiscard]] inline TwinConfig completed(TwinConfig config) {
  config.meter.nominal_calibration = nominal_calibration(config.front_end);
  config.meter.sample_rate_hz = static_cast<std::uint32_t>(config.front_end.adc[0].sample_rate_hz);
  config.wiring.aron = config.meter.type.phases == Phases::aron_50hz;
  return config;
}

/// How the optical port answers.
[[nodiscard]] inline KmpOptions optical_options(TwinConfig const& config) {
  KmpOptions options;
  options.reply_delay_min = config.optical_reply.min;
  options.reply_delay_max = config.optical_reply.max;
  options.reply_delay_stream = RandomStream{config.seed, config.index, "optical.reply_delay"};
  return options;
}

}  // namespace blondel

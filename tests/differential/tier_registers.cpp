/// Prints what a noisy meter's registers hold after the same events in every tier, for a comparison of
/// compilers.

#include <cstdio>
#include <memory>

#include <blondel/frontend/source.hpp>

#include "twin/ram_nv.hpp"
#include "twin/twin.hpp"

namespace {

using namespace blondel;

class Harmonics final : public Source {
 public:
  [[nodiscard]] OperatingPoint point_at(SimTime) override {
    OperatingPoint point;
    constexpr std::array<double, element_count> angle{0.0, -2.0943951023931953, 2.0943951023931953};
    for (std::size_t k = 0; k < element_count; ++k) {
      point.phase[k] = {Volts{228.0 + static_cast<double>(k)}, Radians{angle[k]}, Amps{3.0}, Radians{0.7}};
    }
    point.harmonic[0] = {.order = 5, .u_ratio = 0.03, .i_ratio = 0.2, .i_angle = Radians{0.4}};
    point.harmonic[1] = {.order = 7, .u_ratio = 0.02, .i_ratio = 0.1, .i_angle = Radians{-1.0}};
    return point;
  }
  [[nodiscard]] SimTime next_change(SimTime) const override { return SimTime::never(); }
};

TwinConfig meter_in(Tier tier, bool hybrid) {
  TwinConfig config;
  config.meter.type = *parse_type_number("68535CC423010", DataSheet::english);
  config.meter.configuration = *parse_configuration(
      {"11000162", "42301011", "00001100", "00000101", "00000111"}, config.meter.type, DataSheet::english);
  config.nameplate.production_time = {.year = 2026, .month = 1, .day = 5};
  config.tier = tier;
  if (hybrid) {
    config.hybrid_window = SimDuration::seconds(2);
  }
  for (std::size_t k = 0; k < element_count; ++k) {
    auto& adc = config.front_end.adc[k];
    adc.u_noise_v = 0.01;
    adc.i_noise_a = 0.2e-3;
    adc.sinc3 = true;
    config.front_end.crosstalk[k] = {1e-5, 3e-6, -3e-6};
    config.front_end.divider[k].per_v = 0.5e-6;
  }
  return config;
}

bool print(char const* name, Tier tier, bool hybrid) {
  Twin twin{meter_in(tier, hybrid), std::make_unique<Harmonics>(), std::make_unique<RamNv>()};
  if (!twin.start()) {
    return false;
  }
  twin.step(SimTime{10 * ns_per_s});
  twin.set_voltage(1, Volts{150.0});
  twin.step(SimTime{11 * ns_per_s});
  twin.set_voltage(1, Volts{230.0});
  twin.set_temperature(Celsius{-13.0});
  twin.set_frequency(Hertz{50.37});
  twin.step(SimTime{30 * ns_per_s});
  std::printf("%s %016llx", name, static_cast<unsigned long long>(twin.state_hash()));
  for (auto const id : {RegisterId::active_energy_import_secondary,
                        RegisterId::reactive_energy_import_secondary, RegisterId::apparent_energy_import}) {
    auto const reading = twin.access().read({id, 0}, Level::open);
    std::printf(" %lld", reading ? static_cast<long long>(reading->value) : -1);
  }
  std::printf(" %lld\n", static_cast<long long>(twin.balance().increments_uj));
  return true;
}

}  // namespace

int main() {
  bool const good = print("waveform", Tier::waveform, false) && print("phasor", Tier::phasor, false) &&
                    print("interval", Tier::interval, false) && print("hybrid", Tier::phasor, true);
  return good ? 0 : 1;
}

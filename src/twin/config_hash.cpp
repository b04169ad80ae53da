#include "twin/config_hash.hpp"

#include <blondel/base/crc.hpp>
#include <blondel/base/state_fields.hpp>

#include "core/meter/meter_fields.hpp"

namespace blondel {
namespace {

void add(StateWriter& field, TariffTable const& table) {
  field(table.code);
  field(table.is_normal_time);
  field(table.season_count);
  field(table.day_type_count);
  field(table.special_day_count);
  for (auto const& season : table.season) {
    field(season.month);
    field(season.day);
    field(season.day_type);
  }
  for (auto const& day : table.day_type) {
    field(day.count);
    for (auto const& at : day.at) {
      field(at.minute);
      field(at.tariff);
    }
  }
  for (auto const& day : table.special_day) {
    field(day.year);
    field(day.month);
    field(day.day);
    field(day.day_type);
  }
}

void add(StateWriter& field, MeterConfig const& meter) {
  field(meter.type.text);
  field(meter.configuration.numbers);
  field(meter.data_sheet);
  field(meter.phase_sum);
  field(meter.apparent_sum);
  field(meter.no_load_threshold_mw);
  field(meter.sample_rate_hz);
  field(meter.quadrature);
  field(meter.has_high_pass);
  for (auto const& calibration : meter.nominal_calibration) {
    visit_calibration(field, calibration);
  }
  for (auto const& load : meter.load_control.load) {
    field(load.mode);
    field(load.tariffs);
  }
  field(meter.load_control.delay_s);
  field(meter.load_control.working_days);
  field(meter.pulse_weight_milli);
  add(field, meter.tariff_table);
  field(meter.software_letter);
  field(meter.software_number);
  visit_display_list(field, meter.display.automatic);
  visit_display_list(field, meter.display.manual);
  visit_display_list(field, meter.display.backup);
  field(meter.display.leading_zeroes);
}

void add(StateWriter& field, CtModel const& ct) {
  for (auto const number :
       {ct.turns, ct.turns_correction, ct.core_area_m2, ct.core_length_m, ct.initial_permeability,
        ct.low_field_rise, ct.low_field_b_t, ct.saturation_b_t, ct.permeability_per_k, ct.winding_per_k,
        ct.burden_per_k, ct.winding.value(), ct.burden.value(), ct.loss.value()}) {
    field(number);
  }
  field(ct.saturation_exponent);
  field(ct.loss_follows_permeability);
  field(ct.present);
  auto const& core = ct.hysteresis;
  field(core.present);
  for (auto const number : {core.saturation_a_per_m, core.shape_a_per_m, core.pinning_a_per_m,
                            core.reversibility, core.coupling}) {
    field(number);
  }
}

void add(StateWriter& field, AdcModel const& adc) {
  for (auto const number :
       {adc.sample_rate_hz, adc.clock_error, adc.clock_per_k2, adc.u_full_scale_v, adc.i_full_scale_a,
        adc.u_filter_tau_s, adc.i_filter_tau_s, adc.u_noise_v, adc.i_noise_a, adc.u_offset_v, adc.i_offset_a,
        adc.reference_per_k, adc.reference_per_k2}) {
    field(number);
  }
  field(adc.sinc3);
  field(adc.bits);
  field(adc.quantise);
}

void add(StateWriter& field, FrontEndModel const& model) {
  add(field, model.external_ct);
  for (std::size_t k = 0; k < element_count; ++k) {
    add(field, model.internal_ct[k]);
    auto const& divider = model.divider[k];
    auto const& transformer = model.voltage_transformer[k];
    field(transformer.present);
    field(transformer.saturation_exponent);
    for (auto const number :
         {divider.ratio, divider.ratio_error, divider.per_k, divider.per_v, transformer.primary.value(),
          transformer.primary_per_k, transformer.inductance_h, transformer.low_field_rise,
          transformer.low_field_wb, transformer.saturation_wb, transformer.loss.value()}) {
      field(number);
    }
    add(field, model.adc[k]);
  }
  field(model.crosstalk);
  for (auto const number : {model.rtc_crystal.error_at_23c, model.rtc_crystal.turnover_c,
                            model.rtc_crystal.per_k2, model.terminal_burden.value()}) {
    field(number);
  }
}

}  // namespace

std::uint64_t config_hash(TwinConfig const& config) {
  StateWriter field;
  add(field, config.meter);
  field(config.nameplate.serial_number);
  field(config.nameplate.meter_numbers);
  auto const& start = config.nameplate.production_time;
  field(start.year);
  for (auto const part : {start.month, start.day, start.hour, start.minute, start.second}) {
    field(part);
  }
  add(field, config.front_end);
  field(config.wiring);
  field(config.ct_ratio);
  field(config.tier);
  field(config.hybrid_window);
  field(config.seed);
  field(config.index);
  return fnv1a(field.take());
}

}  // namespace blondel

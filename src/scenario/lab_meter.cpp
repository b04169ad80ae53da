#include <scenario/lab_meter.hpp>

#include <scenario/load_parts.hpp>

#include <array>
#include <string_view>

namespace blondel {

std::string meter_text(LabIdentity const& identity) {
  return identity.type_number + ", model " + identity.model;
}

std::string making_text(LabIdentity const& identity) {
  return std::string{identity.data_sheet == DataSheet::english ? "English" : "Russian"} +
         " data sheet, blondel " + identity.version + ", seed " + std::to_string(identity.seed) +
         (identity.ideal_bench ? ", ideal bench" : "");
}

ScenarioResult<LabMeter> lab_meter(std::filesystem::path const& models, std::string const& type_number,
                                   DataSheet data_sheet, std::uint64_t seed) {
  auto const refused = [&](int number, Error const& error) {
    if (error.code == ErrorCode::bad_length) {
      return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid,
                                          type_number +
                                              ": has the wrong count of digits; allowed: 13 characters "
                                              "beside dashes and spaces"}};
    }
    auto const rule = digit_rule(number, static_cast<int>(error.detail % 100));
    return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid,
                                        type_number + ": " + std::string{rule.letters} +
                                            " is not allowed; allowed: " + std::string{rule.allowed}}};
  };
  auto const type = parse_type_number(type_number, data_sheet);
  if (!type) {
    return refused(0, type.error());
  }
  // 7.1 decimals, no module, four-quadrant display, ratio 5/5: what acts here is the ratio only.
  constexpr std::array<std::string_view, 5> numbers{"11000162", "42301011", "00001100", "00000101",
                                                    "00000111"};
  auto const configuration = parse_configuration(numbers, *type, data_sheet);
  if (!configuration) {
    return refused(static_cast<int>(configuration.error().detail / 100), configuration.error());
  }
  std::string const plain{type->text.begin(), type->text.end()};
  auto const model = find_meter_model(models, plain, data_sheet);
  if (!model) {
    return tl::unexpected{model.error()};
  }
  LabMeter meter;
  auto& config = meter.twin;
  config.meter.type = *type;
  config.meter.data_sheet = data_sheet;
  config.meter.configuration = *configuration;
  apply_model(config.meter, *model);
  config.front_end = model->front_end;
  config.nameplate.serial_number = 35'100'001;
  config.nameplate.production_time = {.year = 2026, .month = 1, .day = 5};
  config.seed = seed;
  meter.lot = model->lot;
  meter.lot_fault = model->lot_fault;
  meter.identity.type_number = plain;
  meter.identity.model = model->name;
  meter.identity.data_sheet = data_sheet;
  meter.identity.seed = seed;
  return meter;
}

}  // namespace blondel

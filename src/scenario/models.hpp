#pragma once
/// Models from the models folder: meters found by type number, external current transformers by name.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <blondel/frontend/front_end_model.hpp>
#include <blondel/frontend/lot.hpp>
#include <blondel/meter/config.hpp>
#include <blondel/meter/display_setup.hpp>
#include <blondel/scenario/scenario.hpp>
#include <scenario/document.hpp>

namespace blondel {

/// A kind of meter. Its front end lacks the external transformer.
struct MeterModel {
  std::string name;
  DataSheet data_sheet{};
  FrontEndModel front_end;
  std::uint32_t no_load_threshold_mw{};
  PhaseSum phase_sum{};
  ApparentSum apparent_sum{};
  std::string software;                    ///< "H1"
  std::optional<LotSpread> lot;            ///< how meters of this kind differ
  std::optional<ScenarioError> lot_fault;  ///< why no meter can be drawn from it
  std::vector<std::string> warnings;       ///< other files of the folder that cannot be used, and why
};

/// An external transformer with its burden.
struct ExternalCt {
  std::string name;
  int primary_a{};  ///< 0: a model for any ratio, until set_rating
  int secondary_a{};
  double secondary_turns{};    ///< of a model for any ratio
  std::string accuracy_class;  ///< "0.2S"; empty when the model states none
  double rated_burden_va{};    ///< 0 when the model states none
  double class_from_share{};   ///< of the rated burden, from where on the class holds
  CtModel model;
};

/// Gives a model for any ratio its rated primary current. Seen from the secondary nothing changes: core,
/// secondary turns and rated ampere-turns stay, the primary gets turns in proportion.
void set_rating(ExternalCt& ct, int primary_a);

/// The one model in `models`/meter of a data sheet whose patterns match.
/// @param type_number 13 characters @param data_sheet edition; the English one is the scenario's default too
/// A file there that is wrong does not stand in the way of the others.
/// @errors invalid when none or several match (the message lists what exists and what cannot be used), or the
///         one that matches is wrong; when the folder cannot be read (the message says --models)
/// @cost reads every file of the folder
[[nodiscard]] ScenarioResult<MeterModel> find_meter_model(std::filesystem::path const& models,
                                                          std::string const& type_number,
                                                          DataSheet data_sheet = DataSheet::english);

/// The model `models`/ct/`name`.json. @errors as above
[[nodiscard]] ScenarioResult<ExternalCt> find_external_ct(std::filesystem::path const& models,
                                                          std::string const& name);

/// Display lists as digits FFF name them.
struct DisplayModel {
  std::string name;  ///< "fff_423"
  DisplaySetup setup;
};

/// Reads one display model file. @errors as Document::load; a display's rules, as load_display
[[nodiscard]] ScenarioResult<DisplayModel> load_display_model(std::filesystem::path const& file);

/// The folder of models that a file of one kind lies in: two levels up.
[[nodiscard]] inline std::filesystem::path models_of(std::filesystem::path const& file) {
  return std::filesystem::absolute(file).lexically_normal().parent_path().parent_path();
}

/// The model files below a models folder, `meter`, `ct`, `display`, `tariff`, `calendar`, `nameplate`, each
/// by name.
/// @errors invalid when none of the first three can be read
[[nodiscard]] ScenarioResult<std::vector<std::filesystem::path>> model_files(
    std::filesystem::path const& models);

/// Reads one meter model file. @errors as Document::load
[[nodiscard]] ScenarioResult<MeterModel> load_meter_model(std::filesystem::path const& file);

}  // namespace blondel

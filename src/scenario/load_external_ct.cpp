#include <scenario/load_parts.hpp>

#include <scenario/models.hpp>
#include <scenario/texts.hpp>

namespace blondel {
namespace {

ScenarioResult<void> load_rating(ExternalCt& ct, Node const& node) {
  auto const primary = node.find("primary_a");
  if (ct.primary_a != 0) {
    return primary ? primary->refuse("stands beside a model of " + std::to_string(ct.primary_a) + "/" +
                                     std::to_string(ct.secondary_a) +
                                     " A; allowed: with a model for any ratio only")
                   : ScenarioResult<void>{};
  }
  if (!primary) {
    return node.refuse("the model is for any ratio and primary_a is missing; allowed: {\"model\": \"" +
                       ct.name + "\", \"primary_a\": 5 to 3000}");
  }
  set_rating(ct, static_cast<int>(primary->integer()));
  return {};
}

/// The meter's own consumption is part of what is connected; the front end adds it to the burden.
ScenarioResult<void> load_burden(ExternalCt& ct, Node const& node, Ohms own) {
  auto const burden = node.find("burden_va");
  if (!burden) {
    return {};
  }
  double const square_a2 = static_cast<double>(ct.secondary_a) * ct.secondary_a;
  double const own_va = own.value() * square_a2;
  if (burden->number() < own_va) {
    return burden->refuse("is below what the meter's current circuit takes itself; allowed: from " +
                          plain_number(own_va));
  }
  ct.model.burden = Ohms{(burden->number() - own_va) / square_a2};
  return {};
}

void warn_of_burden(Scenario& scenario, ExternalCt const& ct, Ohms own) {
  if (ct.accuracy_class.empty() || ct.rated_burden_va == 0) {
    return;
  }
  double const va = (ct.model.burden.value() + own.value()) * ct.secondary_a * ct.secondary_a;
  double const share = va / ct.rated_burden_va;
  // A thousandth of grace: the meter's own share is known to two digits.
  if (share < ct.class_from_share * 0.999 || share > 1.001) {
    scenario.warnings.push_back("the transformer carries " + plain_number(va) + " VA; its class " +
                                ct.accuracy_class + " holds from " +
                                plain_number(ct.class_from_share * ct.rated_burden_va) + " to " +
                                plain_number(ct.rated_burden_va) + " VA");
  }
}

}  // namespace

ScenarioResult<ExternalCt> load_external_ct(Scenario& scenario, Node const& node,
                                            std::filesystem::path const& models, Ohms own) {
  bool const has_parts = node.has("model");
  auto const name = has_parts ? node.at("model") : node;
  auto ct = find_external_ct(models, name.text());
  if (!ct) {
    return missing_model(name, models / "ct", ct.error());
  }
  if (ct->model.hysteresis.present && scenario.twin.tier != Tier::waveform) {
    return name.refuse(
        "its core has hysteresis, which only the waveform tier follows; allowed: \"tier\": \"waveform\"");
  }
  if (auto loaded = load_rating(*ct, node); !loaded) {
    return tl::unexpected{loaded.error()};
  }
  if (auto loaded = load_burden(*ct, node, own); !loaded) {
    return tl::unexpected{loaded.error()};
  }
  warn_of_burden(scenario, *ct, own);
  scenario.ct_text = std::to_string(ct->primary_a) + "/" + std::to_string(ct->secondary_a) + " A, model " +
                     ct->name + (ct->accuracy_class.empty() ? "" : ", class " + ct->accuracy_class);
  if (auto const burden = node.find("burden_va")) {
    scenario.ct_text += ", burden " + plain_number(burden->number()) + " VA";
  }
  return ct;
}

}  // namespace blondel

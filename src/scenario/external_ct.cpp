#include <scenario/model_nodes.hpp>

#include <scenario/models.hpp>

#include <optional>
#include <string>

namespace blondel {
namespace {

/// A primary of several turns, as the equivalent core under a single turn: the model knows the ratio only.
/// Inductance mu (p r)^2 A / l and flux linkage p r A B of p primary turns and ratio r stay what they are
/// when the area grows by p and the path shrinks by p. @source magnetic circuit of a ring core
void wind_primary(CtModel& ct, double primary_turns) {
  ct.core_area_m2 *= primary_turns;
  ct.core_length_m /= primary_turns;
}

/// A model is of one ratio or for any: what no schema in use here can say.
std::optional<ScenarioError> unclear_ratio(Node const& root) {
  bool const is_any = root.has("secondary_turns");
  for (auto const* const key : {"primary_a", "primary_turns"}) {
    if (root.has(key) == is_any) {
      return root
          .refuse(is_any ? "has secondary_turns beside " + std::string{key} +
                               "; allowed: secondary_turns alone, or primary_a and primary_turns"
                         : "lacks " + std::string{key} +
                               "; allowed: primary_a and primary_turns, or secondary_turns alone")
          .value();
    }
  }
  return std::nullopt;
}

/// @source IEC 61869-2: 25 to 100 % of the rated burden, classes 3 and 5 50 to 100 %
double share_of_class(std::string const& accuracy_class) {
  return accuracy_class == "3" || accuracy_class == "5" ? 0.5 : 0.25;
}

}  // namespace

ScenarioResult<ExternalCt> external_ct_of(Node const& root) {
  if (auto fault = unclear_ratio(root)) {
    return tl::unexpected{*fault};
  }
  if (auto fault = unstable_hysteresis(root)) {
    return tl::unexpected{*fault};
  }
  ExternalCt ct;
  ct.name = root.at("name").text();
  ct.secondary_a = static_cast<int>(root.at("secondary_a").integer());
  ct.model = core_and_winding(root, 0);
  if (auto const follows = root.find("loss_follows_permeability")) {
    ct.model.loss_follows_permeability = follows->at("value").boolean();
  }
  if (auto const accuracy = root.find("accuracy_class")) {
    ct.accuracy_class = accuracy->at("value").text();
    ct.class_from_share = share_of_class(ct.accuracy_class);
  }
  if (root.has("rated_burden_va")) {
    ct.rated_burden_va = parameter(root, "rated_burden_va");
  }
  if (root.has("secondary_turns")) {
    ct.secondary_turns = parameter(root, "secondary_turns");
  } else {
    ct.primary_a = static_cast<int>(root.at("primary_a").integer());
    ct.model.turns = static_cast<double>(ct.primary_a) / ct.secondary_a;
    wind_primary(ct.model, root.at("primary_turns").number());
  }
  return ct;
}

void set_rating(ExternalCt& ct, int primary_a) {
  ct.primary_a = primary_a;
  ct.model.turns = static_cast<double>(primary_a) / ct.secondary_a;
  wind_primary(ct.model, ct.secondary_turns / ct.model.turns);
}

}  // namespace blondel

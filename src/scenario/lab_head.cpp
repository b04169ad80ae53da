#include <scenario/lab_head.hpp>

#include <nlohmann/json.hpp>

#include <utility>

namespace blondel {
namespace {

std::string progress_text(LabHead const& head) {
  return "interrupted: " + std::to_string(head.done) + " of " + std::to_string(head.planned) + " " +
         head.unit;
}

nlohmann::ordered_json meter_json(LabIdentity const& identity) {
  return {{"type_number", identity.type_number}, {"model", identity.model}};
}

}  // namespace

std::string run_text(LabHead const& head) {
  std::string text;
  for (auto const& identity : head.meters) {
    text += meter_text(identity) + (head.meters.size() == 1 ? ", " : "; ");
  }
  text += making_text(head.meters.front());
  return head.is_interrupted() ? text + ", " + progress_text(head) : text;
}

std::string interruption_text(LabHead const& head) {
  return head.is_interrupted() ? progress_text(head) + ", no verdict" : "";
}

std::string csv_text(LabHead const& head, DataTable table) {
  auto const run = run_text(head);
  for (auto& row : table.rows) {
    row.resize(table.columns.size());
    row.emplace_back(run);
  }
  table.columns.emplace_back("run");
  return csv_text(table);
}

std::string json_text(LabHead const& head, std::string const& key, nlohmann::ordered_json const& rows) {
  auto const& first = head.meters.front();
  nlohmann::ordered_json out;
  out["version"] = first.version;
  if (head.meters.size() == 1) {
    out.update(meter_json(first));
  } else {
    for (auto const& identity : head.meters) {
      out["meters"].push_back(meter_json(identity));
    }
  }
  out["data_sheet"] = first.data_sheet == DataSheet::english ? "en" : "ru";
  out["seed"] = first.seed;
  out["ideal_bench"] = first.ideal_bench;
  out["interrupted"] = head.is_interrupted();
  out[head.unit + "_done"] = head.done;
  out[head.unit + "_planned"] = head.planned;
  auto const verdict = head.verdict();
  out["verdict"] = verdict ? nlohmann::ordered_json(*verdict ? "pass" : "fail") : nullptr;
  out[key] = rows;
  return json_text(out);
}

HtmlReport begin_report(LabHead const& head, std::string title) {
  HtmlReport report{.title = std::move(title), .subtitle = run_text(head), .blocks = {}};
  if (head.is_interrupted()) {
    report.blocks.emplace_back(HtmlNotice{"This is not the whole: " + interruption_text(head) + "."});
  }
  return report;
}

}  // namespace blondel

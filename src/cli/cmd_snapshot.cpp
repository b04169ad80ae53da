#include <blondel/scenario/scenario.hpp>
#include <report/summary.hpp>

#include <memory>

#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "scenario/local_time.hpp"

namespace blondel {

namespace {

struct SnapshotArguments {
  std::string file;
  bool json{};
};

nlohmann::ordered_json to_json(SnapshotInfo const& info) {
  nlohmann::ordered_json out;
  out["format"] = info.format;
  out["program"] = info.program;
  out["scenario"] = info.scenario;
  out["document_fnv1a"] = hex64(info.document_fnv1a);
  out["seed"] = info.seed;
  out["meter"] = info.serial_number;
  out["tier"] = info.tier;
  out["tier_now"] = info.tier_now.empty() ? nlohmann::ordered_json{} : nlohmann::ordered_json{info.tier_now};
  out["simulated_s"] = static_cast<double>(info.now.ns()) / ns_per_s;
  out["time_utc"] = iso_utc(info.utc_start, info.now);
  out["state_hash"] = hex64(info.state_hash);
  out["config_hash"] = hex64(info.config_hash);
  out["octets"] = info.size;
  for (auto const& [name, size] : info.parts) {
    out["parts"][name] = size;
  }
  out["whole"] = true;
  return out;
}

std::string lines_of(SnapshotInfo const& info) {
  auto const seconds = std::to_string(info.now.ns() / ns_per_s) + " s";
  std::string text = "scenario " + info.scenario + ", seed " + std::to_string(info.seed) + ", fnv1a " +
                     hex64(info.document_fnv1a) + '\n';
  text += "meter " + std::to_string(info.serial_number) + ", tier " + info.tier +
          (info.tier_now.empty() ? ", without supply" : ", now " + info.tier_now) + '\n';
  text += "saved at " + iso_utc(info.utc_start, info.now) + ", after " + seconds + '\n';
  text += "state " + hex64(info.state_hash) + ", configuration " + hex64(info.config_hash) + '\n';
  text += "blondel " + info.program + ", format " + std::to_string(info.format) + ", " +
          std::to_string(info.size) + " octets, whole\n";
  for (auto const& [name, size] : info.parts) {
    text += "  " + name + " " + std::to_string(size) + '\n';
  }
  return text;
}

int show(SnapshotArguments const& arguments) {
  auto const info = snapshot_info(arguments.file);
  if (!info) {
    return complain(info.error());
  }
  put(arguments.json
          ? to_json(*info).dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + '\n'
          : lines_of(*info));
  return to_int(ExitCode::ok);
}

}  // namespace

Subcommand add_snapshot(CLI::App& program) {
  auto const arguments = std::make_shared<SnapshotArguments>();
  auto* app = add_subcommand(program, "snapshot", "Look at a saved run",
                             "blondel snapshot info results/noon.snapshot");
  app->require_subcommand(1);
  auto* info = add_subcommand(*app, "info", "What a snapshot holds, and whether it is whole",
                              "blondel snapshot info results/noon.snapshot --json");
  info->add_option("FILE", arguments->file, "Written by blondel run --snapshot")->required();
  info->add_flag("--json", arguments->json, "The same as JSON");
  return {app, [arguments] { return show(*arguments); }};
}

}  // namespace blondel

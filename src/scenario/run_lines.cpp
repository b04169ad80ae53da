#include <scenario/run_lines.hpp>

#include <scenario/run_tiers.hpp>
#include <scenario/texts.hpp>

#include <algorithm>

namespace blondel {

TranscriptLines head_lines(Scenario const& scenario, std::vector<std::string> const& warnings) {
  auto const& meter = scenario.twin.meter;
  std::string configuration;
  for (auto const number : meter.configuration.numbers) {
    auto const digits = std::to_string(number);
    configuration += (configuration.empty() ? "" : " ") +
                     std::string(8 - std::min<std::size_t>(8, digits.size()), '0') + digits;
  }
  TranscriptLines lines{{"type", std::string{meter.type.text.begin(), meter.type.text.end()}},
                        {"configuration", configuration},
                        {"external_ct", scenario.ct_text},
                        {"tier", tier_text(scenario.twin.tier) + hybrid_text(scenario.twin.hybrid_window)}};
  if (!scenario.connection_text.empty()) {
    lines.emplace_back("connection", scenario.connection_text);
  }
  if (scenario.source.profile) {
    for (auto const& sum : scenario.source.profile->sums) {
      lines.emplace_back("load_profile", sum);
    }
  }
  for (auto const& warning : warnings) {
    lines.emplace_back("warning", warning);
  }
  return lines;
}

TranscriptLines register_lines(Scenario const& scenario, Twin& twin) {
  TranscriptLines lines;
  for (auto const& request : scenario.transcript.registers) {
    auto const reading = twin.access().read({request.row->id, 0}, Level::open);
    lines.emplace_back(request.name, reading ? shown_with_unit(*reading, *request.row, request.unit,
                                                               scenario.twin.meter.configuration.a)
                                             : std::string{name_of(reading.error().code)});
  }
  return lines;
}

TranscriptLines closing_lines(bool interrupted, std::optional<std::string> const& fault,
                              SummarySheet const& sheet) {
  TranscriptLines lines;
  if (interrupted) {
    lines.emplace_back("interrupted", "");
  }
  if (fault) {
    lines.emplace_back("fault", *fault);
  }
  for (auto const& text : balance_lines(sheet.balance)) {
    lines.emplace_back("energy", text);
  }
  for (auto const& line : sheet.expectations) {
    lines.emplace_back(line.passed ? "pass" : "fail",
                       line.what + ": expected " + line.expected + ", found " + line.found);
  }
  return lines;
}

bool RunSummary::passed() const {
  return std::all_of(expectations.begin(), expectations.end(),
                     [](auto const& outcome) { return outcome.passed; });
}

}  // namespace blondel

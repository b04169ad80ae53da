#include <scenario/expect.hpp>

#include <scenario/texts.hpp>

namespace blondel {
namespace {

std::string with_unit(std::string const& text, std::string_view unit) {
  return text + (unit.empty() ? "" : " " + std::string{unit});
}

ExpectationOutcome unjudged(Expectation const& expectation) {
  ExpectationOutcome outcome;
  outcome.what = expectation_name(expectation);
  auto const unit = expectation.request.unit;
  outcome.expected =
      expectation.text
          ? "\"" + *expectation.text + "\""
          : with_unit(plain_number(static_cast<double>(expectation.value_micro) * 1e-6), unit) + " +- " +
                with_unit(plain_number(static_cast<double>(expectation.tolerance_micro) * 1e-6), unit);
  return outcome;
}

}  // namespace

std::string expectation_name(Expectation const& expectation) {
  return expectation.request.name + " at " +
         (expectation.at ? plain_number(static_cast<double>(expectation.at->ns()) / ns_per_s) + " s" : "end");
}

ExpectationOutcome judge(Expectation const& expectation, Twin& twin) {
  auto outcome = unjudged(expectation);
  auto const& row = *expectation.request.row;
  auto const reading = twin.access().read({row.id, 0}, Level::open);
  if (!reading) {
    outcome.found = name_of(reading.error().code);
    return outcome;
  }
  auto const text = exact_text(*reading, row);
  if (expectation.text) {
    outcome.found = "\"" + text + "\"";
    outcome.passed = text == *expectation.text;
    return outcome;
  }
  outcome.found = with_unit(text, expectation.request.unit);
  auto const difference = micro_of(*reading, row) - expectation.value_micro;
  outcome.passed = difference <= expectation.tolerance_micro && -difference <= expectation.tolerance_micro;
  return outcome;
}

ExpectationOutcome never_reached(Expectation const& expectation) {
  auto outcome = unjudged(expectation);
  outcome.found = "never reached";
  return outcome;
}

}  // namespace blondel

/// Prints the type test of a type number as JSON lines, or docs/type-test.md.
/// usage: print_plan TYPE | print_plan --markdown
#include <cstdio>
#include <string>

#include <blondel/meter/config.hpp>

#include "unit/lab/plan_text.hpp"

using blondel::TestKind;
using blondel::TestLoad;
using blondel::TestPlan;
using blondel::TestPoint;
using blondel::TestQuantity;

namespace {

struct Documented {
  char const* heading;
  char const* type;
};
constexpr Documented documented[] = {
    {"Class B, four wires", "68535BC453010"},         {"Class C, four wires", "68535CC453010"},
    {"Class 1, four wires", "685351C453010"},         {"Class 0.5, four wires", "685355C453010"},
    {"Class C, three wires (Aron)", "68525CC453010"},
};

bool plan_of(char const* text, TestPlan& plan) {
  auto const type = blondel::parse_type_number(text, blondel::DataSheet::english);
  if (!type) {
    std::fprintf(stderr, "print_plan: '%s' is no type number such as 685-35-CC4-53-010\n", text);
    return false;
  }
  plan = blondel::type_test_plan(*type);
  return true;
}

std::string quoted(std::string const& text) {
  return '"' + text + '"';
}

class JsonLine {
 public:
  void text(char const* key, std::string const& value) { field(key, quoted(value)); }
  void number(char const* key, double value) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.17g", value);
    field(key, digits);
  }
  void flag(char const* key, bool value) { field(key, value ? "true" : "false"); }
  void print() const { std::printf("{%s}\n", body_.c_str()); }

 private:
  void field(char const* key, std::string const& value) {
    body_ += (body_.empty() ? "" : ", ") + quoted(key) + ": " + value;
  }
  std::string body_;
};

void print(TestPoint const& point) {
  JsonLine line;
  line.text("standard", point.standard);
  line.text("clause", point.clause);
  line.text("note", point.note);
  line.text("kind", plan_text::word(point.kind));
  line.text("quantity", plan_text::word(point.quantity));
  line.text("load", plan_text::word(point.load));
  line.number("current_a", point.current_a);
  line.number("factor", point.factor);
  line.flag("capacitive", point.capacitive);
  line.number("u_ratio", point.u_ratio);
  line.number("f_ratio", point.f_ratio);
  line.number("temperature_c", point.temperature_c);
  line.number("other_temperature_c", point.other_temperature_c);
  line.flag("reversed_sequence", point.reversed_sequence);
  line.number("u5_ratio", point.u5_ratio);
  line.number("i5_ratio", point.i5_ratio);
  line.text("shape", plan_text::word(point.shape));
  line.number("lost_phases", point.lost_phases);
  line.number("overcurrent_a", point.overcurrent_a);
  line.number("duration_s", point.duration_s);
  line.number("interruptions", point.interruptions);
  line.number("gap_s", point.gap_s);
  line.number("limit", point.limit);
  line.text("grade", std::string(1, static_cast<char>(point.grade)));
  line.text("not_applicable", point.not_applicable);
  line.print();
}

int print_lines(char const* type) {
  TestPlan plan;
  if (!plan_of(type, plan)) {
    return 2;
  }
  for (auto const& point : plan.points) {
    print(point);
  }
  for (auto const& left : plan.left_out) {
    JsonLine line;
    line.text("left_out", left);
    line.print();
  }
  return 0;
}

int print_markdown() {
  auto text = plan_text::preamble();
  for (auto const& entry : documented) {
    TestPlan plan;
    if (!plan_of(entry.type, plan)) {
      return 2;
    }
    auto const table = plan_text::markdown(plan);
    if (table.empty()) {
      std::fprintf(stderr, "print_plan: %s: a line of the table is no product of its columns\n", entry.type);
      return 1;
    }
    text += "\n## ";
    text += entry.heading;
    text += "\n\nType number " + std::string{entry.type} + ": " + table;
  }
  std::fputs(text.c_str(), stdout);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: print_plan TYPE | print_plan --markdown\n", stderr);
    return 2;
  }
  return std::string{arguments[1]} == "--markdown" ? print_markdown() : print_lines(arguments[1]);
}

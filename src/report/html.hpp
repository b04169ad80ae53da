#pragma once
/// A report that a person reads: one HTML file with its charts inside.

#include <report/chart.hpp>
#include <report/histogram.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace blondel {

/// Recorded: measured and shown, but no limit applies. Not applicable: the test does not apply to the thing.
enum class Verdict { pass, fail, recorded, not_applicable };

struct HtmlHeading {
  std::string text;
  bool minor{};  ///< below another heading
};

struct HtmlParagraph {
  std::string text;
};

/// What a reader must know before anything else.
struct HtmlNotice {
  std::string text;
};

/// What was tested and under which conditions, as pairs.
struct HtmlKeyValues {
  std::vector<std::pair<std::string, std::string>> rows;
};

struct HtmlColumn {
  std::string name;
  bool numbers{};  ///< set to the right, so that their decimals stand below each other
};

/// A text, a verdict in words and colour, or a verdict followed by a text.
struct HtmlCell {
  std::string text;
  std::optional<Verdict> verdict{};
};

struct HtmlTable {
  std::string caption;
  std::vector<HtmlColumn> columns;
  std::vector<std::vector<HtmlCell>> rows;
};

struct HtmlFigure {
  std::variant<Chart, Histogram> drawing;
  std::string caption;
};

using HtmlBlock = std::variant<HtmlHeading, HtmlParagraph, HtmlNotice, HtmlKeyValues, HtmlTable, HtmlFigure>;

struct HtmlReport {
  std::string title;
  std::string subtitle;  ///< where it comes from: version, scenario, seed
  std::vector<HtmlBlock> blocks;
};

/// The report as one HTML document that is also well-formed XML. It has no scripts, refers to nothing outside
/// and forbids the browser to fetch anything; it follows the reader's light or dark setting and prints light.
/// @cost allocates; the same report gives the same octets
[[nodiscard]] std::string to_html(HtmlReport const& report);

}  // namespace blondel

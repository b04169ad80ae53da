#include <report/html.hpp>
#include <report/markup.hpp>

#include <initializer_list>
#include <string_view>

namespace blondel {
namespace {

constexpr std::string_view head =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
    "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
    "<meta http-equiv=\"Content-Security-Policy\" "
    "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n";

constexpr std::string_view style = R"(<style>
:root { --paper: #ffffff; --ink: #222222; --muted: #555555; --rule: #cccccc; --shade: #f4f4f4;
  --pass: #1a6e2e; --fail: #b00020; --fail-paper: #fde7ea; }
body { background: var(--paper); color: var(--ink); font: 15px/1.5 Arial, Helvetica, sans-serif;
  max-width: 860px; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.6em; margin-bottom: 0.1em; }
h2 { font-size: 1.25em; margin-top: 2em; border-bottom: 1px solid var(--rule); }
h3 { font-size: 1.05em; margin-top: 1.5em; }
.origin, caption, figcaption { color: var(--muted); }
.origin { margin-top: 0; overflow-wrap: anywhere; }
p { white-space: pre-line; }
.wide { overflow-x: auto; margin: 1em 0; }
table { border-collapse: collapse; font-size: 0.93em; }
caption { text-align: left; padding-bottom: 0.3em; }
th, td { text-align: left; vertical-align: top; padding: 0.25em 0.8em; border-bottom: 1px solid var(--rule); }
thead th { background: var(--shade); border-bottom: 2px solid var(--rule); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.pass { color: var(--pass); font-weight: bold; }
.fail { color: var(--fail); font-weight: bold; background: var(--fail-paper); padding: 0 0.35em; }
.recorded { color: var(--muted); }
figure { margin: 1.2em 0; }
figure svg { max-width: 100%; height: auto; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #16181c; --ink: #e4e4e4; --muted: #a8a8a8; --rule: #44474d; --shade: #22252a;
    --pass: #6fcf87; --fail: #ff8a97; --fail-paper: #46202a; }
  .b-paper { fill: #16181c; } .b-ink { fill: #e4e4e4; } .b-muted { fill: #a8a8a8; }
  .b-ink-line { stroke: #b8b8b8; } .b-grid { stroke: #363a40; } .b-zero { stroke: #7d8188; }
  .b-mark { stroke: #9a9a9a; }
  .b-l0 { stroke: #a4a4a4; } .b-l1 { stroke: #c9a86a; } .b-l2 { stroke: #ab9bd0; } .b-l3 { stroke: #86b8b8; }
  .b-b0 { fill: #a4a4a4; } .b-b1 { fill: #c9a86a; } .b-b2 { fill: #ab9bd0; } .b-b3 { fill: #86b8b8; }
  .b-s0 { stroke: #4aa3df; } .b-s1 { stroke: #f0803c; } .b-s2 { stroke: #2fc79a; } .b-s6 { stroke: #f0f0f0; }
  .b-f0 { fill: #4aa3df; } .b-f1 { fill: #f0803c; } .b-f2 { fill: #2fc79a; } .b-f6 { fill: #f0f0f0; }
}
@media print {
  body { margin: 0; max-width: none; font-size: 10pt; }
  h2, h3, caption { break-after: avoid; } figure, tr { break-inside: avoid; } thead { display: table-header-group; }
  .wide { overflow: visible; } .fail { border: 1px solid var(--fail); }
}
</style>
)";

void append(std::string& out, std::initializer_list<std::string_view> parts) {
  for (auto const part : parts) {
    out += part;
  }
}

/// The word says it too: colours are not for everybody and not for every printer.
std::string verdict_markup(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "<span class=\"pass\">pass</span>";
    case Verdict::fail:
      return "<span class=\"fail\">FAIL</span>";
    case Verdict::recorded:
      return "<span class=\"recorded\">recorded</span>";
    case Verdict::not_applicable:
      return "<span class=\"recorded\">not applicable</span>";
  }
  return {};
}

/// One block after the other as markup.
class BlockWriter {
 public:
  explicit BlockWriter(std::string& out) : out_{&out} {}

  void operator()(HtmlHeading const& heading) const {
    std::string_view const level = heading.minor ? "h3" : "h2";
    append(*out_, {"<", level, ">", escaped(heading.text), "</", level, ">\n"});
  }

  void operator()(HtmlParagraph const& paragraph) const {
    append(*out_, {"<p>", escaped(paragraph.text), "</p>\n"});
  }

  void operator()(HtmlNotice const& notice) const {
    append(*out_, {"<p class=\"fail\" role=\"alert\">", escaped(notice.text), "</p>\n"});
  }

  void operator()(HtmlKeyValues const& pairs) const {
    *out_ += "<div class=\"wide\"><table><tbody>\n";
    for (auto const& [key, value] : pairs.rows) {
      append(*out_, {"<tr><th scope=\"row\">", escaped(key), "</th><td>", escaped(value), "</td></tr>\n"});
    }
    *out_ += "</tbody></table></div>\n";
  }

  void operator()(HtmlTable const& table) const {
    *out_ += "<div class=\"wide\"><table>";
    if (!table.caption.empty()) {
      append(*out_, {"<caption>", escaped(table.caption), "</caption>"});
    }
    *out_ += "\n<thead><tr>";
    for (auto const& column : table.columns) {
      append(*out_, {column.numbers ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">",
                     escaped(column.name), "</th>"});
    }
    *out_ += "</tr></thead>\n<tbody>\n";
    for (auto const& row : table.rows) {
      write_row(table, row);
    }
    *out_ += "</tbody></table></div>\n";
  }

  void operator()(HtmlFigure const& figure) const {
    auto const drawing = std::visit([](auto const& chart) { return to_svg(chart); }, figure.drawing);
    append(*out_, {"<figure>\n", drawing});
    if (!figure.caption.empty()) {
      append(*out_, {"<figcaption>", escaped(figure.caption), "</figcaption>\n"});
    }
    *out_ += "</figure>\n";
  }

 private:
  void write_row(HtmlTable const& table, std::vector<HtmlCell> const& row) const {
    *out_ += "<tr>";
    for (std::size_t n = 0; n < row.size(); ++n) {
      bool const number = n < table.columns.size() && table.columns[n].numbers;
      *out_ += number ? "<td class=\"number\">" : "<td>";
      if (row[n].verdict) {
        *out_ += verdict_markup(*row[n].verdict);
        *out_ += row[n].text.empty() ? "" : " ";
      }
      *out_ += escaped(number ? typeset(row[n].text) : row[n].text);
      *out_ += "</td>";
    }
    *out_ += "</tr>\n";
  }

  std::string* out_;
};

}  // namespace

std::string to_html(HtmlReport const& report) {
  std::string out{head};
  append(out, {"<title>", escaped(report.title), "</title>\n", style, "</head>\n<body>\n<h1>",
               escaped(report.title), "</h1>\n"});
  if (!report.subtitle.empty()) {
    append(out, {"<p class=\"origin\">", escaped(report.subtitle), "</p>\n"});
  }
  for (auto const& block : report.blocks) {
    std::visit(BlockWriter{out}, block);
  }
  out += "</body>\n</html>\n";
  return out;
}

}  // namespace blondel

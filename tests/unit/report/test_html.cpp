#include "xml_scanner.hpp"

#include <report/html.hpp>

#include <catch2/catch.hpp>

using namespace blondel;

namespace {

xml::Document read(HtmlReport const& report) {
  auto document = xml::scan(to_html(report));
  REQUIRE(document.fault == "");
  return document;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("report: a page has its title, origin, headings and paragraphs") {
  auto const page =
      read({"Type test",
            "blondel 0.1.0, seed 7",
            {HtmlHeading{"Accuracy"}, HtmlHeading{"Load", true}, HtmlParagraph{"At 23 degrees."}}});
  CHECK(xml::texts(page, "title") == Words{"Type test"});
  CHECK(xml::texts(page, "h1") == Words{"Type test"});
  CHECK(xml::texts(page, "h2") == Words{"Accuracy"});
  CHECK(xml::texts(page, "h3") == Words{"Load"});
  CHECK(xml::texts(page, "p") == Words{"blondel 0.1.0, seed 7", "At 23 degrees."});
}

TEST_CASE("report: a verdict is a colour and a word") {
  auto const page = read({"T",
                          "",
                          {HtmlTable{"",
                                     {{"verdict"}},
                                     {{{"", Verdict::pass}},
                                      {{"above the limit", Verdict::fail}},
                                      {{"", Verdict::recorded}},
                                      {{"no supply", Verdict::not_applicable}}}}}});
  REQUIRE(xml::find(page, "span").size() == 4);
  CHECK(xml::texts(page, "span") == Words{"pass", "FAIL", "recorded", "not applicable"});
  CHECK(xml::find(page, "span", "class", "fail")[0].text == "FAIL");
  CHECK(xml::texts(page, "td") == Words{"", " above the limit", "", " no supply"});
}

TEST_CASE("report: a notice is a paragraph that cannot be overlooked") {
  auto const page = read({"T", "", {HtmlNotice{"This is not the whole: 3 < 9."}}});
  auto const notices = xml::find(page, "p", "role", "alert");
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].text == "This is not the whole: 3 < 9.");
}

TEST_CASE("report: a table has its caption, columns, and numbers at the right with a true minus sign") {
  auto const page =
      read({"T", "", {HtmlTable{"Load", {{"point"}, {"error", true}}, {{{"-1-"}, {"-0.5"}, {"extra"}}}}}});
  CHECK(xml::texts(page, "caption") == Words{"Load"});
  CHECK(xml::texts(page, "th") == Words{"point", "error"});
  CHECK(xml::texts(page, "td") == Words{"-1-",
                                        "\xE2\x88\x92"
                                        "0.5",
                                        "extra"});
  CHECK(xml::find(page, "td", "class", "number").size() == 1);
}

TEST_CASE("report: pairs are rows with a heading each") {
  auto const page = read({"T", "", {HtmlKeyValues{{{"Type", "351"}, {"Seed", "7"}}}}});
  CHECK(xml::texts(page, "th") == Words{"Type", "Seed"});
  CHECK(xml::texts(page, "td") == Words{"351", "7"});
}

TEST_CASE("report: charts stand inside the page with their captions") {
  Chart chart;
  chart.title = "Load";
  Histogram lot;
  lot.title = "Lot";
  lot.values = {0.1};
  auto const page = read({"T", "", {HtmlFigure{chart, "Figure 1"}, HtmlFigure{lot, "Figure 2"}}});
  CHECK(xml::find(page, "svg").size() == 2);
  CHECK(xml::texts(page, "figcaption") == Words{"Figure 1", "Figure 2"});
}

TEST_CASE("report: words of others cannot leave their place on the page") {
  std::string const hostile = "</td><script>alert('1')</script>&\"\x03";
  Chart chart;
  chart.title = hostile;
  auto const page =
      read({hostile,
            hostile,
            {HtmlHeading{hostile}, HtmlParagraph{hostile}, HtmlKeyValues{{{hostile, hostile}}},
             HtmlTable{hostile, {{hostile}}, {{{hostile, Verdict::fail}}}}, HtmlFigure{chart, hostile}}});
  CHECK(xml::find(page, "script").empty());
  CHECK(xml::texts(page, "h2") == Words{"</td><script>alert('1')</script>&\"?"});
}

TEST_CASE("report: a page refers to nothing outside and lets nothing be fetched") {
  auto const text = to_html({"T", "", {HtmlFigure{Chart{}, ""}}});
  for (auto const* word : {"src=", "href", "url(", "@import", "<script"}) {
    INFO(word);
    CHECK(text.find(word) == std::string::npos);
  }
  CHECK(text.find("content=\"default-src 'none'; style-src 'unsafe-inline'\"") != std::string::npos);
}

TEST_CASE("report: a page knows dark screens and paper") {
  auto const text = to_html({"T", "", {}});
  CHECK(text.find("@media screen and (prefers-color-scheme: dark)") != std::string::npos);
  CHECK(text.find("@media print") != std::string::npos);
}

#include "xml_scanner.hpp"

#include <cctype>

namespace xml {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_{text} {}

  Document run() {
    if (rest_.starts_with("<!DOCTYPE ")) {
      rest_.remove_prefix(rest_.find('>') + 1);
    }
    while (!rest_.empty() && document_.fault.empty()) {
      if (rest_.starts_with("</")) {
        end_tag();
      } else if (rest_.front() == '<') {
        start_tag();
      } else {
        characters();
      }
    }
    if (document_.fault.empty() && !open_.empty()) {
      fail("not closed: " + document_.elements[open_.back()].name);
    }
    return document_;
  }

 private:
  void fail(std::string const& what) {
    if (document_.fault.empty()) {
      document_.fault = what + " before: " + std::string{rest_.substr(0, 40)};
    }
  }

  std::string name() {
    std::size_t length = 0;
    while (length < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[length])) != 0 ||
                                     std::string_view{"-_:"}.find(rest_[length]) != std::string_view::npos)) {
      ++length;
    }
    std::string const found{rest_.substr(0, length)};
    rest_.remove_prefix(length);
    if (found.empty()) {
      fail("no name");
    }
    return found;
  }

  /// Text up to one of the stops, escapes undone.
  std::string content(char stop) {
    std::string out;
    while (!rest_.empty() && rest_.front() != stop && document_.fault.empty()) {
      if (rest_.front() == '&') {
        out += escape();
        continue;
      }
      auto const c = static_cast<unsigned char>(rest_.front());
      if (c == '<' || (c < 0x20 && c != '\n' && c != '\t')) {
        fail("a character that must be escaped");
      }
      out += rest_.front();
      rest_.remove_prefix(1);
    }
    return out;
  }

  std::string escape() {
    static std::map<std::string, std::string> const known{{"amp", "&"},   {"lt", "<"},  {"gt", ">"},
                                                          {"quot", "\""}, {"#39", "'"}, {"#65533", "?"}};
    auto const end = rest_.find(';');
    auto const found = known.find(std::string{rest_.substr(1, end == std::string_view::npos ? 0 : end - 1)});
    if (found == known.end()) {
      fail("an unknown escape");
      return {};
    }
    rest_.remove_prefix(end + 1);
    return found->second;
  }

  void characters() {
    auto const text = content('<');
    if (open_.empty()) {
      if (text.find_first_not_of(" \n") != std::string::npos) {
        fail("text outside the root");
      }
      return;
    }
    document_.elements[open_.back()].text += text;
  }

  void start_tag() {
    if (open_.empty() && !document_.elements.empty()) {
      fail("a second root");
      return;
    }
    rest_.remove_prefix(1);
    Element element;
    element.name = name();
    while (document_.fault.empty() && rest_.starts_with(" ")) {
      rest_.remove_prefix(1);
      attribute(element);
    }
    bool const empty = rest_.starts_with("/>");
    if (!empty && !rest_.starts_with(">")) {
      fail("a tag that does not end");
      return;
    }
    rest_.remove_prefix(empty ? 2 : 1);
    document_.elements.push_back(element);
    if (!empty) {
      open_.push_back(document_.elements.size() - 1);
    }
  }

  void attribute(Element& element) {
    auto const key = name();
    if (!rest_.starts_with("=\"")) {
      fail("an attribute without a quoted value");
      return;
    }
    rest_.remove_prefix(2);
    auto const value = content('"');
    if (!element.attributes.emplace(key, value).second) {
      fail("an attribute twice: " + key);
    }
    if (rest_.empty()) {
      fail("a value that does not end");
      return;
    }
    rest_.remove_prefix(1);
  }

  void end_tag() {
    rest_.remove_prefix(2);
    auto const closed = name();
    if (open_.empty() || document_.elements[open_.back()].name != closed || !rest_.starts_with(">")) {
      fail("closed but not open: " + closed);
      return;
    }
    rest_.remove_prefix(1);
    open_.pop_back();
  }

  std::string_view rest_;
  Document document_;
  std::vector<std::size_t> open_;
};

}  // namespace

Document scan(std::string_view text) {
  return Scanner{text}.run();
}

std::vector<Element> find(Document const& document, std::string_view name, std::string_view attribute,
                          std::string_view value) {
  std::vector<Element> found;
  for (auto const& element : document.elements) {
    auto const at = element.attributes.find(std::string{attribute});
    bool const matches =
        attribute.empty() || (at != element.attributes.end() && at->second.find(value) != std::string::npos);
    if (element.name == name && matches) {
      found.push_back(element);
    }
  }
  return found;
}

std::vector<std::string> texts(Document const& document, std::string_view name) {
  std::vector<std::string> all;
  for (auto const& element : find(document, name)) {
    all.push_back(element.text);
  }
  return all;
}

}  // namespace xml

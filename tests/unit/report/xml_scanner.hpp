#pragma once
/// Reads XML back in the tests: enough to tell well-formed from not, and to find elements.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace xml {

struct Element {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;  ///< between its tags, without its children's
};

struct Document {
  std::vector<Element> elements;  ///< in the order of their start tags
  std::string fault;              ///< what is not well-formed; empty when all is
};

/// Elements, attributes in double quotes, the five escapes and numeric ones; a DOCTYPE is passed over.
/// Anything else is a fault.
[[nodiscard]] Document scan(std::string_view text);

/// All elements of that name whose attributes contain the given one; an empty value matches any.
[[nodiscard]] std::vector<Element> find(Document const& document, std::string_view name,
                                        std::string_view attribute = {}, std::string_view value = {});

/// The texts of all elements of that name.
[[nodiscard]] std::vector<std::string> texts(Document const& document, std::string_view name);

}  // namespace xml

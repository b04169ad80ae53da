#include <scenario/document.hpp>

#include <blondel/base/crc.hpp>
#include <scenario/schema.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

namespace blondel {
namespace {

using Json = nlohmann::json;

Json const& as_json(void const* opaque) {
  return *static_cast<Json const*>(opaque);
}

/// "line 2, column 13" @param byte count of octets read when the fault was seen
std::string place_in(std::string const& text, std::size_t byte) {
  auto const before = std::string_view{text}.substr(0, byte == 0 ? 0 : byte - 1);
  auto const line = std::count(before.begin(), before.end(), '\n') + 1;
  auto const start = before.rfind('\n');
  auto const column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// The library keeps the last of two equal keys silently; a person who wrote both meant something else.
class RepeatedKeyFinder {
 public:
  bool operator()(int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) {
      keys_.emplace_back();
    } else if (event == Json::parse_event_t::object_end) {
      keys_.pop_back();
    } else if (event == Json::parse_event_t::key && !keys_.back().insert(parsed.get<std::string>()).second &&
               repeated_.empty()) {
      repeated_ = parsed.get<std::string>();
    }
    return true;
  }
  [[nodiscard]] std::string const& repeated() const { return repeated_; }

 private:
  std::vector<std::set<std::string>> keys_;
  std::string repeated_;
};

}  // namespace

struct Document::Parts {
  std::filesystem::path file;
  Json json;
  std::uint64_t fnv1a{};
};

Document::Document(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

ScenarioResult<Document> Document::load(std::filesystem::path const& file, DocumentKind kind) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    return tl::unexpected{ScenarioError{ScenarioError::Kind::runtime, file.string() + ": is a directory"}};
  }
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  if (!stream.is_open() || stream.bad()) {
    return tl::unexpected{ScenarioError{ScenarioError::Kind::runtime,
                                        file.string() + ": cannot be read (missing or no permission)"}};
  }
  return parse(bytes.str(), file, kind);
}

ScenarioResult<Document> Document::parse(std::string const& text, std::filesystem::path const& file,
                                         DocumentKind kind) {
  auto parts = std::make_unique<Parts>();
  parts->file = file;
  parts->fnv1a = blondel::fnv1a(ByteSpan{reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
  RepeatedKeyFinder finder;
  try {
    parts->json = Json::parse(text, std::ref(finder));
  } catch (Json::parse_error const& error) {
    return tl::unexpected{
        ScenarioError{ScenarioError::Kind::invalid,
                      file.string() + ": no JSON: " + place_in(text, error.byte) +
                          (text.empty() ? ": the file is empty" : ": not what JSON allows here")}};
  } catch (Json::exception const&) {
    return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid,
                                        file.string() + ": no JSON: a number is too large for any machine"}};
  }
  if (!finder.repeated().empty()) {
    return tl::unexpected{
        ScenarioError{ScenarioError::Kind::invalid,
                      file.string() + ": the key \"" + finder.repeated() + "\" stands twice"}};
  }
  if (auto fault = check_document(&parts->json, kind)) {
    return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid, file.string() + ": " + *fault}};
  }
  return Document{std::move(parts)};
}

Node Document::root() const {
  return Node{&parts_->file, &parts_->json, "$"};
}
std::filesystem::path const& Document::file() const {
  return parts_->file;
}
std::uint64_t Document::fnv1a() const {
  return parts_->fnv1a;
}

bool Node::has(std::string_view key) const {
  return as_json(json_).contains(key);
}

Node Node::at(std::string_view key) const {
  return Node{file_, &as_json(json_).at(std::string{key}), path_ + "." + std::string{key}};
}

std::optional<Node> Node::find(std::string_view key) const {
  return has(key) ? std::optional{at(key)} : std::nullopt;
}

std::vector<std::string> Node::keys() const {
  std::vector<std::string> names;
  for (auto const& item : as_json(json_).items()) {
    names.push_back(item.key());
  }
  return names;
}

bool Node::is_array() const {
  return as_json(json_).is_array();
}
bool Node::is_number() const {
  return as_json(json_).is_number();
}

std::vector<Node> Node::items() const {
  std::vector<Node> nodes;
  auto const& array = as_json(json_);
  for (std::size_t n = 0; n < array.size(); ++n) {
    nodes.emplace_back(file_, &array.at(n), path_ + "[" + std::to_string(n) + "]");
  }
  return nodes;
}

double Node::number() const {
  return as_json(json_).get<double>();
}
std::int64_t Node::integer() const {
  return as_json(json_).get<std::int64_t>();
}
std::uint64_t Node::unsigned_integer() const {
  return as_json(json_).get<std::uint64_t>();
}
std::string Node::text() const {
  return as_json(json_).get<std::string>();
}
bool Node::boolean() const {
  return as_json(json_).get<bool>();
}

double Node::number_or(std::string_view key, double otherwise) const {
  return has(key) ? at(key).number() : otherwise;
}
std::string Node::text_or(std::string_view key, std::string_view otherwise) const {
  return has(key) ? at(key).text() : std::string{otherwise};
}
bool Node::boolean_or(std::string_view key, bool otherwise) const {
  return has(key) ? at(key).boolean() : otherwise;
}

tl::unexpected<ScenarioError> Node::refuse(std::string const& why) const {
  return tl::unexpected{ScenarioError{
      ScenarioError::Kind::invalid, file_->string() + ": " + path_ + ": " + short_value(json_) + ": " + why}};
}

}  // namespace blondel

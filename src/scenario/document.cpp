#include <scenario/document.hpp>

#include <blondel/base/crc.hpp>
#include <scenario/input_file.hpp>
#include <scenario/json_reader.hpp>
#include <scenario/schema.hpp>

#include <nlohmann/json.hpp>

#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

namespace blondel {
namespace {

using Json = nlohmann::json;

Json const& as_json(void const* opaque) {
  return *static_cast<Json const*>(opaque);
}

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
  if (auto regular = expect_regular_file(file, ScenarioError::Kind::runtime); !regular) {
    return tl::unexpected{regular.error()};
  }
  std::error_code unknown;
  if (auto const size = std::filesystem::file_size(file, unknown); !unknown && size > document_max) {
    return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid,
                                        file.string() + ": has " + std::to_string(size) +
                                            " octets; allowed: up to " + std::to_string(document_max)}};
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
  auto json = read_json(text);
  if (!json) {
    return tl::unexpected{ScenarioError{ScenarioError::Kind::invalid, file.string() + ": " + json.error()}};
  }
  parts->json = std::move(*json);
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

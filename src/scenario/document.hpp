#pragma once
/// A JSON file that passed its schema, and cursors into it that know where they are.
/// Only document.cpp, schema.cpp and json_reader see the JSON library.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <blondel/scenario/scenario.hpp>

namespace blondel {

class Node;

/// What kind of document: decides the schema.
enum class DocumentKind : std::uint8_t {
  scenario,
  meter_model,
  ct_model,
  display_model,
  tariff_table,
  calendar,
  nameplate,
};

/// A parsed and checked document.
class Document {
 public:
  /// Reads and checks a file.
  /// @errors invalid: no JSON (with line and column), or not what the schema says (unknown keys included);
  /// the message names file,
  ///         JSON path, value and what is allowed. runtime: the file cannot be read.
  [[nodiscard]] static ScenarioResult<Document> load(std::filesystem::path const& file, DocumentKind kind);
  /// The same from text. @param file for messages
  [[nodiscard]] static ScenarioResult<Document> parse(std::string const& text,
                                                      std::filesystem::path const& file, DocumentKind kind);

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  [[nodiscard]] Node root() const;
  [[nodiscard]] std::filesystem::path const& file() const;
  /// FNV-1a over the file's bytes.
  [[nodiscard]] std::uint64_t fnv1a() const;

 private:
  struct Parts;
  explicit Document(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// A place in a document. Valid while the document lives. The getters expect what the schema promises.
class Node {
 public:
  Node(std::filesystem::path const* file, void const* json, std::string path)
      : file_{file},
        json_{json},
        path_{std::move(path)} {}

  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] Node at(std::string_view key) const;
  [[nodiscard]] std::optional<Node> find(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> keys() const;

  [[nodiscard]] bool is_array() const;
  [[nodiscard]] bool is_number() const;
  [[nodiscard]] std::vector<Node> items() const;

  [[nodiscard]] double number() const;
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] std::uint64_t unsigned_integer() const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] double number_or(std::string_view key, double otherwise) const;
  [[nodiscard]] std::string text_or(std::string_view key, std::string_view otherwise) const;
  [[nodiscard]] bool boolean_or(std::string_view key, bool otherwise) const;

  /// "$.actions[2].at_s"
  [[nodiscard]] std::string const& path() const { return path_; }
  [[nodiscard]] std::filesystem::path const& file() const { return *file_; }
  /// "file: $.path: value: why"
  [[nodiscard]] tl::unexpected<ScenarioError> refuse(std::string const& why) const;

 private:
  std::filesystem::path const* file_;
  void const* json_;  // nlohmann::json; opaque so that the library stays in document.cpp
  std::string path_;
};

}  // namespace blondel

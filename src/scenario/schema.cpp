#include <scenario/schema.hpp>

#include <scenario/action.hpp>
#include <scenario/schema_text.hpp>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace blondel {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

/// The scenario schema with what each action brings, and with the table that may stand in it.
OrderedJson whole_scenario_schema() {
  auto schema = OrderedJson::parse(scenario_schema_text());
  auto& properties = schema["properties"]["actions"]["items"]["properties"];
  for (auto const* type : action_types()) {
    properties[std::string{type->key}] = OrderedJson::parse(type->schema);
  }
  schema["properties"]["meter"]["properties"]["tariff_table"] =
      OrderedJson::parse(tariff_table_schema_text()).at("properties").at("table");
  return schema;
}

Json schema_of(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::scenario:
      return Json(whole_scenario_schema());
    case DocumentKind::meter_model:
      return Json::parse(meter_model_schema_text());
    case DocumentKind::ct_model:
      return Json::parse(ct_model_schema_text());
    case DocumentKind::display_model:
      return Json::parse(display_model_schema_text());
    case DocumentKind::tariff_table:
      return Json::parse(tariff_table_schema_text());
    case DocumentKind::calendar:
      return Json::parse(calendar_schema_text());
    case DocumentKind::nameplate:
      return Json::parse(nameplate_schema_text());
  }
  return {};
}

/// Follows one "$ref" into the definitions of the same document.
Json const& resolve(Json const& schema, Json const& root) {
  if (schema.contains("$ref")) {
    return root.at(Json::json_pointer{schema.at("$ref").get<std::string>().substr(1)});
  }
  return schema;
}

std::string joined(Json const& array) {
  std::string text;
  for (auto const& item : array) {
    text += (text.empty() ? "" : ", ") + item.dump();
  }
  return text;
}

std::vector<std::string> keys_of(Json const& object) {
  std::vector<std::string> names;
  for (auto const& item : object.items()) {
    names.push_back(item.key());
  }
  return names;
}

std::string listed(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

/// " from -1 to 1", " above 0 and up to 10": the range of a number; empty without one.
std::string range_words(Json const& schema) {
  auto const at = [&schema](char const* key) { return schema.at(key).dump(); };
  bool const has_max = schema.contains("maximum");
  std::string text;
  if (schema.contains("minimum")) {
    text = (has_max ? " from " : " of at least ") + at("minimum") + (has_max ? " to " + at("maximum") : "");
  } else if (schema.contains("exclusiveMinimum")) {
    text = " above " + at("exclusiveMinimum") + (has_max ? " and up to " + at("maximum") : "");
  } else if (has_max) {
    text = " up to " + at("maximum");
  }
  return text + (schema.contains("multipleOf") ? ", a multiple of " + at("multipleOf") : "");
}

/// " of 3", " of 1 to 24": how many items a list has; empty when that is not limited.
std::string count_words(Json const& schema) {
  if (!schema.contains("minItems")) {
    return schema.contains("maxItems") ? " of up to " + schema.at("maxItems").dump() : "";
  }
  auto const least = schema.at("minItems").dump();
  auto const most = schema.contains("maxItems") ? schema.at("maxItems").dump() : "";
  return most == least  ? " of " + least
         : most.empty() ? " of at least " + least
                        : " of " + least + " to " + most;
}

std::string type_words(std::string const& type, Json const& schema) {
  return type == "number"    ? "a number" + range_words(schema)
         : type == "integer" ? "a whole number" + range_words(schema)
         : type == "array"   ? "a list" + count_words(schema)
         : type == "string"  ? "a text"
         : type == "boolean" ? "true or false"
                             : "an " + type;
}

/// What a schema node lets through, in words.
std::string allowed_by(Json const& schema) {
  std::string text;
  if (schema.contains("enum")) {
    text = joined(schema.at("enum"));
  } else if (schema.contains("type")) {
    auto const& type = schema.at("type");
    for (auto const& one : type.is_array() ? type : Json::array({type})) {
      text += (text.empty() ? "" : " or ") + type_words(one.get<std::string>(), schema);
    }
  }
  if (schema.contains("required")) {
    text += (text.empty() ? "" : " ") + std::string{"with the keys "} + joined(schema.at("required"));
  }
  if (schema.contains("description")) {
    text += " (" + schema.at("description").get<std::string>() + ")";
  }
  return text;
}

/// The first key that no schema node knows; checked before everything else, since a misspelt key is what a
/// person gets wrong most and the validator only says that something did not fit.
std::optional<std::string> unknown_key(Json const& value, Json const& schema_or_ref, Json const& root,
                                       std::string const& path) {
  auto const& schema = resolve(schema_or_ref, root);
  if (value.is_object() && schema.contains("properties")) {
    auto const& properties = schema.at("properties");
    for (auto const& item : value.items()) {
      if (!properties.contains(item.key())) {
        auto const names = keys_of(properties);
        auto const near = nearest_name(item.key(), names);
        return path + ": unknown key " + Json(item.key()).dump() +
               (near.empty() ? "" : ", did you mean \"" + near + "\"?") + "; allowed: " + listed(names);
      }
      if (auto fault = unknown_key(item.value(), properties.at(item.key()), root, path + "." + item.key())) {
        return fault;
      }
    }
  }
  if (value.is_array() && schema.contains("items")) {
    for (std::size_t n = 0; n < value.size(); ++n) {
      if (auto fault =
              unknown_key(value.at(n), schema.at("items"), root, path + "[" + std::to_string(n) + "]")) {
        return fault;
      }
    }
  }
  return std::nullopt;
}

/// Words for one error of the validator: where, the value, what is allowed.
std::string words_for(valijson::ValidationResults::Error const& error, Json const& document,
                      Json const& root) {
  Json const* value = &document;
  Json const* schema = &root;
  std::string path = "$";
  for (std::size_t n = 1; n < error.context.size(); ++n) {  // 0 is "<root>", the others "[key]" or "[index]"
    auto const step = error.context[n].substr(1, error.context[n].size() - 2);
    if (value->is_array()) {
      value = &value->at(std::stoul(step));
      schema = &resolve(schema->at("items"), root);
      path += "[" + step + "]";
    } else {
      value = &value->at(step);
      schema = &resolve(schema->at("properties").at(step), root);
      path += "." + step;
    }
  }
  if (value->is_object() && schema->contains("required")) {
    for (auto const& key : schema->at("required")) {
      if (!value->contains(key.get<std::string>())) {
        auto const& missing = resolve(schema->at("properties").at(key.get<std::string>()), root);
        return path + ": the key \"" + key.get<std::string>() +
               "\" is missing; allowed: " + allowed_by(missing);
      }
    }
  }
  return path + ": " + short_value(value) + " is not allowed; allowed: " + allowed_by(*schema);
}

std::optional<std::string> validator_fault(Json const& document, Json const& schema_json) {
  using Adapter = valijson::adapters::NlohmannJsonAdapter;
  try {
    valijson::Schema schema;
    valijson::SchemaParser parser;
    parser.populateSchema(Adapter{schema_json}, schema);
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(schema, Adapter{document}, &results)) {
      return std::nullopt;
    }
    valijson::ValidationResults::Error error;
    results.popError(error);  // the first is the innermost
    return words_for(error, document, schema_json);
  } catch (std::exception const& error) {
    return std::string{"$: cannot be checked: "} + error.what();
  }
}

}  // namespace

std::optional<std::string> check_document(void const* json, DocumentKind kind) {
  auto const& document = *static_cast<Json const*>(json);
  auto const schema = schema_of(kind);
  if (auto fault = unknown_key(document, schema, schema, "$")) {
    return fault;
  }
  return validator_fault(document, schema);
}

std::string short_value(void const* json) {
  constexpr std::size_t longest = 80;
  auto const& value = *static_cast<Json const*>(json);
  auto text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
  return text.size() > longest ? text.substr(0, longest) + "..." : text;
}

std::string scenario_schema() {
  return whole_scenario_schema().dump(2) + "\n";
}

}  // namespace blondel

#include <algorithm>
#include <memory>

#include "cli/command.hpp"
#include "cli/kmp_talk.hpp"
#include "ports/log.hpp"
#include "protocol/kmp/kmp_text.hpp"
#include "protocol/kmp/kmp_units.hpp"

namespace blondel {

namespace {

struct ReadArguments {
  std::string via;
  std::string place;
  std::vector<std::string> registers;
  int timeout_ms{2'000};
  int retries{2};
  bool json{};
};

void print_value(std::string const& name, KmpValue const& value, bool json, bool is_first) {
  if (!json) {
    put(name + " = " + kmp_value_text(value.field()) + '\n');
    return;
  }
  put(std::string{is_first ? "" : ","} + "\n  {\"register\":" + json_quoted(name) +
      ",\"kmp_id\":" + std::to_string(value.id) + ",\"value\":" + json_quoted(kmp_bare_text(value.field())) +
      ",\"unit\":" + json_quoted(kmp_unit_text(value.unit)) + '}');
}

/// Prints what came, in the order asked. @return the names of what did not
std::vector<std::string> print_values(KmpClient const& client, std::vector<Asked> const& asked, bool json) {
  std::vector<std::string> missing;
  bool is_first = true;
  put(json ? "[" : "");
  for (auto const& one : asked) {
    auto const values = client.values();
    auto const found = std::find_if(values.begin(), values.end(),
                                    [&](KmpValue const& value) { return value.id == one.kmp_id; });
    if (found == values.end()) {
      missing.push_back(one.name);
      continue;
    }
    print_value(one.name, *found, json, is_first);
    is_first = false;
  }
  put(json ? "\n]\n" : "");
  return missing;
}

std::string list_of(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

int judge(KmpClient const& client, ReadArguments const& arguments, std::vector<std::string> const& missing) {
  switch (client.state()) {
    case KmpClient::State::idle:
    case KmpClient::State::waiting:
    case KmpClient::State::done:
      break;
    case KmpClient::State::no_answer:
      return complain(ExitCode::runtime, arguments.place + ": no answer to GetRegister " +
                                             list_of(arguments.registers) + " (KMP): asked " +
                                             std::to_string(arguments.retries + 1) + " times, waited " +
                                             std::to_string(arguments.timeout_ms) + " ms each");
    case KmpClient::State::bad_answer:
      return complain(ExitCode::runtime,
                      arguments.place + ": the answer is not valid KMP: " + name_of(client.error().code) +
                          " (" + std::to_string(client.error().detail) + ')');
  }
  if (!missing.empty()) {
    return complain(ExitCode::runtime, arguments.place + ": the meter does not have " + list_of(missing));
  }
  return to_int(ExitCode::ok);
}

int read_registers(ReadArguments const& arguments) {
  auto const place = parse_host_port(arguments.place);
  if (!place) {
    return complain(ExitCode::usage, place.error().message);
  }
  std::vector<Asked> asked;
  std::vector<std::uint16_t> ids;
  for (auto const& name : arguments.registers) {
    auto found = find_register(name);
    if (!found) {
      return complain(ExitCode::usage, found.error());
    }
    if (std::find(ids.begin(), ids.end(), found->kmp_id) == ids.end()) {
      ids.push_back(found->kmp_id);
    }
    asked.push_back(std::move(*found));
  }
  auto connection = TcpClient::connect(*place, std::chrono::milliseconds{arguments.timeout_ms});
  if (!connection) {
    return complain(ExitCode::runtime, connection.error().message);
  }
  KmpClientOptions options;
  options.timeout = SimDuration::milliseconds(arguments.timeout_ms);
  options.tries = arguments.retries + 1;
  KmpClient client{options};
  client.request_registers(ids, line_now());
  auto const conversation = converse(client, *connection);
  auto const missing = print_values(client, asked, arguments.json);
  if (!conversation) {
    return complain(ExitCode::runtime, conversation.error().message + " while reading " + list_of(missing));
  }
  return judge(client, arguments, missing);
}

}  // namespace

Subcommand add_read(CLI::App& program) {
  auto const arguments = std::make_shared<ReadArguments>();
  auto* app = add_subcommand(program, "read", "Read registers of a meter as any client would",
                             "blondel read --via kmp 127.0.0.1:7351 1.8.0 32.7.0");
  app->add_option("--via", arguments->via, "Protocol: kmp")->required()->check(one_of({"kmp"}));
  app->add_option("HOST:PORT", arguments->place, "127.0.0.1:7351, [::1]:7351 or localhost:7351")->required();
  app->add_option("REGISTER", arguments->registers, "Display id (1.8.0), KMP number (1) or row name")
      ->required();
  app->add_option("--timeout-ms", arguments->timeout_ms, "How long to wait for an answer")
      ->capture_default_str()
      ->transform(whole_number(1, 3'600'000));
  app->add_option("--retries", arguments->retries, "How often to ask again")
      ->capture_default_str()
      ->transform(whole_number(0, 100));
  app->add_flag("--json", arguments->json, "Values as JSON");
  return {app, [arguments] { return read_registers(*arguments); }};
}

}  // namespace blondel

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/kmp_talk.hpp"
#include "protocol/kmp/kmp_text.hpp"

namespace blondel {

namespace {

struct WriteArguments {
  std::string via;
  std::string place;
  std::string assignment;
  int password{};
  int timeout_ms{2'000};
};

/// "-12.50" as a mantissa and a decimal exponent.
std::optional<KmpNumber> decimal_number(std::string text) {
  KmpNumber number;
  if (auto const point = text.find('.'); point != std::string::npos) {
    number.exponent = -static_cast<int>(text.size() - point - 1);
    text.erase(point, 1);
  }
  auto const* const end = text.data() + text.size();
  auto const [rest, error] = std::from_chars(text.data(), end, number.mantissa);
  return error == std::errc{} && rest == end ? std::optional{number} : std::nullopt;
}

/// "0x0007041E" as octets.
std::optional<std::vector<std::uint8_t>> hexadecimal_octets(std::string const& text) {
  constexpr std::size_t prefix_size = 2;
  if (!text.starts_with("0x") || text.size() % 2 != 0) {
    return std::nullopt;
  }
  std::vector<std::uint8_t> octets((text.size() - prefix_size) / 2);
  for (std::size_t n = 0; n < octets.size(); ++n) {
    auto const* const begin = text.data() + prefix_size + 2 * n;
    auto const [rest, error] = std::from_chars(begin, begin + 2, octets[n], 16);
    if (error != std::errc{} || rest != begin + 2) {
      return std::nullopt;
    }
  }
  return octets;
}

/// A value as PutRegister carries it.
struct Written {
  std::uint8_t sign_exponent{};
  std::vector<std::uint8_t> octets;
};

std::optional<Written> written_value(std::string const& text) {
  if (auto octets = hexadecimal_octets(text)) {
    return Written{0, std::move(*octets)};
  }
  auto const number = decimal_number(text);
  constexpr std::uint8_t width = 8;
  std::array<std::uint8_t, 2 + width> octets{};
  ByteWriter writer{octets};
  if (!number || !kmp_write_number(writer, *number, width)) {
    return std::nullopt;
  }
  return Written{octets[1], {octets.begin() + 2, octets.end()}};
}

/// Waits for an answer. @return nothing when it has come, else the exit code
std::optional<int> answered(KmpClient& client, TcpClient& connection, WriteArguments const& arguments,
                            std::string const& question) {
  auto const conversation = converse(client, connection);
  if (!conversation) {
    return complain(ExitCode::runtime, conversation.error().message);
  }
  if (client.state() == KmpClient::State::done) {
    return std::nullopt;
  }
  return complain(ExitCode::runtime,
                  arguments.place + ": no answer to " + question +
                      (client.state() == KmpClient::State::bad_answer ? " that is valid KMP" : ""));
}

/// What the catalogue says of writing a register; empty when it does not have it.
std::string allowed_text(std::uint16_t kmp_id) {
  auto const* row = find_by_kmp(kmp_id);
  if (row == nullptr) {
    return {};
  }
  auto const name = "; " + std::string{row->name};
  return name + (row->write.apply == nullptr ? " is written by nobody"
                                             : " takes " + std::string{row->write.allowed});
}

int write_register(WriteArguments const& arguments) {
  auto const place = parse_host_port(arguments.place);
  if (!place) {
    return complain(ExitCode::usage, place.error().message);
  }
  auto const equals = arguments.assignment.find('=');
  auto const asked = find_register(arguments.assignment.substr(0, equals));
  if (!asked) {
    return complain(ExitCode::usage, asked.error());
  }
  auto const text = equals == std::string::npos ? "" : arguments.assignment.substr(equals + 1);
  auto const value = written_value(text);
  if (!value) {
    return complain(ExitCode::usage,
                    "'" + text + "' is no value; allowed: a decimal number, or octets as 0x00FF");
  }
  auto const timeout = std::chrono::milliseconds{arguments.timeout_ms};
  auto connection = TcpClient::connect(*place, timeout);
  if (!connection) {
    return complain(ExitCode::runtime, connection.error().message);
  }
  KmpClientOptions options;
  options.timeout = SimDuration::milliseconds(arguments.timeout_ms);
  KmpClient client{options};
  // The meter says in which unit it takes the value.
  client.request_registers(std::array{asked->kmp_id}, line_now());
  if (auto const failed = answered(client, *connection, arguments, "GetRegister " + asked->name)) {
    return *failed;
  }
  if (client.values().empty()) {
    return complain(ExitCode::runtime, arguments.place + ": the meter does not have " + asked->name);
  }
  KmpField const field{asked->kmp_id, client.values().front().unit, value->sign_exponent, value->octets};
  if (!client.request_put_register(static_cast<std::uint16_t>(arguments.password), field, line_now())) {
    return complain(ExitCode::usage, "'" + text + "' does not fit a frame of KMP");
  }
  auto const question = "PutRegister " + arguments.assignment +
                        "; a meter refuses by silence: register, value and password have to be right" +
                        allowed_text(asked->kmp_id);
  if (auto const failed = answered(client, *connection, arguments, question)) {
    return *failed;
  }
  put(asked->name + " = " + kmp_value_text(field) + '\n');
  return to_int(ExitCode::ok);
}

}  // namespace

Subcommand add_write(CLI::App& program) {
  auto const arguments = std::make_shared<WriteArguments>();
  auto* app = add_subcommand(program, "write", "Write a register of a meter as any client would",
                             "blondel write --via kmp 127.0.0.1:7351 meter_number_1=4711");
  app->add_option("--via", arguments->via, "Protocol: kmp")->required()->check(one_of({"kmp"}));
  app->add_option("HOST:PORT", arguments->place, "127.0.0.1:7351, [::1]:7351 or localhost:7351")->required();
  app->add_option("REGISTER=VALUE", arguments->assignment,
                  "Display id, KMP number or row name, and a decimal number in the register's unit")
      ->required();
  app->add_option("--password", arguments->password, "0 to 65535")
      ->capture_default_str()
      ->transform(whole_number(0, 65'535));
  app->add_option("--timeout-ms", arguments->timeout_ms, "How long to wait for an answer")
      ->capture_default_str()
      ->transform(whole_number(1, 3'600'000));
  return {app, [arguments] { return write_register(*arguments); }};
}

}  // namespace blondel

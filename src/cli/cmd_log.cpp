#include <report/csv.hpp>
#include <scenario/local_time.hpp>
#include <scenario/log_files.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <span>

#include "cli/command.hpp"
#include "cli/kmp_talk.hpp"
#include "client/kmp/kmp_log_reading.hpp"
#include "ports/host_pacer.hpp"
#include "ports/log.hpp"
#include "protocol/kmp/kmp_text.hpp"
#include "protocol/kmp/kmp_units.hpp"

namespace blondel {

namespace {

struct LogArguments {
  std::string via;
  std::string place;
  std::string log;
  std::vector<std::string> registers;
  std::string from;
  std::optional<std::uint32_t> count;
  int timeout_ms{2'000};
  int retries{2};
  bool csv{};
  bool json{};
};

/// What is asked for when nobody says: the stamp and what the log is about, as far as eight columns go.
std::vector<std::uint16_t> usual_columns(LogId log) {
  switch (log) {
    case LogId::status:
      return {1047, 99};
    case LogId::rtc:
      return {1047, 1048, 1045};
    case LogId::voltage_quality:
      return {1047, 1085, 1084, 1214};
    case LogId::load_profile:
      return {1047, 1086, 1224, 1, 2, 3, 4};
    case LogId::debiting:
      return {1047, 1004, 1, 2, 3, 4, 39, 1049};
    case LogId::debiting_2:
    case LogId::ct_ratio:
      return {1047, 1004, 1, 2, 3, 4};
    case LogId::load_profile_events:
      return {1047, 1222};
    case LogId::analysis:
      return {1047, 35, 1215, 1216, 1217, 1218, 1219, 1220};
    case LogId::neutral_fault:
      return {1047, 1242};
    case LogId::configuration:
      break;
  }
  return {};
}

/// @errors a message for people
tl::expected<KmpLogWish, std::string> wish_of(LogArguments const& arguments) {
  std::vector<std::string> names;
  std::optional<LogId> log;
  for (auto const one : all_logs) {
    if (!is_kmp_log(static_cast<std::uint8_t>(one))) {
      continue;
    }
    names.push_back(name_of(one));
    if (arguments.log == names.back() || arguments.log == std::to_string(static_cast<int>(one))) {
      log = one;
    }
  }
  if (!log) {
    return tl::unexpected{unknown_text("log", arguments.log, names)};
  }
  KmpLogWish wish;
  wish.log = static_cast<std::uint8_t>(*log);
  wish.count = arguments.count;
  wish.ids = arguments.registers.empty() ? usual_columns(*log) : std::vector<std::uint16_t>{};
  for (auto const& name : arguments.registers) {
    auto const found = find_register(name);
    if (!found) {
      return tl::unexpected{found.error()};
    }
    wish.ids.push_back(found->kmp_id);
  }
  if (wish.ids.size() > kmp_registers_max) {
    return tl::unexpected{"--registers: " + std::to_string(wish.ids.size()) + " given; allowed: up to 8"};
  }
  if (!arguments.from.empty()) {
    auto const from = parse_local_time(arguments.from);
    if (!from) {
      return tl::unexpected{"--from '" + arguments.from +
                            "'; allowed: the log's normal time as 2026-01-05T00:00:00"};
    }
    wish.from = to_civil(*from);
  }
  return wish;
}

std::string column_head(std::uint8_t log, KmpValue const& value, bool with_unit) {
  std::string name{kmp_log_column_name(log, value.id)};
  name = name.empty() ? std::to_string(value.id) : name;
  auto const unit = kmp_unit_text(value.unit);
  bool const has_unit = with_unit && !unit.empty() && value.unit != kmp_unit_rtc;
  return has_unit ? name + " [" + std::string{unit} + "]" : name;
}

/// Prints rows as they come: in columns, as CSV or as JSON.
class LogPrinter {
 public:
  LogPrinter(LogArguments const& arguments, std::uint8_t log) : arguments_{arguments}, log_{log} {}

  void print(std::vector<KmpLogRow> const& rows) {
    std::string text;
    for (auto const& row : is_first_ ? std::span{rows} : std::span<KmpLogRow const>{}) {
      measure(heads(row));
      measure(cells(row));
    }
    for (auto const& row : rows) {
      text += is_first_ && !arguments_.json ? line(heads(row)) : "";
      text += arguments_.json ? object(row) : line(cells(row));
      is_first_ = false;
    }
    put(text);
  }
  void finish() {
    if (arguments_.json) {
      put(is_first_ ? "[]\n" : "\n]\n");
    } else if (is_first_) {
      say(arguments_.log + ": no records");
    }
  }

 private:
  [[nodiscard]] std::vector<std::string> heads(KmpLogRow const& row) const {
    std::vector<std::string> texts{"id"};
    for (auto const& value : row.values) {
      texts.push_back(column_head(log_, value, true));
    }
    return texts;
  }
  [[nodiscard]] static std::vector<std::string> cells(KmpLogRow const& row) {
    std::vector<std::string> texts{std::to_string(row.id)};
    for (auto const& value : row.values) {
      texts.push_back(kmp_bare_text(value.field()));
    }
    return texts;
  }
  /// As wide as the heads and what came first.
  void measure(std::vector<std::string> const& texts) {
    widths_.resize(std::max(widths_.size(), texts.size()));
    for (std::size_t n = 0; n < texts.size(); ++n) {
      widths_[n] = std::max(widths_[n], texts[n].size());
    }
  }
  [[nodiscard]] std::string line(std::vector<std::string> const& texts) const {
    if (arguments_.csv) {
      return csv_record(texts);
    }
    std::string text;
    for (std::size_t n = 0; n < texts.size(); ++n) {
      bool const is_last = n + 1 == texts.size();
      text += texts[n];
      text += is_last ? "" : std::string(widths_[n] - std::min(widths_[n], texts[n].size()) + 2, ' ');
    }
    return text + '\n';
  }
  [[nodiscard]] std::string object(KmpLogRow const& row) const {
    std::string text = is_first_ ? "[\n" : ",\n";
    text += "  {\"id\":" + std::to_string(row.id);
    for (auto const& value : row.values) {
      text += ',' + json_quoted(column_head(log_, value, false)) +
              ":{\"value\":" + json_quoted(kmp_bare_text(value.field())) +
              ",\"unit\":" + json_quoted(kmp_unit_text(value.unit)) + '}';
    }
    return text + '}';
  }

  LogArguments const& arguments_;
  std::uint8_t log_;
  bool is_first_{true};
  std::vector<std::size_t> widths_;
};

/// How far a long reading has come, on a terminal that does not show the records themselves.
class ReadingProgress {
 public:
  void update(KmpLogReading const& reading) {
    constexpr HostInstant interval{200'000'000};
    if (!is_shown_ || host_now() - last_ < interval) {
      return;
    }
    last_ = host_now();
    std::fprintf(stderr, "\r\x1b[K%u of %u records", reading.row_count(), reading.expected_count());
    has_line_ = true;
  }
  void finish() const {
    if (has_line_) {
      std::fputs("\r\x1b[K", stderr);
    }
  }

 private:
  bool is_shown_{::isatty(STDERR_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 0};
  bool has_line_{};
  HostInstant last_{host_now()};
};

/// Reads all of it. @return why not, or nothing
std::optional<std::string> read_all(KmpLogReading& reading, KmpClient& client, TcpClient& connection,
                                    LogPrinter& printer) {
  ReadingProgress progress;
  std::optional<std::string> trouble;
  while (reading.request() && !trouble) {
    client.request_log(*reading.request(), line_now());
    if (auto const talked = converse(client, connection); !talked) {
      trouble = talked.error().message;
    } else if (client.state() != KmpClient::State::done) {
      trouble = client.state() == KmpClient::State::no_answer
                    ? "no answer to a log read (KMP)"
                    : "the answer is not valid KMP: " + std::string{name_of(client.error().code)};
    } else if (auto const taken = client.log_answer().and_then(
                   [&](KmpLogAnswer const& answer) { return reading.take(answer); });
               !taken) {
      trouble = std::string{"the log cannot be read: "} + name_of(taken.error().code);
    }
    printer.print(reading.take_rows());
    progress.update(reading);
  }
  progress.finish();
  return trouble;
}

int read_log(LogArguments const& arguments) {
  auto const place = parse_host_port(arguments.place);
  if (!place) {
    return complain(ExitCode::usage, place.error().message);
  }
  auto const wish = wish_of(arguments);
  if (!wish) {
    return complain(ExitCode::usage, wish.error());
  }
  auto connection = TcpClient::connect(*place, std::chrono::milliseconds{arguments.timeout_ms});
  if (!connection) {
    return complain(ExitCode::runtime, connection.error().message);
  }
  KmpClientOptions options;
  options.timeout = SimDuration::milliseconds(arguments.timeout_ms);
  options.tries = arguments.retries + 1;
  KmpClient client{options};
  KmpLogReading reading{*wish};
  LogPrinter printer{arguments, wish->log};
  auto const trouble = read_all(reading, client, *connection, printer);
  printer.finish();
  return trouble ? complain(ExitCode::runtime, arguments.place + ": " + *trouble) : to_int(ExitCode::ok);
}

}  // namespace

Subcommand add_log(CLI::App& program) {
  auto const arguments = std::make_shared<LogArguments>();
  auto* app = add_subcommand(program, "log", "Read a log of a meter as any client would",
                             "blondel log --via kmp 127.0.0.1:7351 load_profile --count 96 --csv");
  app->add_option("--via", arguments->via, "Protocol: kmp")->required()->check(one_of({"kmp"}));
  app->add_option("HOST:PORT", arguments->place, "127.0.0.1:7351, [::1]:7351 or localhost:7351")->required();
  app->add_option("LOG", arguments->log, "load_profile, debiting, status, ... or its KMP number")->required();
  app->add_option("--registers", arguments->registers,
                  "Columns instead of the usual ones, up to 8: display ids, KMP numbers or row names")
      ->delimiter(',');
  app->add_option("--from", arguments->from,
                  "First record at or after this normal time, 2026-01-05T00:00:00");
  app->add_option("--count", arguments->count, "Records at most; without --from the newest ones")
      ->transform(whole_number(1, 65'535));
  app->add_option("--timeout-ms", arguments->timeout_ms, "How long to wait for an answer")
      ->capture_default_str()
      ->transform(whole_number(1, 3'600'000));
  app->add_option("--retries", arguments->retries, "How often to ask again")
      ->capture_default_str()
      ->transform(whole_number(0, 100));
  auto* const csv = app->add_flag("--csv", arguments->csv, "Records as CSV");
  app->add_flag("--json", arguments->json, "Records as JSON")->excludes(csv);
  return {app, [arguments] { return read_log(*arguments); }};
}

}  // namespace blondel

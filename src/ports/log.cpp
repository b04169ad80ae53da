#include "ports/log.hpp"

#include <blondel/base/decimal.hpp>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>

namespace blondel {

namespace {

spdlog::level::level_enum to_spdlog(Log::Level level) {
  switch (level) {
    case Log::Level::info:
      return spdlog::level::info;
    case Log::Level::warning:
      return spdlog::level::warn;
    case Log::Level::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

}  // namespace

struct Log::Sink {
  spdlog::logger logger{"blondel", std::make_shared<spdlog::sinks::stderr_sink_mt>()};
};

Log::Log(Form form, Level least) : form_{form}, sink_{std::make_unique<Sink>()} {
  sink_->logger.set_level(to_spdlog(least));
  sink_->logger.flush_on(spdlog::level::info);
  sink_->logger.set_pattern(form == Form::text ? "%Y-%m-%dT%H:%M:%S.%eZ %l %v"
                                               : R"({"host_time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                            spdlog::pattern_time_type::utc);
}

Log::~Log() = default;

void Log::write(Level level, SimTime now, std::string_view facts) {
  auto const seconds = seconds_text(now);
  if (form_ == Form::text) {
    sink_->logger.log(to_spdlog(level), "sim={} {}", seconds, facts);
  } else {
    sink_->logger.log(to_spdlog(level), R"("sim_s":{},"message":{})", seconds, json_quoted(facts));
  }
}

std::string json_quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string quoted{'"'};
  for (char const c : text) {
    auto const octet = static_cast<std::uint8_t>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (octet < 0x20 || octet > 0x7E) {
      quoted += "\\u00";
      quoted += digits[octet >> 4];
      quoted += digits[octet & 0x0F];
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string seconds_text(SimTime now) {
  std::array<char, 32> buffer{};
  return std::string{format_decimal(truncate_divide(now.ns(), ns_per_ms), -3, buffer)};
}

}  // namespace blondel

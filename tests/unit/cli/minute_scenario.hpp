#pragma once
/// A scenario of a minute with a CSV row each second.

#include <string>

namespace blondel::test {

/// `from` is replaced by `to` once.
inline std::string minute_scenario(std::string const& from = "", std::string const& to = "") {
  std::string text = R"({
  "version": 1, "name": "minute", "description": "a minute", "seed": 1, "tier": "interval",
  "start": "2026-01-05T00:00:00", "duration_s": 60,
  "meter": {"type_number": "685-35-CC4-23-010", "serial_number": 35100001,
    "configuration": ["31000162", "42301011", "00001000", "00000101", "00004011"]},
  "external_ct": "nanocrystalline_200_5",
  "source": {"constant": {"voltage_v": 230, "current_a": 100}},
  "results": {"transcript": {"interval_s": 20, "registers": ["1.8.0"]},
              "csv": {"interval_s": 1, "registers": ["1.8.0"]}}
})";
  if (!from.empty()) {
    text.replace(text.find(from), from.size(), to);
  }
  return text;
}

}  // namespace blondel::test

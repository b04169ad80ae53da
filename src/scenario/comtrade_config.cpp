#include <scenario/comtrade.hpp>

#include <scenario/comtrade_text.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace blondel {
namespace {

using comtrade::cells;
using comtrade::quoted;
using comtrade::refuse_line;
using Cells = std::vector<std::string_view>;
using Done = ComtradeResult<void>;

/// @param least, most how many cells the line may have
std::string wrong_count(std::string_view what, std::size_t found, std::size_t least, std::size_t most) {
  std::string text{what};
  text += " has " + std::to_string(found) + " fields; allowed: " + std::to_string(least);
  return least == most ? text : text + " to " + std::to_string(most);
}

/// A count with its letter: "24A".
bool to_count(std::string_view cell, char letter, std::int64_t& count) {
  if (cell.empty() || std::toupper(static_cast<unsigned char>(cell.back())) != letter) {
    return false;
  }
  cell.remove_suffix(1);
  return comtrade::to_integer(cell, count) && count >= 0;
}

class ConfigReader {
 public:
  explicit ConfigReader(std::string_view text) : lines_{text} {}

  ComtradeResult<ComtradeConfig> read() {
    for (auto const part : {&ConfigReader::station, &ConfigReader::channels, &ConfigReader::frequency,
                            &ConfigReader::rates, &ConfigReader::stamps, &ConfigReader::format,
                            &ConfigReader::multiplier, &ConfigReader::time_codes, &ConfigReader::rest}) {
      if (auto const done = (this->*part)(); !done) {
        return tl::unexpected{done.error()};
      }
    }
    return std::move(config_);
  }

 private:
  /// The next line. @param what it holds, for the message when the file ends before it
  Done line(std::string_view what) {
    if (!lines_.next(line_)) {
      std::string why{"the file ends; "};
      why.append(what);
      return refuse_line(lines_.number() + 1, why + " is wanted (truncated?)");
    }
    return {};
  }
  Done line_cells(std::string_view what, std::size_t least, std::size_t most) {
    if (auto got = line(what); !got) {
      return got;
    }
    cells_ = cells(line_);
    if (cells_.size() < least || cells_.size() > most) {
      return refuse(wrong_count(what, cells_.size(), least, most));
    }
    return {};
  }
  [[nodiscard]] tl::unexpected<ComtradeFault> refuse(std::string why) const {
    return refuse_line(lines_.number(), std::move(why));
  }
  [[nodiscard]] tl::unexpected<ComtradeFault> refuse_cell(std::size_t cell, std::string const& why) const {
    return refuse(quoted(cells_[cell]) + ": " + why);
  }

  Done station();
  Done channels();
  Done analog(std::int64_t number);
  Done analog_ratio(ComtradeChannel& channel);
  Done frequency();
  Done rates();
  Done stamps();
  Done stamp(ComtradeStamp& stamp, std::string_view what);
  Done format();
  Done multiplier();
  Done time_codes();
  Done rest();

  comtrade::Lines lines_;
  std::string_view line_;
  Cells cells_;
  ComtradeConfig config_;
  bool has_nanoseconds_{};
};

Done ConfigReader::station() {
  if (auto got = line_cells("station, device, revision", 2, 3); !got) {
    return got;
  }
  config_.station = cells_[0];
  config_.device = cells_[1];
  if (cells_.size() == 2 || cells_[2].empty()) {
    return {};
  }
  std::int64_t year = 0;
  if (!comtrade::to_integer(cells_[2], year) || year < 1991 || year > 2013) {
    return refuse_cell(2, "no revision of the format; allowed: none (1991), or 1991 to 2013");
  }
  // Drafts (1997) and IEC 60255-24:2001 have the lines of 1999.
  config_.revision = year == 1991 ? 1991 : year == 2013 ? 2013 : 1999;
  return {};
}

Done ConfigReader::channels() {
  if (auto got = line_cells("counts of channels", 3, 3); !got) {
    return got;
  }
  std::int64_t total = 0;
  std::int64_t analogs = 0;
  std::int64_t digitals = 0;
  constexpr std::int64_t most = 999'999;  // six digits
  if (!comtrade::to_integer(cells_[0], total) || !to_count(cells_[1], 'A', analogs) ||
      !to_count(cells_[2], 'D', digitals) || analogs > most || digitals > most) {
    return refuse(quoted(line_) +
                  ": no counts of channels; allowed: total, analog with A, digital with D (6,4A,2D)");
  }
  if (total != analogs + digitals) {
    return refuse(quoted(line_) + ": " + std::to_string(analogs) + " + " + std::to_string(digitals) +
                  " is not " + std::to_string(total));
  }
  // A line each: the counts cannot ask for more memory than the text itself.
  for (std::int64_t n = 1; n <= analogs; ++n) {
    if (auto got = analog(n); !got) {
      return got;
    }
  }
  for (std::int64_t n = 1; n <= digitals; ++n) {
    if (auto got = line_cells("a digital channel", 2, 5); !got) {
      return got;
    }
    config_.digital.emplace_back(cells_[1]);
  }
  return {};
}

Done ConfigReader::analog(std::int64_t number) {
  if (auto got = line_cells("an analog channel", 10, 13); !got) {
    return got;
  }
  std::int64_t found = 0;
  if (!comtrade::to_integer(cells_[0], found) || found != number) {
    return refuse_cell(0, "channel number; allowed here: " + std::to_string(number));
  }
  ComtradeChannel channel;
  channel.name = cells_[1];
  channel.phase = cells_[2];
  channel.circuit = cells_[3];
  channel.unit = cells_[4];
  if (!comtrade::to_number(cells_[5], channel.a)) {
    return refuse_cell(5, "multiplier a; allowed: a number");
  }
  if (!comtrade::to_number(cells_[6], channel.b)) {
    return refuse_cell(6, "offset b; allowed: a number");
  }
  double skew_us = 0.0;
  if (!cells_[7].empty() && !comtrade::to_number(cells_[7], skew_us)) {
    return refuse_cell(7, "time skew; allowed: none, or a number of microseconds");
  }
  channel.skew_s = skew_us * 1e-6;
  for (auto const& [cell, value] : {std::pair{8U, &channel.least}, std::pair{9U, &channel.most}}) {
    if (!cells_[cell].empty() && !comtrade::to_number(cells_[cell], *value)) {
      return refuse_cell(cell, "limit of the values; allowed: none, or a number");
    }
  }
  if (auto got = analog_ratio(channel); !got) {
    return got;
  }
  config_.analog.push_back(std::move(channel));
  return {};
}

Done ConfigReader::analog_ratio(ComtradeChannel& channel) {
  if (cells_.size() > 10) {
    if (cells_.size() != 13) {
      return refuse(wrong_count("an analog channel", cells_.size(), 10, 10) +
                    ", or 13 with the transformer's ratio");
    }
    for (auto const& [cell, value] : {std::pair{10U, &channel.primary}, std::pair{11U, &channel.secondary}}) {
      if (!cells_[cell].empty() && !comtrade::to_number(cells_[cell], *value)) {
        return refuse_cell(cell, "side of the transformer's ratio; allowed: none, or a number");
      }
    }
    auto const side = cells_[12].empty() ? 'S' : std::toupper(static_cast<unsigned char>(cells_[12].front()));
    if (cells_[12].size() > 1 || (side != 'P' && side != 'S')) {
      return refuse_cell(12, "side of the values; allowed: P or S");
    }
    channel.is_primary = side == 'P';
  }
  return {};
}

Done ConfigReader::frequency() {
  if (auto got = line("the mains frequency"); !got) {
    return got;
  }
  if (!line_.empty() && (!comtrade::to_number(line_, config_.frequency_hz) || config_.frequency_hz < 0)) {
    return refuse(quoted(line_) + ": mains frequency; allowed: none, or a number of hertz");
  }
  return {};
}

Done ConfigReader::rates() {
  if (auto got = line("the count of sampling rates"); !got) {
    return got;
  }
  std::int64_t count = 0;
  if (!comtrade::to_integer(line_, count) || count < 0 || count > 999) {
    return refuse(quoted(line_) + ": count of sampling rates; allowed: 0 to 999");
  }
  // Without a rate there is still a line: zero, and the last sample.
  for (std::int64_t n = 0; n < std::max<std::int64_t>(count, 1); ++n) {
    if (auto got = line_cells("a sampling rate", 2, 2); !got) {
      return got;
    }
    ComtradeRate rate{.line = lines_.number()};
    if (!comtrade::to_number(cells_[0], rate.hz) || rate.hz < 0 || rate.hz > 1e9) {
      return refuse_cell(0, "sampling rate; allowed: 0 (the time stamps decide) to 1e9 Hz");
    }
    auto const before = config_.rates.empty() ? 0 : config_.rates.back().last;
    if (!comtrade::to_integer(cells_[1], rate.last) || rate.last <= before) {
      return refuse_cell(1, "number of the rate's last sample; allowed: above " + std::to_string(before));
    }
    if (count == 0) {
      rate.hz = 0.0;
    }
    config_.rates.push_back(rate);
  }
  return {};
}

Done ConfigReader::stamps() {
  if (auto got = stamp(config_.start, "date and time of the first sample"); !got) {
    return got;
  }
  return stamp(config_.trigger, "date and time of the trigger");
}

/// dd/mm/yyyy,hh:mm:ss.ssssss; 1991 writes mm/dd/yy.
Done ConfigReader::stamp(ComtradeStamp& stamp, std::string_view what) {
  if (auto got = line_cells(what, 2, 2); !got) {
    return got;
  }
  auto const parts = [](std::string_view text, char separator) {
    std::vector<std::string_view> found;
    for (auto at = text.find(separator); at != std::string_view::npos; at = text.find(separator)) {
      found.push_back(text.substr(0, at));
      text.remove_prefix(at + 1);
    }
    found.push_back(text);
    return found;
  };
  auto const day = parts(cells_[0], '/');
  auto const time = parts(cells_[1], ':');
  std::array<std::int64_t, 5> numbers{};
  bool good = day.size() == 3 && time.size() == 3;
  for (std::size_t n = 0; good && n < 3; ++n) {
    good =
        comtrade::to_integer(day[n], numbers[n]) && (n == 2 || comtrade::to_integer(time[n], numbers[3 + n]));
  }
  bool const month_first = config_.revision == 1991;
  auto const month = numbers[month_first ? 0 : 1];
  auto const day_of_month = numbers[month_first ? 1 : 0];
  // Recorders without a clock write zeros.
  good = good && comtrade::to_number(time[2], stamp.second) && stamp.second >= 0 && stamp.second < 61 &&
         month >= 0 && month <= 12 && day_of_month >= 0 && day_of_month <= 31 && numbers[2] >= 0 &&
         numbers[2] <= 9999 && numbers[3] >= 0 && numbers[3] < 24 && numbers[4] >= 0 && numbers[4] < 60;
  if (!good) {
    return refuse(quoted(line_) + ": date and time; allowed: " +
                  (month_first ? "mm/dd/yy,hh:mm:ss.ssssss" : "dd/mm/yyyy,hh:mm:ss.ssssss"));
  }
  stamp.year = static_cast<int>(numbers[2]);
  stamp.month = static_cast<int>(month);
  stamp.day = static_cast<int>(day_of_month);
  stamp.hour = static_cast<int>(numbers[3]);
  stamp.minute = static_cast<int>(numbers[4]);
  constexpr std::size_t microseconds = 9;  // "ss.ssssss"
  has_nanoseconds_ = config_.revision == 2013 && time[2].size() > microseconds;
  return {};
}

Done ConfigReader::format() {
  if (auto got = line("the data's format"); !got) {
    return got;
  }
  std::string word{line_};
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  bool const newer = config_.revision == 2013;
  if (word == "ASCII") {
    config_.format = ComtradeFormat::ascii;
  } else if (word == "BINARY") {
    config_.format = ComtradeFormat::binary;
  } else if (newer && word == "BINARY32") {
    config_.format = ComtradeFormat::binary32;
  } else if (newer && word == "FLOAT32") {
    config_.format = ComtradeFormat::float32;
  } else {
    return refuse(quoted(line_) + ": format of the data; allowed: ASCII, BINARY" +
                  (newer ? ", BINARY32, FLOAT32" : " (BINARY32 and FLOAT32 from revision 2013 on)"));
  }
  return {};
}

Done ConfigReader::multiplier() {
  double multiplier = 1.0;
  if (lines_.next(line_) && !line_.empty() &&
      (!comtrade::to_number(line_, multiplier) || multiplier <= 0 || multiplier > 1e9)) {
    return refuse(quoted(line_) + ": multiplier of the time stamps; allowed: none, or above 0 to 1e9");
  }
  // Revision 2013 counts in what the date and time are written to. @source C37.111-2013, 8.4
  config_.stamp_unit_s = multiplier * (has_nanoseconds_ ? 1e-9 : 1e-6);
  return {};
}

/// Time zones and clock quality say nothing about the samples; only their form is looked at.
Done ConfigReader::time_codes() {
  for (auto const what : {"time code, local code", "clock quality, leap second"}) {
    if (config_.revision != 2013 || !lines_.next(line_) || line_.empty()) {
      return {};
    }
    cells_ = cells(line_);
    if (cells_.size() != 2) {
      return refuse(wrong_count(what, cells_.size(), 2, 2));
    }
  }
  return {};
}

Done ConfigReader::rest() {
  while (lines_.next(line_)) {
    if (!line_.empty()) {
      return refuse(quoted(line_) + ": a line behind the end; allowed: none");
    }
  }
  return {};
}

}  // namespace

ComtradeResult<ComtradeConfig> parse_comtrade_config(std::string_view text) {
  return ConfigReader{text}.read();
}

}  // namespace blondel

#include <scenario/comtrade.hpp>

#include <scenario/comtrade_text.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include <blondel/base/contract.hpp>

namespace blondel {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::uint32_t little_endian(ByteSpan octets) {
  std::uint32_t value = 0;
  for (std::size_t n = octets.size(); n-- > 0;) {
    value = value << 8 | octets[n];
  }
  return value;
}

/// A recorded number in a binary record. @source C37.111-1999, 8.6; -2013, 8.6: the most negative integer and
/// no finite number stand for a missing value
double binary_number(ComtradeFormat format, ByteSpan octets) {
  auto const bits = little_endian(octets);
  switch (format) {
    case ComtradeFormat::binary:
      return bits == 0x8000 ? missing : static_cast<std::int16_t>(bits);
    case ComtradeFormat::binary32:
      return bits == 0x80000000 ? missing : static_cast<std::int32_t>(bits);
    case ComtradeFormat::float32: {
      double const value = std::bit_cast<float>(bits);
      return std::isfinite(value) ? value : missing;
    }
    case ComtradeFormat::ascii:
      break;
  }
  return missing;
}

std::string sample_text(std::size_t sample) {
  return "sample " + std::to_string(sample);
}

/// Sample numbers rise one by one: a gap is a damaged file.
class SampleNumbers {
 public:
  /// @return what is wrong; empty when it is right
  std::string take(std::int64_t number) {
    auto const wanted = last_ + 1;
    bool const good = !started_ || number == wanted;
    started_ = true;
    last_ = number;
    return good ? std::string{}
                : "sample number " + std::to_string(number) + "; allowed here: " + std::to_string(wanted);
  }

 private:
  std::int64_t last_{};
  bool started_{};
};

ComtradeResult<void> read_binary(ComtradeConfig const& config, ByteSpan octets,
                                 std::span<std::size_t const> wanted, ComtradeData& data) {
  std::size_t const width = config.format == ComtradeFormat::binary ? 2 : 4;
  constexpr std::size_t head = 8;  // sample number and time stamp
  constexpr std::size_t word_bits = 16;
  auto const size =
      head + width * config.analog.size() + 2 * ((config.digital.size() + word_bits - 1) / word_bits);
  auto const refuse = [](std::size_t offset, std::string why) {
    return tl::unexpected{ComtradeFault{": octet " + std::to_string(offset), std::move(why)}};
  };
  auto const announced = static_cast<std::size_t>(config.rates.back().last);
  auto const records = octets.size() / size;
  if (octets.size() % size != 0) {
    return refuse(records * size, "a record of " + std::to_string(octets.size() % size) +
                                      " octets; allowed: " + std::to_string(size) +
                                      " (truncated, or not what the configuration says?)");
  }
  SampleNumbers numbers;
  for (std::size_t n = 0; n < std::min(records, announced); ++n) {
    auto const record = octets.subspan(n * size, size);
    if (auto why = numbers.take(little_endian(record.first(4))); !why.empty()) {
      return refuse(n * size, std::move(why));
    }
    auto const stamp = little_endian(record.subspan(4, 4));
    data.stamp_s.push_back(stamp == 0xFFFFFFFF ? missing : stamp * config.stamp_unit_s);
    for (std::size_t w = 0; w < wanted.size(); ++w) {
      auto const& channel = config.analog[wanted[w]];
      auto const number = binary_number(config.format, record.subspan(head + wanted[w] * width, width));
      data.values[w].push_back(channel.a * number + channel.b);
    }
  }
  return {};
}

/// Reads the cells of one line of text.
ComtradeResult<void> read_cells(ComtradeConfig const& config, std::size_t line,
                                std::vector<std::string_view> const& cells,
                                std::span<std::size_t const> wanted, ComtradeData& data) {
  double stamp = missing;
  if (!cells[1].empty() && !comtrade::to_number(cells[1], stamp)) {
    return comtrade::refuse_line(line,
                                 comtrade::quoted(cells[1]) + ": time stamp; allowed: none, or a number");
  }
  data.stamp_s.push_back(stamp * config.stamp_unit_s);
  constexpr double missing_before_2013 = 99999;
  for (std::size_t w = 0; w < wanted.size(); ++w) {
    auto const cell = cells[2 + wanted[w]];
    auto const& channel = config.analog[wanted[w]];
    double number = missing;
    if (!cell.empty() && !comtrade::to_number(cell, number)) {
      return comtrade::refuse_line(line, comtrade::quoted(cell) + ": value of channel " +
                                             std::to_string(wanted[w] + 1) + " (" + channel.name +
                                             "); allowed: none, or a number");
    }
    if (config.revision < 2013 && number == missing_before_2013) {
      number = missing;
    }
    data.values[w].push_back(channel.a * number + channel.b);
  }
  return {};
}

ComtradeResult<void> read_text(ComtradeConfig const& config, std::string_view text,
                               std::span<std::size_t const> wanted, ComtradeData& data) {
  auto const announced = static_cast<std::size_t>(config.rates.back().last);
  auto const count = 2 + config.analog.size() + config.digital.size();
  comtrade::Lines lines{text};
  SampleNumbers numbers;
  std::string_view line;
  while (data.stamp_s.size() < announced && lines.next(line)) {
    if (line.empty()) {
      continue;
    }
    auto const cells = comtrade::cells(line);
    if (cells.size() != count) {
      return comtrade::refuse_line(lines.number(), "has " + std::to_string(cells.size()) +
                                                       " fields; allowed: " + std::to_string(count) +
                                                       " (truncated?)");
    }
    std::int64_t number = 0;
    if (!comtrade::to_integer(cells[0], number) || number < 0 || number > 9'999'999'999) {
      return comtrade::refuse_line(
          lines.number(),
          comtrade::quoted(cells[0]) + ": sample number; allowed: a whole number of ten digits");
    }
    if (auto why = numbers.take(number); !why.empty()) {
      return comtrade::refuse_line(lines.number(), std::move(why));
    }
    if (auto got = read_cells(config, lines.number(), cells, wanted, data); !got) {
      return got;
    }
  }
  return {};
}

/// The rate the time stamps tell. @return 0 when one is missing
ComtradeResult<double> stamped_rate_hz(std::vector<double> const& stamp_s) {
  if (stamp_s.size() < 2 ||
      !std::all_of(stamp_s.begin(), stamp_s.end(), [](double s) { return std::isfinite(s); })) {
    return 0.0;
  }
  auto const interval_s = (stamp_s.back() - stamp_s.front()) / static_cast<double>(stamp_s.size() - 1);
  for (std::size_t n = 0; n < stamp_s.size(); ++n) {
    auto const off_s = stamp_s[n] - stamp_s.front() - static_cast<double>(n) * interval_s;
    // Relays follow the mains with their sampling, so that stamps wander; half an interval is their order.
    if (!(interval_s > 0) || std::abs(off_s) > interval_s / 2) {
      return tl::unexpected{ComtradeFault{"", sample_text(n + 1) + ": its time stamp is " +
                                                  std::to_string(off_s * 1e6) +
                                                  " us off even spacing; allowed: half an interval (" +
                                                  std::to_string(interval_s * 5e5) + " us)"}};
    }
  }
  return 1.0 / interval_s;
}

}  // namespace

ComtradeResult<ComtradeData> parse_comtrade_data(ComtradeConfig const& config, ByteSpan octets,
                                                 std::span<std::size_t const> wanted) {
  BLONDEL_EXPECTS(!config.rates.empty());
  BLONDEL_EXPECTS(
      std::all_of(wanted.begin(), wanted.end(), [&](auto n) { return n < config.analog.size(); }));
  ComtradeData data;
  data.values.resize(wanted.size());
  auto const read =
      config.format == ComtradeFormat::ascii
          ? read_text(config, {reinterpret_cast<char const*>(octets.data()), octets.size()}, wanted, data)
          : read_binary(config, octets, wanted, data);
  if (!read) {
    return tl::unexpected{read.error()};
  }
  auto const announced = config.rates.back().last;
  if (std::cmp_less(data.stamp_s.size(), announced)) {
    return tl::unexpected{ComtradeFault{"", "has " + std::to_string(data.stamp_s.size()) +
                                                " samples, the configuration says " +
                                                std::to_string(announced) + " (truncated?)"}};
  }
  return data;
}

ComtradeResult<double> comtrade_rate_hz(ComtradeConfig const& config, ComtradeData const& data) {
  auto const said_hz = config.rates.front().hz;
  for (auto const& rate : config.rates) {
    if (rate.hz != said_hz) {
      return tl::unexpected{ComtradeFault{
          "", std::to_string(rate.hz) + " Hz from sample " + std::to_string(config.rates.front().last + 1) +
                  " on, " + std::to_string(said_hz) + " Hz before; allowed: one sampling rate"}};
    }
  }
  auto const stamped_hz = stamped_rate_hz(data.stamp_s);
  if (said_hz == 0 && !stamped_hz) {
    return stamped_hz;
  }
  if (said_hz == 0 && *stamped_hz == 0) {
    return tl::unexpected{ComtradeFault{"", "has no sampling rate and no time stamps; allowed: either"}};
  }
  constexpr double agreement = 0.01;
  if (said_hz > 0 && stamped_hz && *stamped_hz > 0 && std::abs(*stamped_hz / said_hz - 1) > agreement) {
    return tl::unexpected{ComtradeFault{"", "the time stamps tell " + std::to_string(*stamped_hz) +
                                                " Hz, the configuration " + std::to_string(said_hz) +
                                                " Hz; allowed: 1 % apart"}};
  }
  return said_hz > 0 ? said_hz : *stamped_hz;
}

}  // namespace blondel

#pragma once
/// COMTRADE records: configuration and data out of octets; no files here.
/// @source IEEE C37.111-1991, -1999 and -2013 (IEC 60255-24): .cfg and .dat; the single-file form is not read

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <blondel/base/bytes.hpp>
#include <tl/expected.hpp>

namespace blondel {

/// What is wrong and where in the file. The caller puts the file's name in front.
struct ComtradeFault {
  std::string place;  ///< ":5" (line) or ": octet 1280"; empty = the file as a whole
  std::string why;    ///< what stands there and what is allowed
};

template<class T>
using ComtradeResult = tl::expected<T, ComtradeFault>;

/// How samples stand in the data file.
enum class ComtradeFormat : std::uint8_t { ascii, binary, binary32, float32 };

/// One analog channel; a recorded number x means a x + b in `unit`.
struct ComtradeChannel {
  std::string name;
  std::string phase;
  std::string circuit;
  std::string unit;  ///< of a x + b
  double a{1.0};
  double b{};
  double skew_s{};  ///< by how much later than its time stamp a sample was taken
  double least{};   ///< of x, as announced
  double most{};
  double primary{1.0};  ///< ratio of the instrument transformer
  double secondary{1.0};
  bool is_primary{};  ///< the values are those of the primary side
};

struct ComtradeRate {
  double hz{};          ///< 0: the time stamps decide
  std::int64_t last{};  ///< sample number, from 1
  std::size_t line{};   ///< in the configuration, for messages
};

/// Date and time as written, in whatever zone the recorder lives.
struct ComtradeStamp {
  int year{};
  int month{};
  int day{};
  int hour{};
  int minute{};
  double second{};
};

/// A .cfg file.
struct ComtradeConfig {
  std::string station;
  std::string device;
  int revision{1991};  ///< 1991, 1999 or 2013; years between are read as 1999
  std::vector<ComtradeChannel> analog;
  std::vector<std::string> digital;  ///< names
  double frequency_hz{};             ///< of the mains; 0 = not said
  std::vector<ComtradeRate> rates;   ///< at least one
  ComtradeStamp start;
  ComtradeStamp trigger;
  ComtradeFormat format{};
  double stamp_unit_s{1e-6};  ///< of the data's time stamps, multiplier included
};

/// Columns of a .dat file. A missing value is a NaN.
struct ComtradeData {
  std::vector<double> stamp_s;              ///< since the first sample's stamp zero
  std::vector<std::vector<double>> values;  ///< one per wanted channel, a x + b
};

/// Reads a configuration. @errors the first line that is not what the revision says
[[nodiscard]] ComtradeResult<ComtradeConfig> parse_comtrade_config(std::string_view text);

/// Reads the wanted analog channels, numbered from 0, up to the last sample that the configuration announces.
/// @errors a truncated or malformed record, samples missing against the configuration
/// @cost memory in proportion to the octets times the wanted channels
[[nodiscard]] ComtradeResult<ComtradeData> parse_comtrade_data(ComtradeConfig const& config, ByteSpan octets,
                                                               std::span<std::size_t const> wanted);

/// The one sampling rate of a record: the configuration's, or that of the time stamps where it says none.
/// @errors several rates, stamps that contradict the rate, stamps that are missing or unevenly spaced
[[nodiscard]] ComtradeResult<double> comtrade_rate_hz(ComtradeConfig const& config, ComtradeData const& data);

}  // namespace blondel

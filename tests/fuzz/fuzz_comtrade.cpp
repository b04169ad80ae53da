/// COMTRADE configuration and data: neither may read past its end or ask for more memory than its size
/// allows.
///
/// Input: the configuration's text, a zero octet, the data's octets. All analog channels are wanted.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <vector>

#include <blondel/base/contract.hpp>

#include "scenario/comtrade.hpp"

using namespace blondel;

namespace {

bool is_printable(ComtradeFault const& fault) {
  auto const text = fault.place + fault.why;
  return !fault.why.empty() && text.find('\n') == std::string::npos;
}

void check_data(ComtradeConfig const& config, ByteSpan octets) {
  std::vector<std::size_t> wanted(config.analog.size());
  std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  auto const data = parse_comtrade_data(config, octets, wanted);
  if (!data) {
    BLONDEL_EXPECTS(is_printable(data.error()));
    return;
  }
  auto const samples = data->stamp_s.size();
  // The shortest sample there is: a number, a comma and a stamp that is missing.
  BLONDEL_EXPECTS(samples <= octets.size() / 2 + 1);
  BLONDEL_EXPECTS(samples == static_cast<std::size_t>(config.rates.back().last));
  BLONDEL_EXPECTS(std::all_of(data->values.begin(), data->values.end(),
                              [&](auto const& column) { return column.size() == samples; }));
  auto const rate = comtrade_rate_hz(config, *data);
  BLONDEL_EXPECTS(rate ? *rate > 0 : is_printable(rate.error()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  ByteSpan const input{data, size};
  auto const split = static_cast<std::size_t>(std::find(input.begin(), input.end(), 0) - input.begin());
  auto const config = parse_comtrade_config({reinterpret_cast<char const*>(data), split});
  if (!config) {
    BLONDEL_EXPECTS(is_printable(config.error()));
    return 0;
  }
  check_data(*config, input.subspan(std::min(split + 1, size)));
  return 0;
}

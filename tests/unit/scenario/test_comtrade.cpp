// The records are written out by hand after IEEE C37.111; the values beside them are a x + b by hand.

#include <scenario/comtrade.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <string>
#include <vector>

using namespace blondel;

namespace {

/// Two analog and two digital channels, 1999; `from` is replaced by `to` once.
std::string config_text(std::string const& from = "", std::string const& to = "") {
  std::string text =
      "Stilling,relay 7,1999\r\n"
      "4,2A,2D\r\n"
      "1,UL1,A,line 1,V,0.5,10,0,-32767,32767,20000,100,P\r\n"
      "2, IL1 ,A,line 1,kA,2.0E-01,-1.5,100,-32767,32767,200,5,s\r\n"
      "1,trip,,,0\r\n"
      "2,close,,,1\r\n"
      "50\r\n"
      "1\r\n"
      "1000,3\r\n"
      "06/04/2012,06:42:59.391076\r\n"
      "06/04/2012,06:42:59.895690\r\n"
      "ASCII\r\n"
      "1.0\r\n";
  if (!from.empty()) {
    text.replace(text.find(from), from.size(), to);
  }
  return text;
}

constexpr char const* three_lines =
    "1,0,100,-20,0,1\r\n"
    "2,1000,-100,20,0,1\r\n"
    "3,2000,7,8,1,1\r\n";

ByteSpan octets_of(std::string const& text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

ComtradeConfig config_of(std::string const& text) {
  auto const config = parse_comtrade_config(text);
  INFO((config ? std::string{} : config.error().place + ": " + config.error().why));
  REQUIRE(config);
  return *config;
}

constexpr std::array<std::size_t, 2> both{0, 1};

ComtradeResult<ComtradeData> data_of(ComtradeConfig const& config, std::string const& octets) {
  return parse_comtrade_data(config, octets_of(octets), both);
}

template<class T>
std::string fault(ComtradeResult<T> const& result) {
  return result ? "accepted" : result.error().place + ": " + result.error().why;
}
std::string config_fault(std::string const& from, std::string const& to) {
  return fault(parse_comtrade_config(config_text(from, to)));
}
std::string data_fault(std::string const& octets) {
  return fault(data_of(config_of(config_text()), octets));
}
std::string rate_fault(std::string const& from, std::string const& to, std::string const& octets) {
  auto const config = config_of(config_text(from, to));
  auto const data = data_of(config, octets);
  REQUIRE(data);
  return fault(comtrade_rate_hz(config, *data));
}

/// A binary record of two values of `width` octets and one status word.
std::string binary_record(std::uint32_t number, std::uint32_t stamp, std::array<std::uint32_t, 2> values,
                          int width) {
  std::string octets;
  auto const put = [&](std::uint32_t value, int count) {
    for (int n = 0; n < count; ++n) {
      octets += static_cast<char>(value >> (8 * n) & 0xFF);
    }
  };
  put(number, 4);
  put(stamp, 4);
  put(values[0], width);
  put(values[1], width);
  put(3, 2);
  return octets;
}

}  // namespace

TEST_CASE("comtrade: a configuration of 1999 is read") {
  auto const config = config_of(config_text());
  CHECK(config.station == "Stilling");
  CHECK(config.device == "relay 7");
  CHECK(config.revision == 1999);
  REQUIRE(config.analog.size() == 2);
  auto const& channel = config.analog[1];
  CHECK(channel.name == "IL1");
  CHECK(channel.phase == "A");
  CHECK(channel.circuit == "line 1");
  CHECK(channel.unit == "kA");
  CHECK(channel.a == Approx(0.2).margin(1e-15));
  CHECK(channel.b == Approx(-1.5).margin(1e-15));
  CHECK(channel.skew_s == Approx(100e-6).margin(1e-15));
  CHECK(channel.most == 32767);
  CHECK(channel.primary == 200);
  CHECK(channel.secondary == 5);
  CHECK_FALSE(channel.is_primary);
  CHECK(config.analog[0].is_primary);
  CHECK(config.digital == std::vector<std::string>{"trip", "close"});
  CHECK(config.frequency_hz == 50);
  REQUIRE(config.rates.size() == 1);
  CHECK(config.rates[0].hz == 1000);
  CHECK(config.rates[0].last == 3);
  CHECK(config.start.day == 6);
  CHECK(config.start.month == 4);
  CHECK(config.start.second == Approx(59.391076).margin(1e-12));
  CHECK(config.trigger.second == Approx(59.89569).margin(1e-12));
  CHECK(config.format == ComtradeFormat::ascii);
  CHECK(config.stamp_unit_s == Approx(1e-6).margin(1e-18));
}

TEST_CASE("comtrade: a configuration of 1991 has short lines, months first and no multiplier") {
  auto const config = config_of(
      "old,1\n1,1A,0D\n1,U,,,kV,1,0,0,-2048,2047\n60\n1\n960.0,2\n"
      "12/31/95,23:59:59.5\n12/31/95,23:59:59.6\nbinary\n\x1a");
  CHECK(config.revision == 1991);
  CHECK(config.start.month == 12);
  CHECK(config.start.day == 31);
  CHECK(config.analog[0].primary == 1);
  CHECK(config.frequency_hz == 60);
  CHECK(config.format == ComtradeFormat::binary);
}

TEST_CASE("comtrade: a configuration of 2013 has time codes, two more formats and nanoseconds") {
  auto text = config_text(",1999", ",2013");
  text.replace(text.find("ASCII\r\n1.0\r\n"), 12, "FLOAT32\r\n2\r\n+2,+1\r\n0,0\r\n");
  text.replace(text.find("59.391076"), 9, "59.391076123");
  text.replace(text.find("59.895690"), 9, "59.895690000");
  auto const config = config_of(text);
  CHECK(config.revision == 2013);
  CHECK(config.format == ComtradeFormat::float32);
  CHECK(config.stamp_unit_s == Approx(2e-9).margin(1e-20));
}

TEST_CASE("comtrade: years between the revisions are read as 1999") {
  CHECK(config_of(config_text(",1999", ",1997")).revision == 1999);
  CHECK(config_of(config_text(",1999", ",2001")).revision == 1999);
}

TEST_CASE("comtrade: what is wrong in a configuration is named with line and what is allowed") {
  CHECK(config_fault(",1999", ",2019") ==
        ":1: \"2019\": no revision of the format; allowed: none (1991), or 1991 to 2013");
  CHECK(config_fault("Stilling,relay 7,1999", "Stilling") ==
        ":1: station, device, revision has 1 fields; allowed: 2 to 3");
  CHECK(config_fault("4,2A,2D", "4,2,2D") ==
        ":2: \"4,2,2D\": no counts of channels; allowed: total, analog with A, digital with D (6,4A,2D)");
  CHECK(config_fault("4,2A,2D", "5,2A,2D") == ":2: \"5,2A,2D\": 2 + 2 is not 5");
  CHECK(config_fault("4,2A,2D", "-1,-3A,2D").find(":2: \"-1,-3A,2D\": no counts") == 0);
  CHECK(config_fault("4,2A,2D", "99999999,99999997A,2D").find(":2: ") == 0);
  CHECK(config_fault("1,UL1", "3,UL1") == ":3: \"3\": channel number; allowed here: 1");
  CHECK(config_fault(",V,0.5,", ",V,x,") == ":3: \"x\": multiplier a; allowed: a number");
  CHECK(config_fault(",V,0.5,", ",V,nan,") == ":3: \"nan\": multiplier a; allowed: a number");
  CHECK(config_fault(",-1.5,", ",,") == ":4: \"\": offset b; allowed: a number");
  CHECK(config_fault(",100,P", ",100,Q") == ":3: \"Q\": side of the values; allowed: P or S");
  CHECK(config_fault("\n50\r", "\n-50\r") ==
        ":7: \"-50\": mains frequency; allowed: none, or a number of hertz");
  CHECK(config_fault("\n1\r\n1000", "\nx\r\n1000") ==
        ":8: \"x\": count of sampling rates; allowed: 0 to 999");
  CHECK(config_fault("1000,3", "1000,0") == ":9: \"0\": number of the rate's last sample; allowed: above 0");
  CHECK(config_fault("1000,3", "-1,3") ==
        ":9: \"-1\": sampling rate; allowed: 0 (the time stamps decide) to 1e9 Hz");
  CHECK(config_fault("06/04/2012,06:42:59.391076", "06/14/2012,06:42:59") ==
        ":10: \"06/14/2012,06:42:59\": date and time; allowed: dd/mm/yyyy,hh:mm:ss.ssssss");
  CHECK(config_fault("ASCII", "FLOAT32") ==
        ":12: \"FLOAT32\": format of the data; allowed: ASCII, BINARY (BINARY32 and FLOAT32 from revision "
        "2013 on)");
  CHECK(config_fault("\n1.0", "\n0") ==
        ":13: \"0\": multiplier of the time stamps; allowed: none, or above 0 to 1e9");
  CHECK(config_fault("\n1.0\r\n", "\n1.0\r\nmore\r\n") ==
        ":14: \"more\": a line behind the end; allowed: none");
}

TEST_CASE("comtrade: a truncated configuration tells what is wanted next") {
  auto const text = config_text();
  CHECK(fault(parse_comtrade_config("")) ==
        ":1: the file ends; station, device, revision is wanted (truncated?)");
  CHECK(fault(parse_comtrade_config(text.substr(0, text.find("2, IL1")))) ==
        ":4: the file ends; an analog channel is wanted (truncated?)");
  CHECK(fault(parse_comtrade_config(text.substr(0, text.find("ASCII")))) ==
        ":12: the file ends; the data's format is wanted (truncated?)");
}

TEST_CASE("comtrade: text data become a x + b") {
  auto const data = data_of(config_of(config_text()), three_lines);
  REQUIRE(data);
  // 0.5 * 100 + 10, 0.5 * -100 + 10; 0.2 * -20 - 1.5, 0.2 * 20 - 1.5
  CHECK(data->values[0] == std::vector<double>{60.0, -40.0, 13.5});
  CHECK(data->values[1][0] == Approx(-5.5).margin(1e-12));
  CHECK(data->values[1][1] == Approx(2.5).margin(1e-12));
  CHECK(data->stamp_s[2] == Approx(2e-3).margin(1e-12));
}

TEST_CASE("comtrade: missing values are no numbers") {
  auto const data = data_of(config_of(config_text()), "1,,99999,\r\n2,1000,1,1,0,1\r\n3,2000,1,1,0,1\r\n");
  CHECK(fault(data) == ":1: has 4 fields; allowed: 6 (truncated?)");
  auto const good =
      data_of(config_of(config_text()), "1,,99999,,0,1\r\n2,1000,1,1,0,1\r\n3,2000,1,1,0,1\r\n\x1a");
  REQUIRE(good);
  CHECK(std::isnan(good->stamp_s[0]));
  CHECK(std::isnan(good->values[0][0]));
  CHECK(std::isnan(good->values[1][0]));
  // From 2013 on only an empty field is missing.
  auto const newer =
      data_of(config_of(config_text(",1999", ",2013")), "1,0,99999,,0,1\n2,1000,1,1,0,1\n3,2000,1,1,0,1\n");
  REQUIRE(newer);
  CHECK(newer->values[0][0] == 50009.5);
}

TEST_CASE("comtrade: binary data of 16 bits, with status words and missing values") {
  auto const config = config_of(config_text("ASCII", "BINARY"));
  auto const data =
      data_of(config, binary_record(1, 0, {100, 0xFFEC}, 2) + binary_record(2, 1000, {0x8000, 20}, 2) +
                          binary_record(3, 0xFFFFFFFF, {0x7FFF, 0}, 2));
  REQUIRE(data);
  CHECK(data->values[0][0] == 60.0);
  CHECK(data->values[1][0] == Approx(-5.5).margin(1e-12));
  CHECK(std::isnan(data->values[0][1]));
  CHECK(data->values[0][2] == 16393.5);
  CHECK(std::isnan(data->stamp_s[2]));
}

TEST_CASE("comtrade: binary data of 32 bits, whole and floating") {
  auto config = config_of(config_text(",1999", ",2013"));
  config.format = ComtradeFormat::binary32;
  config.rates[0].last = 1;
  auto const whole = data_of(config, binary_record(1, 0, {0xFFFFFF9C, 0x80000000}, 4));  // -100, missing
  REQUIRE(whole);
  CHECK(whole->values[0][0] == -40.0);
  CHECK(std::isnan(whole->values[1][0]));
  config.format = ComtradeFormat::float32;
  auto const real = data_of(config, binary_record(1, 0, {0x3F000000, 0x7F800000}, 4));  // 0.5, infinity
  REQUIRE(real);
  CHECK(real->values[0][0] == 10.25);
  CHECK(std::isnan(real->values[1][0]));
}

TEST_CASE("comtrade: truncated and malformed data are named with line or octet") {
  CHECK(data_fault("1,0,1,1,0,1\n2,1000,1,1,0,1\n") ==
        ": has 2 samples, the configuration says 3 (truncated?)");
  CHECK(data_fault("1,0,1,1,0,1\n2,1000,1,x,0,1\n") ==
        ":2: \"x\": value of channel 2 (IL1); allowed: none, or a number");
  CHECK(data_fault("1,0,1,1,0,1\n3,1000,1,1,0,1\n") == ":2: sample number 3; allowed here: 2");
  CHECK(data_fault("x,0,1,1,0,1\n") == ":1: \"x\": sample number; allowed: a whole number of ten digits");
  CHECK(data_fault("1,-,1,1,0,1\n") == ":1: \"-\": time stamp; allowed: none, or a number");
  auto const config = config_of(config_text("ASCII", "BINARY"));
  auto const record = binary_record(1, 0, {1, 1}, 2);
  CHECK(fault(data_of(config, record + record.substr(0, 5))) ==
        ": octet 14: a record of 5 octets; allowed: 14 (truncated, or not what the configuration says?)");
  CHECK(fault(data_of(config, record + record)) == ": octet 14: sample number 1; allowed here: 2");
}

TEST_CASE("comtrade: samples behind the announced last one are left alone") {
  auto const data = data_of(config_of(config_text("1000,3", "1000,2")), three_lines);
  REQUIRE(data);
  CHECK(data->stamp_s.size() == 2);
}

TEST_CASE("comtrade: without a rate the time stamps decide") {
  auto const config = config_of(config_text("\n1\r\n1000,3", "\n0\r\n0,3"));
  auto const data = data_of(config, "1,0,1,1,0,1\n2,1249,1,1,0,1\n3,2500,1,1,0,1\n");
  REQUIRE(data);
  // two intervals in 2500 us
  CHECK(comtrade_rate_hz(config, *data).value() == Approx(800.0).margin(1e-9));
}

TEST_CASE("comtrade: rates that cannot be played are refused") {
  CHECK(rate_fault("\n1\r\n1000,3", "\n0\r\n0,3", "1,0,1,1,0,1\n2,,1,1,0,1\n3,2000,1,1,0,1\n") ==
        ": has no sampling rate and no time stamps; allowed: either");
  CHECK(rate_fault("\n1\r\n1000,3", "\n2\r\n1000,2\r\n500,3", three_lines) ==
        ": 500.000000 Hz from sample 3 on, 1000.000000 Hz before; allowed: one sampling rate");
  CHECK(rate_fault("1000,3", "800,3", three_lines) ==
        ": the time stamps tell 1000.000000 Hz, the configuration 800.000000 Hz; allowed: 1 % apart");
  CHECK(rate_fault("\n1\r\n1000,3", "\n0\r\n0,3", "1,0,1,1,0,1\n2,200,1,1,0,1\n3,2000,1,1,0,1\n") ==
        ": sample 2: its time stamp is -800.000000 us off even spacing; allowed: half an interval "
        "(500.000000 us)");
}

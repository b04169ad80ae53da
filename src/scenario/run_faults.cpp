#include <scenario/run_faults.hpp>

#include <blondel/meter/meter.hpp>
#include <blondel/meter/nv_store.hpp>
#include <scenario/input_file.hpp>
#include <scenario/texts.hpp>
#include <twin/file_nv.hpp>
#include <twin/ram_nv.hpp>

#include <array>
#include <system_error>
#include <utility>

namespace blondel {

ScenarioError memory_error(std::string const& where, Error const& error) {
  auto const kind =
      error.code == ErrorCode::nv_corrupt ? ScenarioError::Kind::damaged : ScenarioError::Kind::runtime;
  if (error.code == ErrorCode::contradiction) {
    return {kind,
            where + ": the image belongs to another meter, serial number " + std::to_string(error.detail)};
  }
  if (error.code == ErrorCode::in_use) {
    return {kind, where + ": " + name_of(error.code) + "; one meter runs once at a time"};
  }
  if (error.code == ErrorCode::nv_corrupt) {
    return {kind, where + ": " + name_of(error.code) +
                      ": neither copy of the meter's state can be read; put a copy of the image in its "
                      "place, or remove it to begin with a new meter"};
  }
  auto const detail = error.code == ErrorCode::io_error
                          ? std::generic_category().message(static_cast<int>(error.detail))
                          : std::to_string(error.detail);
  return {kind, where + ": " + name_of(error.code) + " (" + detail + ")"};
}

std::string memory_place(Scenario const& scenario) {
  return scenario.file.string() + ": $.meter.nv: " + scenario.nv;
}

ScenarioResult<std::unique_ptr<NvStore>> open_memory(Scenario const& scenario, bool is_branch) {
  bool const is_lasting = scenario.nv != "ram";
  if (!is_lasting || is_branch) {
    return std::make_unique<RamNv>(nv_size_min, is_lasting);
  }
  auto const place = memory_place(scenario);
  if (auto regular = expect_regular_file(scenario.nv, ScenarioError::Kind::invalid); !regular) {
    regular.error().message = scenario.file.string() + ": $.meter.nv: " + regular.error().message +
                              ", \"ram\", or a file that is not there yet";
    return tl::unexpected{regular.error()};
  }
  auto file = FileNv::open(scenario.nv);
  if (!file && file.error().code == ErrorCode::nv_corrupt) {
    return tl::unexpected{ScenarioError{
        ScenarioError::Kind::damaged,
        place + ": permanent memory damaged: the image has " + std::to_string(file.error().detail) +
            " octets; allowed: " + std::to_string(nv_size_min) + ", or a file that is not there yet"}};
  }
  if (!file) {
    return tl::unexpected{memory_error(place, file.error())};
  }
  return std::unique_ptr<NvStore>{std::move(*file)};
}

bool is_fatal(Error const& fault, bool is_wanted) {
  return !is_wanted || fault.code != ErrorCode::nv_io;
}

std::vector<std::string> new_self_test_texts(std::uint8_t found, std::uint8_t& told) {
  struct Cause {
    SelfTestBit bit;
    char const* text;
  };
  constexpr std::array<Cause, 3> causes{
      {{self_test_eeprom, "permanent memory is damaged or refuses: status bit 1"},
       {self_test_ram, "the test of the RAM failed: status bit 3"},
       {self_test_rom, "the checksum of the ROM is wrong: status bit 4"}}};
  std::vector<std::string> texts;
  for (auto const& cause : causes) {
    if ((found & ~unsigned{told} & cause.bit) != 0) {
      texts.emplace_back(cause.text);
    }
  }
  told = found;
  return texts;
}

ScenarioError fault_error(Scenario const& scenario, Error const& fault, SimTime t) {
  auto const when = " at " + plain_number(static_cast<double>(t.ns()) / ns_per_s) +
                    " s of simulated time; results so far are kept";
  if (fault.code != ErrorCode::out_of_range) {
    auto error = memory_error(memory_place(scenario), fault);
    error.message += when;
    return error;
  }
  auto const element =
      fault.detail < 0 ? std::string{"all elements"} : "L" + std::to_string(fault.detail + 1);
  return {ScenarioError::Kind::runtime, scenario.file.string() + ": " + element +
                                            ": the load is beyond what the converters can give, the meter "
                                            "refused the increment" +
                                            when};
}

}  // namespace blondel

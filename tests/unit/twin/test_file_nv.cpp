#include <catch2/catch.hpp>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

#include "support/twin_fixture.hpp"
#include "twin/draft_nv.hpp"
#include "twin/file_nv.hpp"

namespace blondel {
namespace {

/// A directory of this test's own.
struct ScratchDirectory {
  ScratchDirectory()
      : path{std::filesystem::temp_directory_path() / ("blondel_file_nv_" + std::to_string(::getpid()))} {
    std::filesystem::create_directories(path);
  }
  ~ScratchDirectory() { std::filesystem::remove_all(path); }
  ScratchDirectory(ScratchDirectory const&) = delete;
  ScratchDirectory& operator=(ScratchDirectory const&) = delete;
  std::filesystem::path path;
};

}  // namespace

TEST_CASE("image file: the meter is still there in the next process") {
  ScratchDirectory scratch;
  auto const image = scratch.path / "meter.nv";
  auto const config = test::twin_config(Tier::interval, test::ideal_front_end());
  auto run_hour = [&] {
    auto nv = FileNv::open(image);
    REQUIRE(nv.has_value());
    Twin twin{config, std::make_unique<test::ConstantSource>(test::balanced_point(230.0, 100.0, 0.0)),
              std::move(*nv)};
    REQUIRE(twin.start().has_value());
    twin.step(test::at_s(3'600.0));
    auto const energy_mj = test::native(twin, RegisterId::active_energy_import);
    REQUIRE(twin.set_supply(false).has_value());
    twin.step(test::at_s(3'602.0));
    return energy_mj;
  };
  CHECK(run_hour() == Approx(248'400'000'000).margin(250'000));
  CHECK(run_hour() == Approx(496'800'000'000).margin(500'000));
}

TEST_CASE("image file: an interval tier that nobody reads stores each digit it would show") {
  // 69 kW at the primary: a digit of 1 kWh changes every 52.2 s; killed after 330 s, six of them are stored.
  ScratchDirectory scratch;
  auto const image = scratch.path / "meter.nv";
  auto const config = test::twin_config(Tier::interval, test::ideal_front_end());
  auto const start = [&] {
    auto twin = std::make_unique<Twin>(
        config, std::make_unique<test::ConstantSource>(test::balanced_point(230.0, 100.0, 0.0)),
        *FileNv::open(image));
    REQUIRE(twin->start().has_value());
    return twin;
  };
  start()->step(test::at_s(330.0));
  auto const stored_mj = test::native(*start(), RegisterId::active_energy_import);
  CHECK(stored_mj >= 6LL * 3'600'000'000);
  CHECK(stored_mj < 330LL * 69'000'000);
}

TEST_CASE("image file: what a client was told is there after a kill") {
  // Register 13 shows 0.0001 kWh; the digits that make the memory write by themselves are a hundred times
  // coarser.
  ScratchDirectory scratch;
  auto const image = scratch.path / "meter.nv";
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  auto const config = test::twin_config(tier, test::ideal_front_end());
  auto const start = [&] {
    auto twin = std::make_unique<Twin>(
        config, std::make_unique<test::ConstantSource>(test::balanced_point(230.0, 100.0, 0.0)),
        *FileNv::open(image));
    REQUIRE(twin->start().has_value());
    return twin;
  };
  std::int64_t told_mj = 0;
  {
    auto const twin = start();
    auto const session = twin->open_optical({});
    twin->step(test::at_s(8.0));
    constexpr std::array<std::uint8_t, 8> get_register_13{0x80, 0x3F, 0x10, 0x01, 0x00, 0x0D, 0xEB, 0x16};
    twin->handle_bytes(session, get_register_13);
    told_mj = test::native(*twin, RegisterId::active_energy_import_verification);
    REQUIRE(told_mj > 10'000'000);
  }
  CHECK(test::native(*start(), RegisterId::active_energy_import_verification) == told_mj);
}

TEST_CASE("image file: what a command did is kept before its acknowledgement leaves") {
  ScratchDirectory scratch;
  auto const image = scratch.path / "meter.nv";
  auto const config = test::twin_config(Tier::interval, test::ideal_front_end());
  auto const start = [&] {
    auto twin = std::make_unique<Twin>(
        config, std::make_unique<test::ConstantSource>(test::balanced_point(230.0, 0.0, 0.0)),
        *FileNv::open(image));
    REQUIRE(twin->start().has_value());
    return twin;
  };
  {
    auto const twin = start();
    auto const session = twin->open_optical({});
    twin->step(test::at_s(8.0));
    constexpr std::array<std::uint8_t, 6> debiting_stop{0x80, 0x3F, 0x88, 0x05, 0x2B, 0x0D};
    twin->handle_bytes(session, debiting_stop);
    std::array<std::uint8_t, 8> reply{};
    CHECK(twin->poll_transmit(session, reply) == 0);  // the meter thinks for 30 ms
  }
  CHECK(test::native(*start(), RegisterId::debiting_count) == 1);
}

TEST_CASE("image file: the end of the process is a loss of supply that keeps everything") {
  ScratchDirectory scratch;
  auto const image = scratch.path / "meter.nv";
  auto const tier = GENERATE(Tier::waveform, Tier::interval);
  auto const config = test::twin_config(tier, test::ideal_front_end());
  auto const run = [&](double seconds) {
    Twin twin{config, std::make_unique<test::ConstantSource>(test::balanced_point(230.0, 100.0, 0.0)),
              *FileNv::open(image)};
    REQUIRE(twin.start().has_value());
    twin.step(test::at_s(seconds));
    auto const found = test::native(twin, RegisterId::active_energy_import);
    REQUIRE(twin.shut_down().has_value());
    return found;
  };
  // 69 kW: 15 s are 1 035 000 J. A waveform start takes a cycle to begin.
  run(15.0);
  run(15.0);
  run(15.0);
  CHECK(run(0.0) == Approx(3 * 1'035'000'000.0).epsilon(1e-3));
}

TEST_CASE("image file: the clock of the next process starts at its own time") {
  ScratchDirectory scratch;
  auto const image = scratch.path / "meter.nv";
  auto config = test::twin_config(Tier::interval, test::ideal_front_end());
  auto clock_at_start = [&] {
    Twin twin{config, std::make_unique<test::ConstantSource>(test::balanced_point(230.0, 0.0, 0.0)),
              *FileNv::open(image)};
    REQUIRE(twin.start().has_value());
    return test::native(twin, RegisterId::clock);
  };
  CHECK(clock_at_start() == 80'000);
  config.nameplate.production_time = {.year = 2026, .month = 3, .day = 5, .hour = 17, .minute = 30};
  CHECK(clock_at_start() == 173'000);
}

TEST_CASE("image file: a second user is refused as long as there is a first") {
  ScratchDirectory scratch;
  auto const image = scratch.path / "meter.nv";
  auto first = FileNv::open(image);
  REQUIRE(first.has_value());
  CHECK(FileNv::open(image).error() == Error{ErrorCode::in_use, 0});
  first->reset();
  CHECK(FileNv::open(image).has_value());
}

TEST_CASE("image file: what is left of an image that a kill kept from being made is no image") {
  ScratchDirectory scratch;
  auto const image = scratch.path / "meter.nv";
  std::ofstream{scratch.path / "meter.nv.new"} << "cut short";
  REQUIRE(FileNv::open(image).has_value());
  CHECK(std::filesystem::file_size(image) == 4'194'304);
  CHECK_FALSE(std::filesystem::exists(scratch.path / "meter.nv.new"));
}

TEST_CASE("image file: a copy with holes gets its disk space at the start") {
  ScratchDirectory scratch;
  auto const image = scratch.path / "meter.nv";
  std::ofstream{image}.flush();
  std::filesystem::resize_file(image, nv_size_min);
  struct stat status {};
  REQUIRE(::stat(image.c_str(), &status) == 0);
  REQUIRE(status.st_blocks == 0);
  REQUIRE(FileNv::open(image).has_value());
  REQUIRE(::stat(image.c_str(), &status) == 0);
  CHECK(status.st_blocks * 512 >= 4'194'304);
}

TEST_CASE("image file: another file's size is refused, not overwritten") {
  ScratchDirectory scratch;
  auto const other = scratch.path / "notes.txt";
  std::ofstream{other} << "not a meter";
  auto const refused = FileNv::open(other);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error() == Error{ErrorCode::nv_corrupt, 11});
  CHECK(std::filesystem::file_size(other) == 11);
  auto const emptied = scratch.path / "emptied.nv";
  std::ofstream{emptied}.flush();
  CHECK(FileNv::open(emptied).error() == Error{ErrorCode::nv_corrupt, 0});
  CHECK(FileNv::open(scratch.path / "no" / "such.nv").error() == Error{ErrorCode::io_error, ENOENT});
}

TEST_CASE("image file: what lies there under the draft's name is nobody's meter") {
  ScratchDirectory scratch;
  std::ofstream{scratch.path / "meter.nv.new"} << std::string(10'000'000, 'x');
  auto const nv = FileNv::open(scratch.path / "meter.nv");
  REQUIRE(nv.has_value());
  std::array<std::uint8_t, 2> found{1, 1};
  REQUIRE((*nv)->read(0, found).has_value());
  CHECK(found == std::array<std::uint8_t, 2>{});
  CHECK(std::filesystem::file_size(scratch.path / "meter.nv") == nv_size_min);
}

TEST_CASE("draft memory: the medium stays blank until it is published, and has all of it then") {
  auto owned = std::make_unique<RamNv>(nv_size_min, true);
  auto const& medium = *owned;
  DraftNv draft{std::move(owned)};
  std::array<std::uint8_t, 3> const octets{1, 2, 3};
  std::array<std::uint8_t, 3> found{};
  for (auto const address : {std::uint32_t{5}, nv_state_size - 2, nv_size_min - 3}) {
    REQUIRE(draft.write(address, octets).has_value());
    REQUIRE(medium.read(address, found).has_value());
    CHECK(found == std::array<std::uint8_t, 3>{});
  }
  CHECK_FALSE(draft.outlives_process());
  REQUIRE(draft.publish().has_value());
  CHECK(draft.outlives_process());
  for (auto const address : {std::uint32_t{5}, nv_state_size - 2, nv_size_min - 3}) {
    REQUIRE(medium.read(address, found).has_value());
    CHECK(found == octets);
  }
  REQUIRE(draft.write(100, octets).has_value());
  REQUIRE(medium.read(100, found).has_value());
  CHECK(found == octets);
}
}  // namespace blondel

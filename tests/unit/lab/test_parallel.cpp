#include <lab/parallel.hpp>

#include <catch2/catch.hpp>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace blondel {

TEST_CASE("parallel: every piece is done once, on any number of threads") {
  auto const jobs = GENERATE(0U, 1U, 2U, 7U, 200U);
  std::vector<int> done(100);
  parallel_for(
      done.size(), jobs, [] { return true; }, [&](std::size_t n) { ++done[n]; });
  CHECK(done == std::vector<int>(100, 1));
}

TEST_CASE("parallel: no piece begins after the answer no, and those done are the first") {
  int asked = 0;
  std::vector<int> done(100);
  parallel_for(
      done.size(), 3, [&] { return ++asked <= 10; }, [&](std::size_t n) { ++done[n]; });
  std::vector<int> first(100, 0);
  std::fill_n(first.begin(), 10, 1);
  CHECK(done == first);
}

TEST_CASE("parallel: what a piece throws comes out, and no further piece begins") {
  std::vector<int> done(1000);
  auto const run = [&] {
    parallel_for(
        done.size(), 1, [] { return true; },
        [&](std::size_t n) {
          if (n == 5) {
            throw std::runtime_error{"piece 5"};
          }
          ++done[n];
        });
  };
  CHECK_THROWS_WITH(run(), "piece 5");
  CHECK(done[4] == 1);
  CHECK(done[6] == 0);
}

TEST_CASE("parallel: of several exceptions that of the first piece comes out, whenever it is thrown") {
  auto const is_first_last = GENERATE(false, true);
  std::atomic<std::size_t> begun{};
  std::atomic<std::size_t> thrown{};
  auto const run = [&] {
    parallel_for(
        3, 3, [] { return true; },
        [&](std::size_t n) {
          ++begun;
          while (begun < 3 || thrown != (is_first_last ? 2 - n : n)) {
            std::this_thread::yield();
          }
          ++thrown;
          throw std::runtime_error{"piece " + std::to_string(n)};
        });
  };
  CHECK_THROWS_WITH(run(), "piece 0");
}

TEST_CASE("parallel: nothing to do needs no thread") {
  parallel_for(
      0, 4, [] { return true; }, [](std::size_t) { FAIL("a piece of nothing"); });
}

}  // namespace blondel

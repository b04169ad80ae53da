#pragma once
/// Independent pieces of work on several threads: the only place of the laboratory that knows of threads.

#include <algorithm>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace blondel {

/// Calls work(n) for every n below `count`, lower ones first, on up to `jobs` threads; 0: as many as the
/// machine has.
/// @param go_on asked before each piece, by one thread at a time; from the first false on none begins
/// @param work puts its result in a place that n alone decides, and reads nothing another piece writes: then
///        the results are the same for any number of threads
/// @errors what the lowest n threw, thrown again here after all threads have ended: pieces begin in order, so
///         no piece below one that threw is left out, and it is the same for any number of threads
template<class GoOn, class Work>
void parallel_for(std::size_t count, unsigned jobs, GoOn const& go_on, Work const& work) {
  std::mutex door;
  std::size_t next = 0;
  std::exception_ptr thrown;
  std::size_t thrower = count;
  auto const take = [&]() {
    std::lock_guard const inside{door};
    if (next < count && (thrown || !go_on())) {
      next = count;
    }
    return next < count ? next++ : count;
  };
  auto const worker = [&] {
    for (auto n = take(); n < count; n = take()) {
      try {
        work(n);
      } catch (...) {
        std::lock_guard const inside{door};
        if (n < thrower) {
          thrower = n;
          thrown = std::current_exception();
        }
      }
    }
  };
  auto const most = jobs == 0 ? std::thread::hardware_concurrency() : jobs;
  std::vector<std::jthread> threads;
  for (std::size_t n = 1; n < std::min<std::size_t>(most, count); ++n) {
    threads.emplace_back(worker);
  }
  worker();
  threads.clear();  // joins
  if (thrown) {
    std::rethrow_exception(thrown);
  }
}

}  // namespace blondel

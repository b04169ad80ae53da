#pragma once
/// The only place that includes Asio. Boost 1.74 with GCC 12 and C++20 uses std::exchange without <utility>.

// clang-format off
#include <utility>

#include <boost/asio/buffers_iterator.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
// clang-format on

namespace blondel::asio {
using namespace boost::asio;  // NOLINT(google-build-using-namespace): an alias that names its origin once
using boost::system::error_code;
}  // namespace blondel::asio

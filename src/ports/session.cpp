#include "ports/session.hpp"

#include <blondel/ports/endpoint_spec.hpp>

#include <poll.h>

#include <array>
#include <chrono>

namespace blondel {

namespace {

/// A peer that has said all it wanted still gets its answer: longer than any reply delay of the meter.
constexpr std::chrono::seconds linger_after_end{2};

}  // namespace

Session::Session(asio::ip::tcp::socket socket, std::uint32_t number, Events events)
    : socket_{std::move(socket)},
      linger_{socket_.get_executor()},
      number_{number},
      events_{std::move(events)} {
  asio::error_code ignored;  // a socket that refuses these options still works
  socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
  socket_.non_blocking(true, ignored);
  auto const remote = socket_.remote_endpoint(ignored);
  peer_ = to_text(HostPort{remote.address().to_string(ignored), remote.port()});
}

void Session::resume_reading() {
  if (is_reading_ || is_closed_ || is_at_end_) {
    return;
  }
  is_reading_ = true;
  // Waiting without a buffer: an idle connection costs no memory beyond this object.
  socket_.async_wait(asio::ip::tcp::socket::wait_read, [this](asio::error_code const& wrong) {
    is_reading_ = false;
    if (is_closed_) {
      return;
    }
    if (wrong) {
      drop(wrong.message());
      return;
    }
    read();
  });
}

void Session::read() {
  std::array<std::uint8_t, visit_max> buffer;
  asio::error_code wrong;
  auto const count = socket_.read_some(asio::buffer(buffer), wrong);
  if (count > 0) {
    events_.on_bytes(*this, ByteSpan{buffer}.first(count));
  } else if (wrong == asio::error::would_block) {
    resume_reading();
  } else if (wrong == asio::error::eof) {
    handle_end_of_input();
  } else {
    drop(wrong.message());
  }
}

void Session::handle_end_of_input() {
  is_at_end_ = true;
  is_lingering_ = true;
  linger_.expires_after(linger_after_end);
  linger_.async_wait([this](asio::error_code const&) {
    is_lingering_ = false;
    if (!is_closed_) {
      drop("closed by peer");
    }
  });
}

void Session::send(ByteSpan bytes) {
  if (is_closed_) {
    return;
  }
  if (writing_.size() + waiting_.size() + bytes.size() > unread_max) {
    drop("peer does not read");
    return;
  }
  waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
  if (!is_writing_) {
    write_next();
  }
}

void Session::write_next() {
  writing_.swap(waiting_);
  waiting_.clear();
  is_writing_ = true;
  asio::async_write(socket_, asio::buffer(writing_), [this](asio::error_code const& wrong, std::size_t) {
    is_writing_ = false;
    writing_.clear();
    if (is_closed_) {
      return;
    }
    if (wrong) {
      drop(wrong.message());
    } else if (!waiting_.empty()) {
      write_next();
    }
  });
}

bool Session::has_peer_hung_up() {
  if (is_closed_) {
    return true;
  }
  ::pollfd asked{socket_.native_handle(), POLLRDHUP, 0};
  return ::poll(&asked, 1, 0) == 1;
}

void Session::close() {
  if (is_closed_) {
    return;
  }
  is_closed_ = true;
  asio::error_code ignored;
  linger_.cancel(ignored);
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
}

void Session::drop(std::string_view reason) {
  if (!is_closed_) {
    close();
    events_.on_gone(*this, reason);
  }
}

}  // namespace blondel

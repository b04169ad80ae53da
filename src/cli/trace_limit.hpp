#pragma once
/// How much of a trace people and disks can take: garbage can make a line of every octet.

#include <cstdint>

#include "ports/host_pacer.hpp"

namespace blondel {

/// Lets a number of lines through in each second of host time and counts the rest.
class TraceLimit {
 public:
  /// Far above two clients that ask as fast as 9600 baud allow.
  static constexpr std::uint64_t lines_per_second = 200;

  /// @return true when a line may be written now
  bool admit(HostInstant now) {
    if (now - began_ >= window) {
      began_ = now;
      written_ = 0;
    }
    bool const is_admitted = written_ < lines_per_second;
    (is_admitted ? written_ : left_out_) += 1;
    return is_admitted;
  }
  /// @return how many lines were left out, once the second in which that happened is over; else 0
  std::uint64_t take_left_out(HostInstant now) { return now - began_ >= window ? take_left_out() : 0; }
  /// @return how many lines were left out and not yet asked for
  std::uint64_t take_left_out() {
    auto const count = left_out_;
    left_out_ = 0;
    return count;
  }

 private:
  static constexpr HostInstant window{ns_per_s};
  HostInstant began_{};
  std::uint64_t written_{};
  std::uint64_t left_out_{};
};

}  // namespace blondel

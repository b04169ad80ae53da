#pragma once
/// Octets of a running state, field by field: the visitors of a snapshot. Big-endian, without padding.

#include <array>
#include <bit>
#include <bitset>
#include <complex>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <blondel/base/bytes.hpp>
#include <blondel/base/result.hpp>
#include <blondel/base/time.hpp>
#include <blondel/base/units.hpp>

namespace blondel {

/// What writer and reader have in common: how each kind of field is taken apart. A struct with fields of its
/// own names them once, for both: `template<class Visitor, class Self> static void visit_state(Visitor&
/// field, Self& self)`.
/// @tparam Octets `template<class Number> void number(Number&)`, and `std::size_t count(std::size_t now)` for
///         the length of what is not of fixed size
template<class Octets>
class StateFields {
 public:
  template<class T>
  void operator()(T& value) {
    using Plain = std::remove_const_t<T>;
    if constexpr (requires { Plain::visit_state(*this, value); }) {
      Plain::visit_state(*this, value);
    } else {
      take(value);
    }
  }
  /// A number that something else is indexed or divided by. @param least, most allowed
  template<class T>
  void within(T& value, std::type_identity_t<T> least, std::type_identity_t<T> most) {
    (*this)(value);
    if (!(value >= least && value <= most)) {  // nor what is no number
      octets_.refuse();
    }
  }
  /// @param last enumerator
  template<class Enum>
  void enumerator(Enum& value, std::remove_const_t<Enum> last) {
    (*this)(value);
    if (value > last) {
      octets_.refuse();
    }
  }
  [[nodiscard]] Octets& octets() { return octets_; }

 protected:
  explicit StateFields(Octets octets) : octets_{std::move(octets)} {}
  Octets octets_;

 private:
  __extension__ using Wide = __int128;

  template<class T>
  static constexpr bool is_plain = std::is_integral_v<T> || std::is_enum_v<T> || std::is_same_v<T, double>;

  template<class T>
  void take(T& value) {
    using Plain = std::remove_const_t<T>;
    if constexpr (is_plain<Plain>) {
      octets_.number(value);
    } else if constexpr (std::is_same_v<Plain, Wide>) {
      auto high = static_cast<std::int64_t>(value >> 64);
      auto low = static_cast<std::uint64_t>(value);
      octets_.number(high);
      octets_.number(low);
      assign(value, [&] { return (Wide{high} << 64) | Wide{low}; });
    } else {
      take_part(value);
    }
  }
  template<class T>
  void take_time(T& value) {
    auto ns = value.ns();
    octets_.number(ns);
    assign(value, [&] { return std::remove_const_t<T>{ns}; });
  }
  void take_part(SimTime& value) { take_time(value); }
  void take_part(SimTime const& value) { take_time(value); }
  void take_part(SimDuration& value) { take_time(value); }
  void take_part(SimDuration const& value) { take_time(value); }
  template<class Tag, class Rep>
  void take_part(Amount<Tag, Rep>& value) {
    auto number = value.value();
    octets_.number(number);
    value = Amount<Tag, Rep>{number};
  }
  template<class Tag, class Rep>
  void take_part(Amount<Tag, Rep> const& value) {
    auto number = value.value();
    octets_.number(number);
  }
  template<class T>
  void take_part(std::complex<T>& value) {
    std::array<T, 2> parts{value.real(), value.imag()};
    (*this)(parts);
    value = {parts[0], parts[1]};
  }
  template<class T>
  void take_part(std::complex<T> const& value) {
    auto copy = value;
    take_part(copy);
  }
  template<class T, std::size_t Count>
  void take_part(std::array<T, Count>& value) {
    take_all(value);
  }
  template<class T, std::size_t Count>
  void take_part(std::array<T, Count> const& value) {
    take_all(value);
  }
  template<std::size_t Count>
  void take_part(std::bitset<Count>& value) {
    static_assert(Count <= 64);
    auto bits = value.to_ullong();
    octets_.number(bits);
    value = std::bitset<Count>{bits};
  }
  template<std::size_t Count>
  void take_part(std::bitset<Count> const& value) {
    auto copy = value;
    take_part(copy);
  }
  template<class T>
  void take_part(std::optional<T>& value) {
    bool is_there = value.has_value();
    octets_.number(is_there);
    if (is_there) {
      (*this)(value ? *value : value.emplace());
    } else {
      value.reset();
    }
  }
  template<class T>
  void take_part(std::optional<T> const& value) {
    bool is_there = value.has_value();
    octets_.number(is_there);
    if (is_there) {
      (*this)(*value);
    }
  }
  template<class T>
  void take_part(std::vector<T>& value) {
    value.resize(octets_.count(value.size()));
    take_all(value);
  }
  template<class T>
  void take_part(std::vector<T> const& value) {
    static_cast<void>(octets_.count(value.size()));
    take_all(value);
  }
  void take_part(std::string& value) {
    value.resize(octets_.count(value.size()));
    take_all(value);
  }
  void take_part(std::string const& value) {
    static_cast<void>(octets_.count(value.size()));
    take_all(value);
  }
  template<class Range>
  void take_all(Range& range) {
    for (auto& part : range) {
      (*this)(part);
    }
  }
  template<class T, class Make>
  static void assign(T& value, Make const& make) {
    if constexpr (!std::is_const_v<T>) {
      value = make();
    }
  }
};

namespace state_fields {

template<class Number>
using Raw = std::make_unsigned_t<typename std::conditional_t<
    std::is_enum_v<Number>, std::underlying_type<Number>,
    std::type_identity<
        std::conditional_t<std::is_same_v<Number, double>, std::int64_t,
                           std::conditional_t<std::is_same_v<Number, bool>, std::uint8_t, Number>>>>::type>;

/// Appends.
class Appended {
 public:
  template<class Number>
  void number(Number const& value) {
    std::uint64_t bits{};
    if constexpr (std::is_same_v<Number, double>) {
      bits = std::bit_cast<std::uint64_t>(value);
    } else {
      bits = static_cast<std::uint64_t>(value);
    }
    for (auto left = sizeof(Raw<Number>); left > 0; --left) {
      octets.push_back(static_cast<std::uint8_t>(bits >> (8 * (left - 1))));
    }
  }
  std::size_t count(std::size_t now) {
    number(static_cast<std::uint32_t>(now));
    return now;
  }
  void refuse() {}
  std::vector<std::uint8_t> octets;
};

/// Reads; what is missing reads as 0.
class Read {
 public:
  explicit Read(ByteSpan octets) : in_{octets} {}

  template<class Number>
  void number(Number& value) {
    auto const bits = in_.big_endian(sizeof(Raw<Number>));
    if (in_.failed()) {
      refuse(ErrorCode::truncated);
    }
    if constexpr (std::is_same_v<Number, double>) {
      value = std::bit_cast<double>(bits);
    } else if constexpr (std::is_same_v<Number, bool>) {
      value = bits == 1;
      if (bits > 1) {
        refuse();
      }
    } else {
      value = static_cast<Number>(static_cast<Raw<Number>>(bits));
    }
  }
  /// Every part takes an octet at least, so that a length never asks for more memory than there is file.
  std::size_t count(std::size_t) {
    std::uint32_t number_of{};
    number(number_of);
    if (number_of > in_.remaining()) {
      refuse(ErrorCode::truncated);
      return 0;
    }
    return number_of;
  }
  void refuse(ErrorCode why = ErrorCode::bad_field) {
    if (!has_fault_) {
      fault_ = {why, static_cast<std::int64_t>(in_.offset())};
      has_fault_ = true;
    }
  }
  /// All fields are read, and nothing is left. @errors truncated, bad_field; detail = octet
  [[nodiscard]] Result<void> finish() {
    if (!has_fault_ && in_.remaining() > 0) {
      refuse();
    }
    return has_fault_ ? Result<void>{tl::unexpected{fault_}} : Result<void>{};
  }
  [[nodiscard]] bool failed() const { return has_fault_; }

 private:
  ByteReader in_;
  Error fault_;
  bool has_fault_{};
};

}  // namespace state_fields

class StateWriter : public StateFields<state_fields::Appended> {
 public:
  StateWriter() : StateFields{state_fields::Appended{}} {}
  [[nodiscard]] std::vector<std::uint8_t> take() { return std::move(octets_.octets); }
};

class StateReader : public StateFields<state_fields::Read> {
 public:
  explicit StateReader(ByteSpan octets) : StateFields{state_fields::Read{octets}} {}
  /// @errors truncated, bad_field; detail = octet
  [[nodiscard]] Result<void> finish() { return octets_.finish(); }
  [[nodiscard]] bool failed() const { return octets_.failed(); }
};

}  // namespace blondel

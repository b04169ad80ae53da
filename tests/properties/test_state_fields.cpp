// Every octet of a state that holds a value is named once: what is forgotten makes two futures.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/meter/meter_fields.hpp"
#include "core/metrology/measuring_state.hpp"

namespace blondel {
namespace {

/// Counts for each octet of an object how often it is visited.
class Coverage {
 public:
  template<class Object>
  explicit Coverage(Object const& object)
      : begin_{reinterpret_cast<std::uintptr_t>(&object)},
        visits_(sizeof(Object)) {}

  template<class T>
  void operator()(T& value) {
    if constexpr (requires { T::visit_state(*this, value); }) {
      T::visit_state(*this, value);
    } else if constexpr (requires { value.begin(); }) {
      for (auto& part : value) {
        (*this)(part);
      }
    } else {
      add(&value, sizeof value);
    }
  }
  template<class T, class Limit>
  void within(T& value, Limit, Limit) {
    (*this)(value);
  }
  void add(void const* place, std::size_t size) {
    auto const first = reinterpret_cast<std::uintptr_t>(place) - begin_;
    for (std::size_t n = 0; n < size; ++n) {
      ++visits_.at(first + n);
    }
  }
  /// Offsets that are visited twice, or never and are no padding. Padding is less than eight octets
  /// and reaches up to what their number is aligned to; a small field within such a gap is not told from it.
  [[nodiscard]] std::vector<std::size_t> wrong() const {
    std::vector<std::size_t> places;
    for (std::size_t n = 0; n < visits_.size(); ++n) {
      if (visits_[n] != 1 && !is_padding(n)) {
        places.push_back(n);
      }
    }
    return places;
  }

 private:
  [[nodiscard]] bool is_padding(std::size_t n) const {
    auto begin = n;
    auto end = n;
    while (begin > 0 && visits_[begin - 1] == 0) {
      --begin;
    }
    while (end < visits_.size() && visits_[end] == 0) {
      ++end;
    }
    return end > n && end - begin < std::min<std::size_t>(end & (~end + 1), 8);
  }

  std::uintptr_t begin_;
  std::vector<int> visits_;
};

}  // namespace

TEST_CASE("state: each value of a meter is named once, permanent or volatile") {
  MeterState state;
  // Lists are named as far as they go.
  auto& display = state.display;
  display.catalogue = 1;
  display.setup.automatic.count = static_cast<std::uint8_t>(display.setup.automatic.item.size());
  display.setup.manual.count = static_cast<std::uint8_t>(display.setup.manual.item.size());
  display.setup.backup.count = static_cast<std::uint8_t>(display.setup.backup.item.size());
  Coverage coverage{state};
  visit_permanent(coverage, state);
  visit_volatile(coverage, state);
  // Of the configuration the numbers alone: the digits follow from them.
  auto const* const configuration = reinterpret_cast<std::uint8_t const*>(&state.configuration);
  auto const numbers_at = offsetof(Configuration, numbers);
  coverage.add(configuration, numbers_at);
  coverage.add(configuration + numbers_at + sizeof state.configuration.numbers,
               sizeof state.configuration - numbers_at - sizeof state.configuration.numbers);
  CHECK(coverage.wrong() == std::vector<std::size_t>{});
}

TEST_CASE("state: each value of the measuring system is named once") {
  MeasuringState state;
  Coverage coverage{state};
  MeasuringState::visit_state(coverage, state);
  for (std::size_t e = 0; e < element_count; ++e) {  // scratch, void between two calls
    coverage.add(&state.u[e][sample_history], sample_chunk * sizeof state.u[e][0]);
    coverage.add(&state.i[e][sample_history], sample_chunk * sizeof state.i[e][0]);
  }
  CHECK(coverage.wrong() == std::vector<std::size_t>{});
}

}  // namespace blondel

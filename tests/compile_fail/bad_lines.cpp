// Lines that must not compile, one macro each; without a macro the file compiles (the control).
// tests/compile_fail/CMakeLists.txt names for each the message by which the compiler must refuse it.

#include <blondel/base/time.hpp>
#include <blondel/base/units.hpp>

namespace {

using namespace blondel;

constexpr Watts active{100.0};
constexpr Vars reactive{50.0};
constexpr Volts voltage{230.0};
constexpr SimTime instant{1};
constexpr SimDuration span{1};

constexpr bool used =
    active > Watts{} && reactive > Vars{} && voltage > Volts{} && instant > SimTime{} && span > SimDuration{};
static_assert(used);

// The control: the nearest lines that are right.
[[maybe_unused]] constexpr auto watts_and_watts = active + active;
[[maybe_unused]] constexpr auto instant_and_span = instant + span;
[[maybe_unused]] constexpr Volts explicit_volts{230.0};

#ifdef WATTS_PLUS_VARS
constexpr auto bad = active + reactive;
#endif
#ifdef WATTS_FROM_VARS
constexpr Watts bad = reactive;
#endif
#ifdef WATTS_COMPARED_WITH_VARS
constexpr bool bad = active < reactive;
#endif
#ifdef VOLTS_PLUS_DOUBLE
constexpr auto bad = voltage + 1.0;
#endif
#ifdef VOLTS_FROM_DOUBLE
constexpr Volts bad = 230.0;
#endif
#ifdef DOUBLE_FROM_VOLTS
constexpr double bad = voltage;
#endif
#ifdef VOLTS_BY_VOLTS
constexpr auto bad = voltage * voltage;
#endif
#ifdef MILLIJOULES_FROM_FRACTION
constexpr Millijoules bad{1.5};
#endif
#ifdef INSTANT_PLUS_INSTANT
constexpr auto bad = instant + instant;
#endif
#ifdef SPAN_FROM_INTEGER
constexpr SimDuration bad = 1'000;
#endif
#ifdef INSTANT_FROM_SPAN
constexpr SimTime bad = span;
#endif

}  // namespace

#include "ports/host_pacer.hpp"

#include <catch2/catch.hpp>

using namespace blondel;
using namespace std::chrono_literals;

TEST_CASE("host pacer: an epoch falls due every ten milliseconds of host time") {
  HostPacer const pacer{{Pacing::Kind::real, 60'000'000}, HostInstant{5s}};
  CHECK(pacer.epochs_due(5s) == 0);
  CHECK(pacer.epochs_due(5s + 9'999'999ns) == 0);
  CHECK(pacer.epochs_due(5s + 10ms) == 1);
  CHECK(pacer.epochs_due(6s) == 100);
  CHECK(pacer.due(3) == HostInstant{5s + 30ms});
}

TEST_CASE("host pacer: nothing falls due by itself when free or stepped") {
  CHECK(HostPacer({Pacing::Kind::free, 1'000'000}, HostInstant{0}).epochs_due(100s) == 0);
  CHECK(HostPacer({Pacing::Kind::stepped, 1'000'000}, HostInstant{0}).epochs_due(100s) == 0);
}

TEST_CASE("host pacer: lag is what is owed at the requested speed") {
  HostPacer const pacer{{Pacing::Kind::real, 60'000'000}, HostInstant{0}};
  auto const report = pacer.report(SimDuration::seconds(150), 10s);
  CHECK(report.requested == 60.0);
  CHECK(report.achieved == 15.0);
  CHECK(report.lag == SimDuration::seconds(450));
}

TEST_CASE("host pacer: a meter that keeps up owes nothing") {
  HostPacer const pacer{{Pacing::Kind::real, 1'000'000}, HostInstant{0}};
  CHECK(pacer.report(SimDuration::seconds(10), 10s).lag == SimDuration{});
}

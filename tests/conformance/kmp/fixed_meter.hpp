#pragma once
/// The meter whose values stand in the answers of the conformance cases.

#include <vector>

#include <blondel/meter/meter.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Permanent memory for one test; pages come when they are written.
class TestNv final : public NvStore {
 public:
  explicit TestNv(bool with_logs) : size_{with_logs ? nv_size_min : nv_state_size} {}
  [[nodiscard]] std::uint32_t size() const override { return size_; }
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override;
  Result<void> write(std::uint32_t address, ByteSpan from) override;

 private:
  std::uint32_t size_;
  std::vector<std::uint8_t> octets_;
};

/// 685-35-CC4-53-010, one decimal (digit A = 2), 300/5 A (SSS = 060), EU summer time, serial number 12345678,
/// meter numbers 11111111, 22222222, 33333333, Sunday 2014-07-27 20:35:26 local time, software H1;
/// A+ 69.034 kWh primary and 1.150567 kWh secondary; each phase 230 V, 2.501250 A, 575 W at the secondary
/// side.
/// With logs: the status log has the reset of 2014-07-27 19:35:26 normal time; the load profile has three
/// records of 19:45, 20:00 and 20:15, A+ 69.0, 70.2 and 71.4 kWh, the second with data quality 1024.
struct FixedMeter {
  explicit FixedMeter(bool with_logs = false);
  FixedMeter(FixedMeter const&) = delete;
  FixedMeter& operator=(FixedMeter const&) = delete;

  MeterState state;
  MeterConfig config;
  TestNv nv;
  Meter meter{state, config, nv};
};

}  // namespace blondel

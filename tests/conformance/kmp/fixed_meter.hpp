#pragma once
/// The meter whose values stand in the answers of the conformance cases.

#include <vector>

#include <blondel/meter/meter.hpp>

#include "core/meter/meter_state.hpp"

namespace blondel {

/// Permanent memory for one test.
class TestNv final : public NvStore {
 public:
  [[nodiscard]] std::uint32_t size() const override { return nv_state_size; }
  Result<void> read(std::uint32_t address, MutableByteSpan into) const override;
  Result<void> write(std::uint32_t address, ByteSpan from) override;

 private:
  std::vector<std::uint8_t> octets_ = std::vector<std::uint8_t>(nv_state_size);
};

/// 685-35-CC4-53-010, one decimal (digit A = 2), 300/5 A (SSS = 060), EU summer time, serial number 12345678,
/// meter numbers 11111111, 22222222, 33333333, Sunday 2014-07-27 20:35:26 local time, software H1;
/// A+ 69.034 kWh primary and 1.150567 kWh secondary; each phase 230 V, 2.501250 A, 575 W at the secondary
/// side.
struct FixedMeter {
  FixedMeter();
  FixedMeter(FixedMeter const&) = delete;
  FixedMeter& operator=(FixedMeter const&) = delete;

  MeterState state;
  MeterConfig config;
  TestNv nv;
  Meter meter{state, config, nv};
};

}  // namespace blondel

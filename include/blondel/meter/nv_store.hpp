#pragma once
/// The medium under the meter's permanent memory: byte-addressed, written in pages, may fail.

#include <cstdint>

#include <blondel/base/bytes.hpp>
#include <blondel/base/result.hpp>

namespace blondel {

/// @units addresses and sizes in octets
class NvStore {
 public:
  NvStore() = default;
  NvStore(NvStore const&) = delete;
  NvStore& operator=(NvStore const&) = delete;
  virtual ~NvStore() = default;

  [[nodiscard]] virtual std::uint32_t size() const = 0;
  /// @errors nv_io
  virtual Result<void> read(std::uint32_t address, MutableByteSpan into) const = 0;
  /// Survives the end of the process when it returns; what a machine's crash leaves is the medium's affair.
  /// @errors nv_io
  virtual Result<void> write(std::uint32_t address, ByteSpan from) = 0;
  /// Somebody may start a meter from this medium after the process has ended.
  [[nodiscard]] virtual bool outlives_process() const { return false; }
};

/// Addresses below this hold the state; a meter that keeps no logs (the firmware proof) needs no more.
inline constexpr std::uint32_t nv_state_size = 64 * 1024;
/// What a new meter's memory must hold at least: the state, and every log at its full depth.
inline constexpr std::uint32_t nv_size_min = 4 * 1024 * 1024;

}  // namespace blondel

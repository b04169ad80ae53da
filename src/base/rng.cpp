#include <blondel/base/rng.hpp>

#include <blondel/base/crc.hpp>

namespace blondel {

RandomStream::RandomStream(std::uint64_t seed, std::uint64_t meter, std::string_view name) {
  auto hash = fnv1a({});
  for (auto const character : name) {
    auto const byte = static_cast<std::uint8_t>(character);
    hash = fnv1a(ByteSpan{&byte, 1}, hash);
  }
  key_ = mix(mix(mix(seed) + meter) + hash);
}

}  // namespace blondel

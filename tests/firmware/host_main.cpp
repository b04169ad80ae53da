/// The proof on the host: usage: firmware_proof_host SAMPLES

#include <array>
#include <cstdio>

#include "proof.hpp"

namespace {

std::FILE* samples = nullptr;

blondel::MeterState meter;
blondel::MeasuringState measuring;
std::array<std::uint8_t, blondel::nv_state_size> permanent;
std::array<blondel::SampleFrame, blondel::proof::block_size> block;

}  // namespace

namespace blondel::proof {

bool read_samples(Block into) {
  return std::fread(into.data(), sizeof(SampleFrame), into.size(), samples) == into.size();
}
void write_text(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}
void metering_begins() {}
void metering_ends() {}

}  // namespace blondel::proof

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: firmware_proof_host SAMPLES\n", stderr);
    return 2;
  }
  samples = std::fopen(argv[1], "rb");
  if (samples == nullptr) {
    std::perror(argv[1]);
    return 1;
  }
  bool const faultless = blondel::proof::run({meter, measuring, permanent, block});
  return faultless && std::fflush(stdout) == 0 ? 0 : 1;
}

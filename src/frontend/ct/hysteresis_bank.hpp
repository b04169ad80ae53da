#pragma once
/// The transformers of three phases with hysteresis, where a CtBank stands for those without.

#include <array>
#include <cstddef>

#include <frontend/ct/ct_bank.hpp>
#include <frontend/ct/hysteresis.hpp>

namespace blondel {

class HysteresisBank {
 public:
  HysteresisBank() = default;
  /// Present when any of the transformers is and has a core with hysteresis; then all must.
  explicit HysteresisBank(std::array<CtModel, element_count> const& models);

  [[nodiscard]] bool is_present() const { return is_present_; }
  void set_laws(std::array<CtLaw, element_count> const& laws);
  /// Demagnetised cores, brought to the flux of a steady state.
  void start(CtState const& state);
  /// Primary currents to secondary currents. @shape input_a[count], output_a[count]
  void run(Lanes const* input_a, Lanes* output_a, std::size_t count);

  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.transformer_);
  }

 private:
  std::array<HysteresisCt, element_count> transformer_;
  bool is_present_{};
};

}  // namespace blondel

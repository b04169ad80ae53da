#pragma once
/// Three-phase voltages and currents, sample by sample, by rotation.

#include <array>
#include <complex>
#include <cstdint>

#include <blondel/frontend/signals.hpp>
#include <frontend/lanes.hpp>
#include <frontend/source/rotor.hpp>

namespace blondel {

/// One angle turns for everything; each channel is a sum of its sines and cosines, so that no phase can drift
/// against another. The angle itself is an integer fraction of a turn and never rounds.
class ThreePhaseSource {
 public:
  /// Takes effect with the next sample; the angle goes on from where it is.
  void set_signals(Signals const& signals, double interval_s);

  /// One sinusoid of every channel.
  struct Slot {
    double angle_per_sample{};
    std::array<std::complex<double>, element_count>
        u_v{};  ///< amplitudes at the next sample; the value is the
    std::array<std::complex<double>, element_count> i_a{};  ///< imaginary part
  };
  /// What the next sample consists of, for setting up a steady state.
  [[nodiscard]] Slot slot_now(std::size_t index) const;
  [[nodiscard]] std::size_t used_slots() const { return used_; }

  /// Where the angle stands, and the rotors as their rounding has left them; the signals are not in it.
  template<class Visitor, class Self>
  static void visit_state(Visitor& field, Self& self) {
    field(self.turn_);
    field.within(self.since_renewal_, 0, renewal_samples);
    for (std::size_t n = 0; n < self.used_; ++n) {
      field(self.rotors_[n].sine);
      field(self.rotors_[n].cosine);
    }
  }

  /// The longest block that SourcePass makes: to the end of a cycle.
  [[nodiscard]] std::size_t pass_samples_max() const {
    return static_cast<std::size_t>(since_renewal_ == renewal_samples ? renewal_samples
                                                                      : renewal_samples - since_renewal_);
  }

 private:
  template<class Width>
  friend class SourcePass;

  /// Begins a block. @return the last rotor, when all before it are written
  template<class Width>
  BLONDEL_KERNEL TurningRotor<Width> start(Lanes* u_v, Lanes* i_a, std::size_t count) {
    if (since_renewal_ == renewal_samples) {
      renew();
    }
    auto const before = used_ - 1;
    for (std::size_t s = 0; s + 1 < before; s += 2) {  // two at once, because one waits for its own results
      TurningRotor<Width> one{rotors_[s]};
      TurningRotor<Width> other{rotors_[s + 1]};
      for (std::size_t n = 0; n < count; ++n) {
        one.make(u_v[n], i_a[n], s > 0);
        other.make(u_v[n], i_a[n], true);
      }
      one.keep(rotors_[s]);
      other.keep(rotors_[s + 1]);
    }
    if (before % 2 != 0) {
      TurningRotor<Width> one{rotors_[before - 1]};
      for (std::size_t n = 0; n < count; ++n) {
        one.make(u_v[n], i_a[n], before > 1);
      }
      one.keep(rotors_[before - 1]);
    }
    return TurningRotor<Width>{rotors_[used_ - 1]};
  }

  /// Sets every rotor anew from the exact angle, once a cycle.
  void renew();

  static constexpr int renewal_samples = static_cast<int>(block_samples);

  std::array<Rotor, signal_components> rotors_{};
  std::size_t used_{1};
  std::uint64_t turn_{};  ///< a quarter of the supply's angle at the next sample, 2^-64 turns
  std::uint64_t turn_per_sample_{};
  int since_renewal_{renewal_samples};
};

/// A block under way: all components but the last are there from the start, the last comes sample by
/// sample, so that other work can be done beside it.
/// @tparam Width with Paired both kinds stand in one vector meanwhile
template<class Width>
class SourcePass {
 public:
  /// Makes nothing: the samples come from elsewhere.
  BLONDEL_KERNEL SourcePass() = default;
  /// @shape u_v[count], i_a[count]; at most pass_samples_max()
  BLONDEL_KERNEL SourcePass(ThreePhaseSource& source, Lanes* u_v, Lanes* i_a, std::size_t count)
      : source_{&source},
        u_v_{u_v},
        i_a_{i_a},
        count_{count},
        adds_{source.used_ > 1},
        last_{source.template start<Width>(u_v, i_a, count)} {}
  /// The last component of sample n, one after the other.
  BLONDEL_KERNEL void make(std::size_t n) {
    if (source_ != nullptr) {
      last_.make(u_v_[n], i_a_[n], adds_);
    }
  }
  /// Ends it, when all samples are made.
  BLONDEL_KERNEL void keep() {
    if (source_ == nullptr) {
      return;
    }
    last_.keep(source_->rotors_[source_->used_ - 1]);
    source_->turn_ += source_->turn_per_sample_ * count_;
    source_->since_renewal_ += static_cast<int>(count_);
  }

 private:
  ThreePhaseSource* source_{};
  Lanes* u_v_{};
  Lanes* i_a_{};
  std::size_t count_{};
  bool adds_{};
  TurningRotor<Width> last_;
};

}  // namespace blondel

#include <algorithm>
#include <complex>
#include <numbers>
#include <string>

#include <frontend/divider/divider.hpp>
#include <frontend/tiers/waveform_chain.hpp>

namespace blondel {
namespace {

constexpr double half_range = 8388608.0;  ///< codes at full scale: 2^23

RandomStream noise_stream(std::uint64_t seed, std::uint64_t meter, char kind, std::size_t element) {
  std::string name{"adc.?.?"};
  name[4] = kind;
  name[6] = static_cast<char>('1' + element);
  return RandomStream{seed, meter, name};
}

/// The state a transformer has before its next sample when it has always seen these sinusoids.
class SteadyCt {
 public:
  /// @return the phasor of the secondary current
  std::complex<double> add(CtLaw const& law, std::complex<double> primary_a, double angle,
                           double conductance) {
    auto const phasors = law.respond(primary_a, angle, conductance);
    auto const one_back = std::polar(1.0, -angle);
    auto const two_back = one_back * one_back;
    flux_wb_ += (phasors.flux_wb * one_back).imag();
    half_step_wb_ += (phasors.half_step_wb * one_back).imag();
    flux_before_wb_ += (phasors.flux_wb * two_back).imag();
    half_step_before_wb_ += (phasors.half_step_wb * two_back).imag();
    half_step_earlier_wb_ += (phasors.half_step_wb * two_back * one_back).imag();
    return phasors.output_a;
  }
  void store(CtState& state, std::size_t k) const {
    state.flux_wb[k] = flux_wb_;
    state.half_step_wb[k] = half_step_wb_;
    state.flux_before_wb[k] = flux_before_wb_;
    state.half_step_before_wb[k] = half_step_before_wb_;
    state.half_step_earlier_wb[k] = half_step_earlier_wb_;
  }

 private:
  double flux_wb_{}, half_step_wb_{}, flux_before_wb_{}, half_step_before_wb_{}, half_step_earlier_wb_{};
};

/// The same for a filter's memory.
struct SteadyFilter {
  double input{};
  std::array<double, AdcBank::remembered> output{};

  void add(AdcBank const& bank, std::size_t channel, std::complex<double> signal, double angle) {
    auto const one_back = std::polar(1.0, -angle);
    auto before = signal * one_back;
    input += before.imag();
    auto passed = before * bank.response(channel, angle);
    for (auto& sample : output) {
      sample += passed.imag();
      passed *= one_back;
    }
  }
};

}  // namespace

WaveformChain::WaveformChain(FrontEndModel const& model, std::uint64_t seed, std::uint64_t meter,
                             double interval_s)
    : model_{model},
      interval_s_{interval_s} {
  for (std::size_t k = 0; k < element_count; ++k) {
    u_adc_.set_stream(k, noise_stream(seed, meter, 'u', k));
    i_adc_.set_stream(k, noise_stream(seed, meter, 'i', k));
  }
  external_hysteresis_ = HysteresisBank{{model_.external_ct, model_.external_ct, model_.external_ct}};
  internal_hysteresis_ = HysteresisBank{model_.internal_ct};
  for (auto const& transformer : model_.voltage_transformer) {
    has_transformer_ = has_transformer_ || transformer.present;
  }
  Signals const dead{.count = 1, .component = {SignalComponent{.quarters = fundamental_quarters}}};
  source_.set_signals(dead, interval_s_);
  set_gains(dead);
}

void WaveformChain::set_signals(Signals const& elements, double interval_s) {
  interval_s_ = interval_s;
  source_.set_signals(elements, interval_s_);
  set_gains(elements);
  if (!is_started_) {
    is_started_ = true;
    start_steady();
  }
}

void WaveformChain::play(RecordingFeed const& feed, double start_s) {
  feed_ = feed;
  feed_start_s_ = start_s;
}

/// Everything that depends on temperature or on the level of the voltage.
void WaveformChain::set_gains(Signals const& elements) {
  auto const temperature = elements.temperature;
  std::array<AdcChannel, element_count> u_channel;
  std::array<AdcChannel, element_count> i_channel;
  for (std::size_t k = 0; k < element_count; ++k) {
    auto const& adc = model_.adc[k];
    auto const& internal_ct = model_.internal_ct[k];
    auto const& fundamental = elements.component[0];
    external_law_[k] = make_ct_law_at(model_.external_ct, model_.terminal_burden, temperature, interval_s_,
                                      std::numbers::sqrt2 * fundamental.i_a[k],
                                      2 * std::numbers::pi * elements.frequency.value() * interval_s_);
    internal_law_[k] = make_ct_law(internal_ct, Ohms{}, temperature, interval_s_);

    constexpr double reference_c = 23.0;
    auto const warmer_k = temperature.value() - reference_c;
    auto const reference = 1 + adc.reference_per_k * warmer_k + adc.reference_per_k2 * warmer_k * warmer_k;
    // Full scale is given at the terminals, so the nominal divider ratio and the nominal burden cancel.
    auto const u_codes_per_v = half_range / adc.u_full_scale_v * reference;
    auto const i_codes_per_a = half_range / adc.i_full_scale_a * reference;
    auto const& transformer = model_.voltage_transformer[k];
    transformer_law_[k] = make_voltage_law(transformer, temperature, interval_s_);
    // The law's output is the electromotive force over the primary resistance.
    auto const u_scale_v = transformer.present ? 1 / transformer_law_[k].per_turn : 1.0;
    u_channel[k] = {.signal_gain = u_scale_v * u_codes_per_v *
                                   divider_gain(model_.divider[k],
                                                Volts{std::abs(elements.component[0].u_v[k])}, temperature),
                    .converter_gain = u_codes_per_v,
                    .filter_tau_s = adc.u_filter_tau_s,
                    .offset = adc.u_offset_v,
                    .noise = adc.u_noise_v,
                    .sinc3 = adc.sinc3,
                    .clips = adc.quantise};
    i_channel[k] = {
        .signal_gain = i_codes_per_a * internal_ct.turns * burden_factor(internal_ct, temperature),
        .converter_gain = i_codes_per_a,
        .filter_tau_s = adc.i_filter_tau_s,
        .offset = adc.i_offset_a,
        .noise = adc.i_noise_a,
        .sinc3 = adc.sinc3,
        .clips = adc.quantise};
  }
  external_hysteresis_.set_laws(external_law_);
  internal_hysteresis_.set_laws(internal_law_);
  external_.set_laws(external_law_);
  internal_.set_laws(internal_law_);
  if (has_transformer_) {
    transformer_.set_laws(transformer_law_);
  }
  set_crosstalk();
  u_adc_.set_channels(u_channel, interval_s_);
  i_adc_.set_channels(i_channel, interval_s_);
}

/// What couples over, as if it were current in the internal transformer's burden.
void WaveformChain::set_crosstalk() {
  for (std::size_t into = 0; into < element_count; ++into) {
    for (std::size_t turned = 0; turned < element_count; ++turned) {
      auto const from = (into + turned) % element_count;
      auto const u_scale_v =
          model_.voltage_transformer[from].present ? 1 / transformer_law_[from].per_turn : 1.0;
      crosstalk_[turned][into] =
          crosstalk_a_per_v(model_, into, from) / model_.internal_ct[into].turns * u_scale_v;
      has_crosstalk_ = has_crosstalk_ || crosstalk_[turned][into] != 0;
    }
  }
}

void WaveformChain::start_steady() {
  CtState transformer_state;
  CtState external_state;
  CtState internal_state;
  for (std::size_t k = 0; k < element_count; ++k) {
    SteadyCt external;
    SteadyCt internal;
    SteadyCt transformer;
    double transformer_conductance = 0.0;
    SteadyFilter u_filter;
    SteadyFilter i_filter;
    double external_conductance = 0.0;
    double internal_conductance = 0.0;
    for (std::size_t s = 0; s < source_.used_slots(); ++s) {
      auto const slot = source_.slot_now(s);
      auto const angle = slot.angle_per_sample;
      if (s == 0) {  // the fundamental sets the level of flux, and so the conductance for the harmonics
        external_conductance = external_law_[k].fundamental_conductance(slot.i_a[k], angle);
      }
      auto const terminal_a = external.add(external_law_[k], slot.i_a[k], angle, external_conductance);
      if (s == 0) {
        internal_conductance = internal_law_[k].fundamental_conductance(terminal_a, angle);
      }
      auto const burden_a = internal.add(internal_law_[k], terminal_a, angle, internal_conductance);
      auto u_v = slot.u_v[k];
      if (has_transformer_) {
        if (s == 0) {
          transformer_conductance = transformer_law_[k].fundamental_conductance(u_v, angle);
        }
        u_v = transformer.add(transformer_law_[k], u_v, angle, transformer_conductance);
      }
      u_filter.add(u_adc_, k, u_v, angle);
      // The voltage transformer's own turn is far below what the coupling is known to.
      auto coupled_a = burden_a;
      for (std::size_t turned = 0; turned < element_count; ++turned) {
        auto const from = (k + turned) % element_count;
        coupled_a += crosstalk_a_per_v(model_, k, from) / model_.internal_ct[k].turns * slot.u_v[from];
      }
      i_filter.add(i_adc_, k, coupled_a, angle);
    }
    external.store(external_state, k);
    internal.store(internal_state, k);
    transformer.store(transformer_state, k);
    u_adc_.set_memory(k, u_filter.input, u_filter.output);
    i_adc_.set_memory(k, i_filter.input, i_filter.output);
  }
  external_hysteresis_.start(external_state);
  internal_hysteresis_.start(internal_state);
  external_.set_state(external_state);
  internal_.set_state(internal_state);
  if (has_transformer_) {
    transformer_.set_state(transformer_state);
  }
}

void WaveformChain::transform_remembering(Lanes const* input_a, Lanes* between_a, Lanes* output_a,
                                          std::size_t count) {
  if (external_hysteresis_.is_present()) {
    external_hysteresis_.run(input_a, between_a, count);
  } else {
    external_.run(input_a, between_a, count);
  }
  if (internal_hysteresis_.is_present()) {
    internal_hysteresis_.run(between_a, output_a, count);
  } else {
    internal_.run(between_a, output_a, count);
  }
}

}  // namespace blondel

#include "lab/test_plan_tables.hpp"

namespace blondel::type_test {
namespace {

/// The sine that the half wave is cut from: Imax over root of 2.
constexpr double half_wave_current = i_max * 0.70710678118654752;

// @source en_50470_3_mid_mi003.json: intrinsic_error_pct_reference_conditions, mpe_composite_pct,
// variation_limits; from the reversed sequence on mid_long_duration_disturbance_critical_change_pct, which
// names no current: those of IEC 62053-21 are taken, and its exemption of half waves.
constexpr std::array en_b_error{
    ErrorRow{i_min, i_tr, Upper::excluded, 1.0, Angle::inductive, Loaded::all, 1.5, LimitGrade::c},
    ErrorRow{i_tr, i_max, Upper::included, 1.0, Angle::inductive, Loaded::all, 1.0, LimitGrade::c},
    ErrorRow{i_tr, i_max, Upper::included, 0.5, Angle::inductive, Loaded::all, 1.0, LimitGrade::c},
    ErrorRow{i_tr, i_max, Upper::included, 0.8, Angle::capacitive, Loaded::all, 1.0, LimitGrade::c},
    ErrorRow{i_tr, i_max, Upper::included, 1.0, Angle::inductive, Loaded::one_phase, 2.0, LimitGrade::c},
    ErrorRow{i_tr, i_max, Upper::included, 0.5, Angle::inductive, Loaded::one_phase, 2.0, LimitGrade::c},
};
constexpr std::array en_b_composite{
    CompositeRow{i_min, i_tr, Upper::excluded, Loaded::all, {2.0, 2.5, 3.5, 4.0}, LimitGrade::a},
    CompositeRow{i_tr, i_max, Upper::included, Loaded::all, {2.0, 2.5, 3.5, 4.0}, LimitGrade::a},
    CompositeRow{i_tr,
                 i_max,
                 Upper::included,
                 Loaded::one_phase,
                 {2.5, 3.0, 4.0, 4.5},
                 LimitGrade::b,
                 "row label read; values by knowledge"},
};
constexpr std::array en_b_influence{
    InfluenceRow{Influence::temperature, i_tr, i_max, 1.0, 0.05, LimitGrade::c},
    InfluenceRow{Influence::temperature, i_tr, i_max, 0.5, 0.07, LimitGrade::c},
    InfluenceRow{Influence::voltage, i_tr, i_max, 1.0, 0.7, LimitGrade::c},
    InfluenceRow{Influence::voltage, i_tr, i_max, 0.5, 1.0, LimitGrade::c},
    InfluenceRow{Influence::frequency, i_tr, i_max, 1.0, 0.5, LimitGrade::c},
    InfluenceRow{Influence::frequency, i_tr, i_max, 0.5, 0.7, LimitGrade::c},
    InfluenceRow{Influence::reversed_sequence, 0.1, 0.1, 1.0, 1.5, LimitGrade::c},
    InfluenceRow{Influence::unbalance, 1.0, 1.0, 1.0, 2.0, LimitGrade::c},
    InfluenceRow{Influence::fifth_harmonic, 0.6, 0.6, 1.0, 0.8, LimitGrade::c},
    InfluenceRow{Influence::half_wave, half_wave_current, half_wave_current, 1.0, 0.0, LimitGrade::c,
                 "not required for transformer-operated meters"},
    InfluenceRow{Influence::phase_fired, 0.5, 0.5, 1.0, 3.0, LimitGrade::c},
    InfluenceRow{Influence::burst, 0.5, 0.5, 1.0, 3.0, LimitGrade::c},
};
constexpr std::array en_c_error{
    ErrorRow{i_min, i_tr, Upper::excluded, 1.0, Angle::inductive, Loaded::all, 1.0, LimitGrade::c},
    ErrorRow{i_tr, i_max, Upper::included, 1.0, Angle::inductive, Loaded::all, 0.5, LimitGrade::c},
    ErrorRow{i_tr, i_max, Upper::included, 0.5, Angle::inductive, Loaded::all, 0.6, LimitGrade::c},
    ErrorRow{i_tr, i_max, Upper::included, 0.8, Angle::capacitive, Loaded::all, 0.6, LimitGrade::c},
    ErrorRow{i_tr, i_max, Upper::included, 1.0, Angle::inductive, Loaded::one_phase, 1.0, LimitGrade::c},
    ErrorRow{i_tr, i_max, Upper::included, 0.5, Angle::inductive, Loaded::one_phase, 1.0, LimitGrade::c},
};
constexpr std::array en_c_composite{
    CompositeRow{i_min, i_tr, Upper::excluded, Loaded::all, {1.0, 1.3, 1.7, 2.0}, LimitGrade::a},
    CompositeRow{i_tr, i_max, Upper::included, Loaded::all, {0.7, 1.0, 1.3, 1.5}, LimitGrade::a},
    CompositeRow{i_tr,
                 i_max,
                 Upper::included,
                 Loaded::one_phase,
                 {1.0, 1.3, 1.7, 2.0},
                 LimitGrade::b,
                 "row label read; values by knowledge"},
};
constexpr std::array en_c_influence{
    InfluenceRow{Influence::temperature, i_tr, i_max, 1.0, 0.03, LimitGrade::c},
    InfluenceRow{Influence::temperature, i_tr, i_max, 0.5, 0.05, LimitGrade::c},
    InfluenceRow{Influence::voltage, i_tr, i_max, 1.0, 0.2, LimitGrade::c},
    InfluenceRow{Influence::voltage, i_tr, i_max, 0.5, 0.4, LimitGrade::c},
    InfluenceRow{Influence::frequency, i_tr, i_max, 1.0, 0.2, LimitGrade::c},
    InfluenceRow{Influence::frequency, i_tr, i_max, 0.5, 0.2, LimitGrade::c},
    InfluenceRow{Influence::reversed_sequence, 0.1, 0.1, 1.0, 0.3, LimitGrade::c},
    InfluenceRow{Influence::unbalance, 1.0, 1.0, 1.0, 1.0, LimitGrade::c},
    InfluenceRow{Influence::fifth_harmonic, 0.6, 0.6, 1.0, 0.5, LimitGrade::c},
    InfluenceRow{Influence::half_wave, half_wave_current, half_wave_current, 1.0, 0.0, LimitGrade::c,
                 "not required for transformer-operated meters"},
    InfluenceRow{Influence::phase_fired, 0.5, 0.5, 1.0, 1.5, LimitGrade::c},
    InfluenceRow{Influence::burst, 0.5, 0.5, 1.0, 1.5, LimitGrade::c},
};

// @source iec_62053_21_class_1_2.json
constexpr std::array iec_1_error{
    ErrorRow{0.02, 0.05, Upper::excluded, 1.0, Angle::inductive, Loaded::all, 1.5, LimitGrade::b},
    ErrorRow{0.05, i_max, Upper::included, 1.0, Angle::inductive, Loaded::all, 1.0, LimitGrade::b},
    ErrorRow{0.05, 0.1, Upper::excluded, 0.5, Angle::inductive, Loaded::all, 1.5, LimitGrade::b},
    ErrorRow{0.05, 0.1, Upper::excluded, 0.8, Angle::capacitive, Loaded::all, 1.5, LimitGrade::c},
    ErrorRow{0.1, i_max, Upper::included, 0.5, Angle::inductive, Loaded::all, 1.0, LimitGrade::b},
    ErrorRow{0.1, i_max, Upper::included, 0.8, Angle::capacitive, Loaded::all, 1.0, LimitGrade::b},
    ErrorRow{0.1, 1.0, Upper::included, 0.25, Angle::inductive, Loaded::all, 3.5, LimitGrade::c,
             "only when specially requested by the user"},
    ErrorRow{0.1, 1.0, Upper::included, 0.5, Angle::capacitive, Loaded::all, 2.5, LimitGrade::c,
             "only when specially requested"},
    ErrorRow{0.05, i_max, Upper::included, 1.0, Angle::inductive, Loaded::one_phase, 2.0, LimitGrade::b},
    ErrorRow{0.1, i_max, Upper::included, 0.5, Angle::inductive, Loaded::one_phase, 2.0, LimitGrade::b},
};
constexpr std::array iec_1_influence{
    InfluenceRow{Influence::temperature, 0.05, i_max, 1.0, 0.05, LimitGrade::b},
    InfluenceRow{Influence::temperature, 0.1, i_max, 0.5, 0.07, LimitGrade::b},
    InfluenceRow{Influence::voltage, 0.02, i_max, 1.0, 0.7, LimitGrade::a},
    InfluenceRow{Influence::voltage, 0.05, i_max, 0.5, 1.0, LimitGrade::b},
    InfluenceRow{Influence::voltage_extended, 0.02, i_max, 1.0, 2.1, LimitGrade::c,
                 "three times the +/-10 % limit; below 0.8 Un error may be +10..-100 %"},
    InfluenceRow{Influence::frequency, 0.02, i_max, 1.0, 0.5, LimitGrade::b},
    InfluenceRow{Influence::frequency, 0.05, i_max, 0.5, 0.7, LimitGrade::b},
    InfluenceRow{Influence::reversed_sequence, 0.1, 0.1, 1.0, 1.5, LimitGrade::b},
    InfluenceRow{Influence::unbalance, 1.0, 1.0, 1.0, 2.0, LimitGrade::b},
    InfluenceRow{Influence::fifth_harmonic, 0.6, 0.6, 1.0, 0.8, LimitGrade::a},
    InfluenceRow{Influence::half_wave, half_wave_current, half_wave_current, 1.0, 0.0, LimitGrade::b,
                 "not required for transformer-operated meters"},
    InfluenceRow{Influence::phase_fired, 0.5, 0.5, 1.0, 3.0, LimitGrade::c},
    InfluenceRow{Influence::burst, 0.5, 0.5, 1.0, 3.0, LimitGrade::c},
    InfluenceRow{Influence::overcurrent, 1.0, 1.0, 1.0, 0.5, LimitGrade::c},
};

// @source iec_62053_22_class_02S_05S.json
constexpr std::array iec_05s_error{
    ErrorRow{0.01, 0.05, Upper::excluded, 1.0, Angle::inductive, Loaded::all, 1.0, LimitGrade::b},
    ErrorRow{0.05, i_max, Upper::included, 1.0, Angle::inductive, Loaded::all, 0.5, LimitGrade::b},
    ErrorRow{0.02, 0.1, Upper::excluded, 0.5, Angle::inductive, Loaded::all, 1.0, LimitGrade::b},
    ErrorRow{0.02, 0.1, Upper::excluded, 0.8, Angle::capacitive, Loaded::all, 1.0, LimitGrade::b},
    ErrorRow{0.1, i_max, Upper::included, 0.5, Angle::inductive, Loaded::all, 0.6, LimitGrade::b},
    ErrorRow{0.1, i_max, Upper::included, 0.8, Angle::capacitive, Loaded::all, 0.6, LimitGrade::b},
    ErrorRow{0.1, i_max, Upper::included, 0.25, Angle::inductive, Loaded::all, 1.0, LimitGrade::c,
             "specially requested"},
    ErrorRow{0.1, i_max, Upper::included, 0.5, Angle::capacitive, Loaded::all, 1.0, LimitGrade::c,
             "specially requested"},
    ErrorRow{0.05, i_max, Upper::included, 1.0, Angle::inductive, Loaded::one_phase, 0.6, LimitGrade::c},
    ErrorRow{0.1, i_max, Upper::included, 0.5, Angle::inductive, Loaded::one_phase, 1.0, LimitGrade::c},
};
constexpr std::array iec_05s_influence{
    InfluenceRow{Influence::temperature, 0.05, i_max, 1.0, 0.03, LimitGrade::c},
    InfluenceRow{Influence::temperature, 0.1, i_max, 0.5, 0.05, LimitGrade::c},
    InfluenceRow{Influence::voltage, 0.05, i_max, 1.0, 0.2, LimitGrade::c},
    InfluenceRow{Influence::voltage, 0.1, i_max, 0.5, 0.4, LimitGrade::c},
    InfluenceRow{Influence::voltage_extended, 0.05, i_max, 1.0, 0.6, LimitGrade::c},
    InfluenceRow{Influence::frequency, 0.05, i_max, 1.0, 0.2, LimitGrade::c},
    InfluenceRow{Influence::frequency, 0.1, i_max, 0.5, 0.2, LimitGrade::c},
    InfluenceRow{Influence::reversed_sequence, 0.1, 0.1, 1.0, 0.1, LimitGrade::c},
    InfluenceRow{Influence::unbalance, 1.0, 1.0, 1.0, 1.0, LimitGrade::c},
    InfluenceRow{Influence::fifth_harmonic, 0.6, 0.6, 1.0, 0.5, LimitGrade::c},
    InfluenceRow{Influence::burst, 0.5, 0.5, 1.0, 1.5, LimitGrade::c},
    InfluenceRow{Influence::overcurrent, 1.0, 1.0, 1.0, 0.05, LimitGrade::c},
};

// @source iec_62053_23_reactive_class_2_3.json; angles are of sin phi, and both signs are meant
constexpr std::array reactive_error{
    ErrorRow{0.02, 0.05, Upper::excluded, 1.0, Angle::inductive, Loaded::all, 2.5, LimitGrade::c},
    ErrorRow{0.05, i_max, Upper::included, 1.0, Angle::inductive, Loaded::all, 2.0, LimitGrade::c},
    ErrorRow{0.05, 0.1, Upper::excluded, 0.5, Angle::inductive, Loaded::all, 2.5, LimitGrade::c},
    ErrorRow{0.1, i_max, Upper::included, 0.5, Angle::inductive, Loaded::all, 2.0, LimitGrade::c},
    ErrorRow{0.1, i_max, Upper::included, 0.25, Angle::inductive, Loaded::all, 2.5, LimitGrade::c},
    ErrorRow{0.05, i_max, Upper::included, 1.0, Angle::inductive, Loaded::one_phase, 3.0, LimitGrade::c},
    ErrorRow{0.1, i_max, Upper::included, 0.5, Angle::inductive, Loaded::one_phase, 3.0, LimitGrade::c},
};
constexpr std::array reactive_influence{
    InfluenceRow{Influence::temperature, 0.05, i_max, 1.0, 0.1, LimitGrade::c},
    InfluenceRow{Influence::temperature, 0.1, i_max, 0.5, 0.15, LimitGrade::c},
    InfluenceRow{Influence::voltage, 0.02, i_max, 1.0, 1.0, LimitGrade::c},
    InfluenceRow{Influence::voltage, 0.05, i_max, 0.5, 1.5, LimitGrade::c},
    InfluenceRow{Influence::frequency, 0.02, i_max, 1.0, 2.5, LimitGrade::c},
    InfluenceRow{Influence::frequency, 0.05, i_max, 0.5, 2.5, LimitGrade::c},
    InfluenceRow{Influence::half_wave, half_wave_current, half_wave_current, 1.0, 0.0, LimitGrade::c,
                 "not required for transformer-operated meters"},
};

constexpr auto electromagnetic = "electromagnetic disturbance is in no tier of the simulation";
constexpr auto heat = "a current does not warm the simulated meter";
constexpr auto accessory = "no accessory acts on the simulated measurement";

constexpr std::array en_left_out{
    LeftOut{"fast transients", electromagnetic},
    LeftOut{"magnetic field, HF, conducted and oscillatory disturbance", electromagnetic},
};
constexpr std::array iec_1_left_out{
    LeftOut{"continuous magnetic induction", electromagnetic},
    LeftOut{"magnetic induction 0.5 mT", electromagnetic},
    LeftOut{"RF field", electromagnetic},
    LeftOut{"operation of accessories", accessory},
    LeftOut{"conducted RF", electromagnetic},
    LeftOut{"fast transient burst", electromagnetic},
    LeftOut{"damped oscillatory waves", electromagnetic},
    LeftOut{"self-heating", heat},
};
constexpr std::array iec_05s_left_out{
    LeftOut{"auxiliary voltage +/-15 %", "the meter has no auxiliary supply"},
    LeftOut{"continuous magnetic induction", electromagnetic},
    LeftOut{"magnetic induction 0.5 mT", electromagnetic},
    LeftOut{"RF field", electromagnetic},
    LeftOut{"operation of accessories", accessory},
    LeftOut{"conducted RF", electromagnetic},
    LeftOut{"fast transient burst", electromagnetic},
    LeftOut{"damped oscillatory waves", electromagnetic},
    LeftOut{"self-heating", heat},
    LeftOut{"power consumption", "a figure the models are given, not one they could fail"},
};
constexpr std::array reactive_left_out{
    LeftOut{"continuous magnetic induction", electromagnetic},
    LeftOut{"magnetic induction 0.5 mT", electromagnetic},
    LeftOut{"RF field", electromagnetic},
    LeftOut{"operation of accessories", accessory},
    LeftOut{"fast transient burst", electromagnetic},
};

// Starting currents: EN 50470-3 0.04 (B) and 0.02 (C) of Itr, the others starting_current_In of their tables.
// Numerators: no_load_starting_meter_constant.json, formula_2003.
constexpr Tables en_b{"EN 50470-3",   "B",         1.0,           en_b_error,
                      en_b_composite, 0.0,         LimitGrade::c, en_b_influence,
                      en_left_out,    0.04 * i_tr, LimitGrade::b, 0.0};
constexpr Tables en_c{"EN 50470-3",   "C",         0.5,           en_c_error,
                      en_c_composite, 0.0,         LimitGrade::c, en_c_influence,
                      en_left_out,    0.02 * i_tr, LimitGrade::b, 0.0};
constexpr Tables iec_1{
    "IEC 62053-21", "1",   1.0,           iec_1_error, {}, 1.5, LimitGrade::c, iec_1_influence,
    iec_1_left_out, 0.002, LimitGrade::a, 600.0};
constexpr Tables iec_05s{"IEC 62053-22",    "0.5S",           0.5,   iec_05s_error, {},   1.0, LimitGrade::c,
                         iec_05s_influence, iec_05s_left_out, 0.001, LimitGrade::a, 600.0};
constexpr Tables reactive{
    "IEC 62053-23",    "2",   2.0,           reactive_error, {}, 2.5, LimitGrade::c, reactive_influence,
    reactive_left_out, 0.003, LimitGrade::a, 480.0};

}  // namespace

Tables const& active_tables(AccuracyClass accuracy) {
  switch (accuracy) {
    case AccuracyClass::b:
      return en_b;
    case AccuracyClass::c:
      return en_c;
    case AccuracyClass::iec_1:
      return iec_1;
    case AccuracyClass::iec_05:
      return iec_05s;
  }
  return en_c;
}

Tables const& reactive_tables() {
  return reactive;
}

}  // namespace blondel::type_test

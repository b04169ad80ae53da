#!/usr/bin/env python3
"""Holds every limit of the type test against the tables of the standards, both ways.

usage: check_limits.py PRINT_PLAN STANDARDS

Every row of the tables becomes the set of points it asks for; a point of the plan must belong to exactly one row and
carry its limit, grade and note, and every row must have all its points or stand among what is left out.
Exit 0 when plan and tables agree, 1 when not, 4 (skipped) when STANDARDS is missing, unless CI=true, where missing
tables are a failure.
"""
import json
import math
import os
import pathlib
import subprocess
import sys

SKIPPED = 4
IN, IMAX, ITR, IMIN = 5.0, 6.0, 0.25, 0.05
UN, PULSES_PER_KWH = 230.0, 10000.0
CUSTOMARY = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 6.0]
NOT_FOR_TRANSFORMERS = 'not required for transformer-operated meters'

# Name of an influence quantity in the tables: clause of the plan, and the conditions a point must have, each once
# for all currents of the row. Conditions not named are those of reference.
REFERENCE = {'u_ratio': 1.0, 'f_ratio': 1.0, 'temperature_c': 23.0, 'other_temperature_c': 23.0,
             'reversed_sequence': False, 'u5_ratio': 0.0, 'i5_ratio': 0.0, 'shape': 'sine', 'lost_phases': 0,
             'overcurrent_a': 0.0, 'duration_s': 0.0, 'interruptions': 0, 'gap_s': 0.0}
VOLTAGE = [{'u_ratio': 0.9}, {'u_ratio': 1.1}]
EXTENDED = [{'u_ratio': 0.8}, {'u_ratio': 0.85}, {'u_ratio': 1.15}]
FREQUENCY = [{'f_ratio': 0.98}, {'f_ratio': 1.02}]
KELVIN = [{'temperature_c': a, 'other_temperature_c': b}
          for a, b in ((-40, -18), (-18, 4), (4, 26), (26, 48), (48, 70))]
REVERSED = [{'reversed_sequence': True}]
FIFTH = [{'u5_ratio': 0.1, 'i5_ratio': 0.4}]
OVERCURRENT = [{'overcurrent_a': 120.0}]


def shape(name):
    return [{'shape': name}]


def lost(aron):
    return [{'lost_phases': m} for m in ((1, 2, 4) if aron else (1, 2, 4, 3, 5, 6))]


SIMULATED = {
    'ambient_temperature': ('mean temperature coefficient', lambda aron: KELVIN),
    'voltage': ('voltage +/-10 %', lambda aron: VOLTAGE),
    'voltage_extended': ('voltage -20 to -10 %, +10 to +15 %', lambda aron: EXTENDED),
    'frequency': ('frequency +/-2 %', lambda aron: FREQUENCY),
    'reversed_phase_sequence': ('reversed phase sequence', lambda aron: REVERSED),
    'voltage_unbalance': ('voltage unbalance', lost),
    'harmonics_U_and_I': ('5th harmonic in U and I', lambda aron: FIFTH),
    'dc_and_even_harmonics': ('DC and even harmonics, half wave', lambda aron: shape('half wave')),
    'dc_component': ('DC and even harmonics, half wave', lambda aron: shape('half wave')),
    'odd_harmonics': ('odd harmonics, phase-fired', lambda aron: shape('phase-fired')),
    'sub_harmonics': ('sub-harmonics, burst', lambda aron: shape('burst')),
    'short_time_overcurrent': ('short-time overcurrent', lambda aron: OVERCURRENT),
}
LEFT_OUT = {
    'continuous_magnetic_induction_external': 'continuous magnetic induction',
    'magnetic_induction_0p5mT': 'magnetic induction 0.5 mT',
    'rf_field': 'RF field',
    'accessories': 'operation of accessories',
    'conducted_rf': 'conducted RF',
    'fast_transient_burst': 'fast transient burst',
    'damped_oscillatory': 'damped oscillatory waves',
    'self_heating': 'self-heating',
    'auxiliary_voltage': 'auxiliary voltage +/-15 %',
    'fast_transients': 'fast transients',
    'magnetic_HF_conducted_oscillatory': 'magnetic field, HF, conducted and oscillatory disturbance',
    'power_consumption': 'power consumption',
}
# The blocks of each file that ask for points or a place among what is left out; the others and why not.
KNOWN_BLOCKS = {
    'en_50470_3_mid_mi003.json': {
        'current_relations_transformer_operated', 'mpe_composite_pct', 'intrinsic_error_pct_reference_conditions',
        'variation_limits', 'mid_long_duration_disturbance_critical_change_pct', 'transient_critical_change_value',
        'rated_ranges',
        '_meta', 'current_relations_direct',  # words; another kind of meter
        'maker_release_practice'},            # no limit of a standard
    'iec_62053_21_class_1_2.json': {
        'percentage_error_transformer_operated', 'single_vs_balanced_difference_pct_at_In_pf1', 'influence',
        'starting_current_In', '_meta', 'source_starting'},
    'iec_62053_22_class_02S_05S.json': {
        'percentage_error', 'single_vs_balanced_difference_pct_at_In_pf1', 'influence', 'starting_current_In',
        'power_consumption', '_meta'},
    'iec_62053_23_reactive_class_2_3.json': {
        'percentage_error_transformer_operated', 'single_vs_balanced_difference_pct_at_In_sin1', 'influence',
        'starting_current_In', '_meta', 'definition_note'},
    'no_load_starting_meter_constant.json': {
        'no_load_test', 'starting', 'meter_constant_test', '_meta',
        'measurement_uncertainty', 'sister_meter_facts'},  # of the laboratory; another meter
}


def amps(text):
    """A current of the tables: a multiple of In as number or "0.1In", or a name, or a factor before a name."""
    if not isinstance(text, str):
        return text * IN
    if text == 'Imax/sqrt2':
        return IMAX / math.sqrt(2)
    for name, value in (('Imax', IMAX), ('Imin', IMIN), ('Itr', ITR), ('In', IN)):
        if text.endswith(name):
            return float(text[:-len(name)] or 1) * value
    raise ValueError('a current of the tables that this check does not know: %r' % text)


def near(a, b):
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def in_range(low, high, inclusive):
    """The points of a range of currents: the customary ones, and 1 mA below an end that is not part of it."""
    currents = [c for c in CUSTOMARY if (c > low or near(c, low)) and (c < high and not near(c, high))]
    return currents + ([high] if inclusive else [high - 0.001])


class Check:
    """What the tables ask of one plan."""

    def __init__(self, type_number, lines):
        self.type_number = type_number
        self.aron = type_number[3] == '2'
        self.elements = 2 if self.aron else 3
        self.points = [p for p in lines if 'kind' in p]
        self.left_out = [p['left_out'] for p in lines if 'left_out' in p]
        self.claimed = [None] * len(self.points)
        self.left_out_used = set()
        self.faults = []
        self.rows = 0

    def fault(self, text):
        self.faults.append('%s: %s' % (self.type_number, text))

    def want(self, row, limit, grade, note='', **fields):
        """One point the tables ask for; `row` names the place for messages."""
        expected = dict(REFERENCE, **fields)
        found = [n for n, p in enumerate(self.points) if all(
            near(p[k], v) if isinstance(v, float) else p[k] == v for k, v in expected.items())]
        at = ', '.join('%s %s' % kv for kv in fields.items())
        if len(found) != 1:
            self.fault('%s asks for one point with %s; the plan has %d' % (row, at, len(found)))
            return
        point = self.points[found[0]]
        if self.claimed[found[0]] is not None:
            self.fault('%s and %s ask for the same point' % (row, self.claimed[found[0]]))
        self.claimed[found[0]] = row
        for name, value in (('limit', limit), ('grade', grade), ('note', note)):
            same = near(point[name], value) if name == 'limit' else point[name] == value
            if not same:
                self.fault('%s at %s: %s is %r in the plan, %r in the table' % (row, at, name, point[name], value))

    def is_left_out(self, row, standard, clause):
        self.rows += 1
        start = '%s, %s: ' % (standard, clause)
        found = [n for n, text in enumerate(self.left_out) if text.startswith(start) and len(text) > len(start)]
        if len(found) != 1:
            self.fault('%s: "%s<reason>" stands %d times among what is left out' % (row, start, len(found)))
        self.left_out_used.update(found)

    def loads(self, single, row, standard):
        if not single:
            return ['balanced']
        if self.aron:
            self.is_left_out(row, standard, 'one phase loaded')
            return []
        return ['L1', 'L2', 'L3']

    # ---- the blocks of the tables -----------------------------------------------------------------------------

    def errors(self, where, rows, column, standard, quantities):
        for number, r in enumerate(rows):
            row = '%s[%d]' % (where, number)
            limit = r['limit_pct'][column]
            if limit is None:
                continue
            self.rows += 1
            low, high = amps(r['i_from']), amps(r['i_to'])
            currents = in_range(low, high, r['i_to_inclusive'])
            for quantity in quantities:
                capacitive = quantity == 'R-' or r['pf_kind'] == 'cap'
                for load in self.loads(r['load'] == 'single_phase', row, standard):
                    for current in currents:
                        self.want(row, limit, r['confidence'], r.get('note', ''), kind='intrinsic',
                                  standard=standard, quantity=quantity, load=load, current_a=current,
                                  factor=float(r['pf']), capacitive=capacitive, clause='intrinsic error')
            if quantities == ['A+'] and r['load'] == 'balanced' and r['pf_kind'] != 'cap' and r['pf'] >= 0.5:
                for current in [low] + ([IN, high] if r['i_to_inclusive'] else []):
                    self.want(row, limit, r['confidence'], r.get('note', ''), kind='intrinsic', standard=standard,
                              quantity='A-', load='balanced', current_a=current, factor=float(r['pf']),
                              capacitive=False, clause='intrinsic error')

    def difference(self, where, block, column, standard, quantity):
        self.rows += 1
        for load in self.loads(True, where, standard):
            self.want(where, block['limit'][column], block['confidence'], kind='load_difference', standard=standard,
                      quantity=quantity, load=load, current_a=IN, factor=1.0, capacitive=False)

    def composite(self, where, block, ranges, column):
        factors = [(1.0, False)] + [(float(t.split()[0]), t.endswith('cap')) for t in ranges['pf']]
        for name, single in (('balanced', False), ('single_phase_load', True)):
            for span, bands in block[name].items():
                row = '%s.%s.%s' % (where, name, span)
                self.rows += 1
                low, high, inclusive = {'Imin<=I<Itr': (IMIN, ITR, False), 'Itr<=I<=Imax': (ITR, IMAX, True)}[span]
                for load in self.loads(single, row, 'EN 50470-3'):
                    for band, parts in block['temperature_bands_C'].items():
                        ends = sorted(t for part in parts for t in part)
                        for t in (ends[0], ends[-1]):
                            for factor, capacitive in factors:
                                for current in in_range(low, high, inclusive):
                                    self.want(row, bands[band][column], bands.get('confidence', block['confidence']),
                                              bands.get('note', ''), kind='composite', standard='EN 50470-3',
                                              quantity='A+', load=load, current_a=current, factor=factor,
                                              capacitive=capacitive, temperature_c=float(t), clause='composite error')

    def influence(self, where, rows, column, standard, quantity):
        for number, r in enumerate(rows):
            name = r['quantity']
            row = '%s[%d] %s' % (where, number, name)
            limit = r['limit'][column]
            if limit is None:
                continue
            if name in LEFT_OUT:
                self.is_left_out(row, standard, LEFT_OUT[name])
                continue
            if name not in SIMULATED:
                self.fault('%s is a quantity this check does not know' % row)
                continue
            self.rows += 1
            clause, conditions = SIMULATED[name]
            ends = [amps(t) for t in r['current'].split('..')]
            currents = [ends[0], IN, ends[1]] if len(ends) == 2 else ends
            note = r.get('note', '')
            if 'direct connected' in r['test']:
                limit, note = 0.0, NOT_FOR_TRANSFORMERS
            kind = {'pct_per_K': 'per_kelvin', 'pct_variation': 'variation'}[r['unit']]
            self.conditions(row, conditions(self.aron), currents, limit, r['confidence'], note, kind=kind,
                            standard=standard, quantity=quantity, clause=clause, factor=float(r['pf']))

    def conditions(self, row, conditions, currents, limit, grade, note, **fields):
        for condition in conditions:
            for current in currents:
                self.want(row, limit, grade, note, load='balanced', current_a=current, capacitive=False,
                          **dict(fields, **condition))

    def disturbances(self, where, block, column):
        grade = block['confidence']
        rows = {'reversed_phase_sequence': [('reversed_phase_sequence', 0.1 * IN)],
                'voltage_unbalance': [('voltage_unbalance', IN)],
                'harmonics_current': [('harmonics_U_and_I', 0.5 * IMAX)],
                'dc_and_harmonics_current': [('dc_and_even_harmonics', IMAX / math.sqrt(2)),
                                             ('odd_harmonics', 0.5 * IN), ('sub_harmonics', 0.5 * IN)]}
        for name, limits in block.items():
            row = '%s.%s' % (where, name)
            if name == 'confidence':
                continue
            if name in LEFT_OUT:
                self.is_left_out(row, 'EN 50470-3', LEFT_OUT[name])
                continue
            if name not in rows:
                self.fault('%s is a disturbance this check does not know' % row)
                continue
            self.rows += 1
            for quantity, current in rows[name]:
                clause, conditions = SIMULATED[quantity]
                half = quantity == 'dc_and_even_harmonics'
                self.conditions(row, conditions(self.aron), [current], 0.0 if half else limits[column], grade,
                                NOT_FOR_TRANSFORMERS if half else '', kind='variation', standard='EN 50470-3',
                                quantity='A+', clause=clause, factor=1.0)

    def power(self, current):
        """W or var of a balanced load; three wires have Un between the phases."""
        return (math.sqrt(3) if self.aron else 3) * UN * current

    def starting(self, where, current, grade, standard, quantities):
        self.rows += 1
        pulse_s = 3.6e6 / PULSES_PER_KWH / self.power(current)
        for quantity in quantities:
            self.want(where, 2.0, grade, kind='starting', standard=standard, quantity=quantity, load='balanced',
                      current_a=current, factor=1.0, capacitive=quantity == 'R-', duration_s=3 * pulse_s)

    def no_load(self, where, minutes, grade, standard, quantity, u_ratio):
        self.rows += 1
        self.want(where, 1.0, grade, kind='no_load', standard=standard, quantity=quantity, load='balanced',
                  current_a=0.0, u_ratio=u_ratio, duration_s=60 * minutes)

    def constant(self, index, block, standard, quantity):
        self.rows += 1
        seconds = 1000 * 10.0 / index / self.power(IMAX) * 3600
        self.want('meter_constant_test', index / 10, block['confidence'], kind='constant', standard=standard,
                  quantity=quantity, load='balanced', current_a=IMAX, factor=1.0, duration_s=seconds)

    def interruptions(self, block, waves):
        self.rows += 1
        limit = self.elements * UN * IMAX * 1e-6
        if not self.aron and not near(limit, block['for_351C_kWh']):
            self.fault('the critical change is %r, the table says %r' % (limit, block['for_351C_kWh']))
        if '3 x 100 % for 1 s (50 ms apart), 1 x 100 % for 1 cycle, 1 x 50 % for 1 min' not in waves['note']:
            self.fault('the table of interruptions has other words than this check was written for')
        for times, seconds, gap, u_ratio in ((3, 1.0, 0.05, 0.0), (1, 0.02, 0.0, 0.0), (1, 60.0, 0.0, 0.5)):
            self.want('voltage_interruption', limit, waves['confidence'], kind='interruption',
                      standard='IEC 62052-11', current_a=0.0, duration_s=seconds, gap_s=gap, interruptions=times,
                      u_ratio=u_ratio, quantity='A+')

    def finish(self):
        for point in self.points:  # without L2 a three-wire meter is off; no other limit may be set aside
            is_off = self.aron and point['lost_phases'] == 2
            if bool(point['not_applicable']) != is_off:
                self.fault('not applicable: "%s" of %s' % (point['not_applicable'], json.dumps(point)))
        for n, row in enumerate(self.claimed):
            if row is None:
                self.fault('no row of the tables asks for this point: %s' % json.dumps(self.points[n]))
        for n, text in enumerate(self.left_out):
            if n not in self.left_out_used:
                self.fault('no row of the tables is meant by "%s"' % text)
        return self.faults


def check_en(check, tables, column):
    en = tables['en_50470_3_mid_mi003.json']
    relations = en['current_relations_transformer_operated']
    if not (near(relations['In_Itr'], IN / ITR) and relations['Imax_min_In'] <= IMAX / IN
            and relations['Imin_max_Itr'][column] >= IMIN / ITR):
        check.fault('the currents of this meter do not have the relations of EN 50470-3')
    if en['rated_ranges']['voltage'] != [0.9, 1.1] or en['rated_ranges']['frequency'] != [0.98, 1.02]:
        check.fault('the rated ranges are not those the composite error is formed over')
    check.errors('intrinsic_error_pct_reference_conditions', en['intrinsic_error_pct_reference_conditions'], column,
                 'EN 50470-3', ['A+'])
    check.composite('mpe_composite_pct', en['mpe_composite_pct'], en['rated_ranges'], column)
    check.influence('variation_limits', en['variation_limits'], column, 'EN 50470-3', 'A+')
    name = 'mid_long_duration_disturbance_critical_change_pct'
    check.disturbances(name, en[name], column)
    current = relations['Ist_max_Itr'][column] * ITR
    check.starting('Ist_max_Itr', current, relations['confidence'], 'EN 50470-3', ['A+', 'A-'])
    no_load = tables['no_load_starting_meter_constant.json']
    formula = no_load['no_load_test']['formula_EN50470_3_and_IEC_ed2']
    check.no_load('formula_EN50470_3', 240e3 / (PULSES_PER_KWH * check.elements * 1.15 * UN * current),
                  formula['confidence'], 'EN 50470-3', 'A+', 1.15)
    check.constant({'B': 1.0, 'C': 0.5}[column], no_load['meter_constant_test'], 'EN 50470-3', 'A+')


def check_iec(check, tables, file, column, standard):
    """Active or reactive energy by IEC 62053."""
    table = tables[file]
    reactive = standard == 'IEC 62053-23'
    imported, exported = ('R+', 'R-') if reactive else ('A+', 'A-')
    errors = next(k for k in table if k.startswith('percentage_error'))
    difference = next(k for k in table if k.startswith('single_vs_balanced'))
    check.errors('%s %s' % (standard, errors), table[errors], column, standard, ['R+', 'R-'] if reactive else ['A+'])
    check.difference('%s %s' % (standard, difference), table[difference], column, standard, imported)
    check.influence(standard + ' influence', table['influence'], column, standard, imported)
    starting = table['starting_current_In']
    check.starting(standard + ' starting_current_In', starting[column] * IN, starting['confidence'], standard,
                   [imported, exported])
    if 'power_consumption' in table:
        check.is_left_out(standard + ' power_consumption', standard, LEFT_OUT['power_consumption'])
    no_load = tables['no_load_starting_meter_constant.json']
    formula = no_load['no_load_test']['formula_2003']
    numerator = formula['C']['%s %s' % (standard[4:], column)]
    check.no_load('formula_2003', numerator * 1e6 / (PULSES_PER_KWH * check.elements * UN * IMAX),
                  formula['confidence'], standard, imported, 1.15)
    if not reactive:
        newer = no_load['no_load_test']['formula_EN50470_3_and_IEC_ed2']
        check.no_load('formula of edition 2', 240e3 / (PULSES_PER_KWH * check.elements * 1.1 * UN *
                                                       starting[column] * IN),
                      newer['confidence'], 'IEC 62052-11:2020', 'A+', 1.1)
    check.constant({'1': 1.0, '0.5S': 0.5, '2': 2.0}[column], no_load['meter_constant_test'], standard, imported)


def check_plan(program, tables, type_number):
    text = subprocess.run([program, type_number], check=True, stdout=subprocess.PIPE).stdout.decode()
    check = Check(type_number, [json.loads(line) for line in text.splitlines()])
    accuracy = type_number[5]
    if accuracy in 'BC':
        check_en(check, tables, accuracy)
    elif accuracy == '1':
        check_iec(check, tables, 'iec_62053_21_class_1_2.json', '1', 'IEC 62053-21')
    else:
        check_iec(check, tables, 'iec_62053_22_class_02S_05S.json', '0.5S', 'IEC 62053-22')
    check.interruptions(tables['en_50470_3_mid_mi003.json']['transient_critical_change_value'],
                        tables['influence_test_waveforms.json']['voltage_interruption_60pct_etc'])
    check_iec(check, tables, 'iec_62053_23_reactive_class_2_3.json', '2', 'IEC 62053-23')
    faults = check.finish()
    if not faults:
        print('%s: %d points of %d rows agree' % (type_number, len(check.points), check.rows))
    return faults


def main():
    program, standards = sys.argv[1], pathlib.Path(sys.argv[2])
    if not standards.is_dir():
        must = os.environ.get('CI') == 'true'
        print('%s: no tables of the standards at %s' % ('FAILED' if must else 'skipped', standards))
        return 1 if must else SKIPPED
    tables = {}
    for name in list(KNOWN_BLOCKS) + ['influence_test_waveforms.json']:
        tables[name] = json.loads((standards / name).read_text(encoding='utf-8'))
    faults = ['%s has a block "%s" this check does not know' % (name, block)
              for name, known in KNOWN_BLOCKS.items() for block in tables[name] if block not in known]
    for type_number in ('68535BC453010', '68535CC453010', '685351C453010', '685355C453010', '68525BC453010',
                        '68525CC453010', '685251C453010', '685255C453010'):
        faults += check_plan(program, tables, type_number)
    for fault in faults[:40]:
        print('FAILED: ' + fault)
    if len(faults) > 40:
        print('FAILED: and %d more' % (len(faults) - 40))
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())

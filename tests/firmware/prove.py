#!/usr/bin/env python3
"""Proves that the core, built for a controller, measures and registers bit for bit what it does on the host.

usage: prove.py HOST_PROGRAMS IMAGE DOCUMENT [--write]

Makes the recording, runs the course of tests/firmware/proof.cpp on the host and on the emulated controller and
compares every line. Then holds the figures of DOCUMENT against those of the image: more than 5 % (or 64 bytes,
whichever is more) apart is a failure; --write brings them up to date.
"""
import argparse
import pathlib
import re
import subprocess
import sys

MACHINE = 'netduinoplus2'  # an STM32F405: Cortex-M4, 1 MiB of flash, 128 KiB of RAM
PROCESSOR_HZ = 168_000_000  # of that machine's timer
INSTRUCTIONS_HZ = 1_000_000_000  # -icount shift=0: one instruction takes one nanosecond
FRAME_BYTES = 24
SECONDS = 60
BLOCKS = SECONDS * 50
TIMEOUT_S = 60
TOLERANCE = 0.05
TOLERANCE_BYTES = 64
BEGIN, END = '<!-- figures: ./dev firmware --write -->', '<!-- end of figures -->'

# What of the compiler's support library the core may call: divisions of 64-bit integers. No floating point.
SUPPORT = re.compile(r'__aeabi_u?ldivmod|__udivmoddi4|__aeabi_[il]div0')
# Registers that the four loads must have moved: an equality of zeros would prove nothing.
MOVED = ['active_energy_import', 'active_energy_export', 'reactive_energy_import', 'reactive_energy_export',
         'reactive_energy_q1', 'reactive_energy_q4', 'apparent_energy_import', 'apparent_energy_export']


def fail(message):
    print('firmware: FAILED: ' + message, file=sys.stderr)
    sys.exit(1)


def run(what, command, folder):
    """Standard output and standard error of a command that must succeed."""
    try:
        done = subprocess.run([str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        fail('%s took longer than %d s' % (what, TIMEOUT_S))
    if done.returncode != 0:
        said = done.stderr.split('\n')[:1] + done.stdout.strip().splitlines()[-1:]
        fail('\n  '.join(['%s ended with %d; its complaint and its last line:' % (what, done.returncode)] + said))
    return done.stdout, done.stderr


def run_controller(image, folder):
    """Lines of the course, and the figures that the program took of itself."""
    command = ['qemu-system-arm', '-M', MACHINE, '-icount', 'shift=0,sleep=off', '-display', 'none', '-monitor', 'none',
               '-serial', 'none', '-semihosting-config', 'enable=on,target=native', '-kernel', image]
    course, rest = run('the controller', command, folder)
    return course, {name: int(value) for name, value in re.findall(r'^figure (\w+) (\d+)$', rest, re.MULTILINE)}


def check_course(course):
    """The course went where it should: a minute, every direction, over a power cut."""
    seconds = re.findall(r'^second (\d+) ', course, re.MULTILINE)
    if [int(second) for second in seconds] != list(range(SECONDS + 1)):
        fail('the course has %d seconds, not 0 to %d' % (len(seconds), SECONDS))
    for title in ('before the cut', 'after the cut', 'end'):
        if 'registers, %s\n' % title not in course:
            fail('the course has no registers of "%s"' % title)
    at_end = course[course.index('registers, end\n'):]
    for name in MOVED:
        value = re.search(r'^register %s number \d+ (-?\d+)$' % name, at_end, re.MULTILINE)
        if not value or int(value.group(1)) <= 0:
            fail('register %s is not above zero at the end' % name)


def compare(host, controller):
    """Fails with the first line that differs."""
    ours, theirs = host.splitlines(), controller.splitlines()
    for number, (left, right) in enumerate(zip(ours, theirs), start=1):
        if left != right:
            fail('line %d differs\n  host:       %s\n  controller: %s' % (number, left, right))
    if host != controller:
        fail('host wrote %d lines, controller %d' % (len(ours), len(theirs)))


def check_sensitivity(host_program, host, samples, folder):
    """One bit of one code must show, or the comparison would prove little."""
    changed = bytearray(samples.read_bytes())
    if len(changed) != BLOCKS * 160 * FRAME_BYTES:
        fail('%s has %d octets, not %d' % (samples.name, len(changed), BLOCKS * 160 * FRAME_BYTES))
    changed[len(changed) // 3 // FRAME_BYTES * FRAME_BYTES + 4] ^= 1
    other = folder / 'one_bit_changed.bin'
    other.write_bytes(changed)
    course, _ = run('the host with one bit changed', [host_program, other], folder)
    other.unlink()
    if course == host:
        fail('one changed bit of one code does not show in the course')


def sections(image):
    """{section: (address, size)}"""
    listing, _ = run('arm-none-eabi-size', ['arm-none-eabi-size', '-A', image], None)
    return {name: (int(address), int(size)) for name, size, address in
            re.findall(r'^(\.\S+)\s+(\d+)\s+(\d+)$', listing, re.MULTILINE)}


def symbols(image):
    """[(address, size, name)]"""
    listing, _ = run('arm-none-eabi-nm', ['arm-none-eabi-nm', '-C', '-S', '--defined-only', image], None)
    return [(int(address, 16), int(size or '0', 16), name) for address, size, name in
            re.findall(r'^([0-9a-f]{8})(?: ([0-9a-f]{8}))? \w (.+)$', listing, re.MULTILINE)]


def check_support(layout, names):
    """Of the compiler's support library only what integers need is there."""
    start, size = layout['.libgcc']
    linked = [name for address, _, name in names if start <= address < start + size and not name.startswith('$')]
    foreign = sorted(name for name in linked if not SUPPORT.fullmatch(name))
    if foreign or not linked:
        fail('the core calls more of the support library than 64-bit divisions: %s' % (', '.join(foreign) or 'nothing read'))


def figures_of(image, measured):
    """[(what, number, unit)] in the order of the table."""
    layout, names = sections(image), symbols(image)
    check_support(layout, names)
    size_of = {name.replace('(anonymous namespace)::', ''): size for _, size, name in names}
    flash = {name: layout[name][1] for name in ('.core', '.base', '.libgcc', '.data')}
    instructions = {name: measured[name] * INSTRUCTIONS_HZ // PROCESSOR_HZ for name in ('ticks', 'ticks_max')}
    return [
        ('flash: core', flash['.core'], 'bytes'),
        ('flash: base', flash['.base'], 'bytes'),
        ('flash: 64-bit divisions of the compiler', flash['.libgcc'], 'bytes'),
        ('flash: initial values of RAM', flash['.data'], 'bytes'),
        ('flash: in all', sum(flash.values()), 'bytes'),
        ('RAM: state of the meter', size_of['meter_state'], 'bytes'),
        ('RAM: state of the measuring system', size_of['measuring_state'], 'bytes'),
        ('RAM: one block of 160 samples', size_of['sample_block'], 'bytes'),
        ('RAM: stack, deepest', measured['stack'], 'bytes'),
        ('RAM: in all', sum(size_of[name] for name in ('meter_state', 'measuring_state', 'sample_block')) +
         measured['stack'], 'bytes'),
        ('permanent memory asked for', size_of['permanent_memory'], 'bytes'),
        ('work for one second of samples', instructions['ticks'] // SECONDS, 'instructions'),
        ('work for the longest block of 160 samples', instructions['ticks_max'], 'instructions'),
    ]


def grouped(number):
    return '{:,}'.format(number).replace(',', ' ')


def table(figures):
    rows = ['| %s | %s | %s |' % (what, grouped(number), unit) for what, number, unit in figures]
    return '\n'.join([BEGIN, '| what | figure | unit |', '|---|---|---|'] + rows + [END])


def check_document(document, figures, write):
    """The table in the document says what the image says, within the tolerance."""
    text = document.read_text(encoding='utf-8')
    if BEGIN not in text or END not in text:
        fail('%s has no table between "%s" and "%s"' % (document.name, BEGIN, END))
    start, end = text.index(BEGIN), text.index(END) + len(END)
    if write:
        document.write_text(text[:start] + table(figures) + text[end:], encoding='utf-8')
        return
    written = {what: int(number.replace(' ', '')) for what, number in
               re.findall(r'^\| ([^|]+?) \| ([0-9 ]+) \|', text[start:end], re.MULTILINE)}
    for what, number, unit in figures:
        if what not in written:
            fail('%s has no row "%s"; ./dev firmware --write makes it' % (document.name, what))
        if abs(written[what] - number) > max(TOLERANCE * number, TOLERANCE_BYTES):
            fail('%s says %s for "%s"; it is %s %s, more than 5 %% apart: ./dev firmware --write' % (
                document.name, grouped(written[what]), what, grouped(number), unit))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('host_programs', type=pathlib.Path)
    parser.add_argument('image', type=pathlib.Path)
    parser.add_argument('document', type=pathlib.Path)
    parser.add_argument('--write', action='store_true', help="bring the document's figures up to date")
    arguments = parser.parse_args()

    image, host_program = arguments.image.resolve(), arguments.host_programs.resolve() / 'firmware_proof_host'
    folder = image.parent
    samples = folder / 'samples.bin'
    run('the recording', [arguments.host_programs.resolve() / 'firmware_proof_samples', samples], folder)
    host, _ = run('the host', [host_program, samples], folder)
    check_course(host)
    check_sensitivity(host_program, host, samples, folder)
    controller, measured = run_controller(image, folder)
    (folder / 'course_host.txt').write_text(host, encoding='utf-8')
    (folder / 'course_controller.txt').write_text(controller, encoding='utf-8')
    compare(host, controller)
    figures = figures_of(image, measured)
    check_document(arguments.document, figures, arguments.write)
    print('firmware: %d s of samples, %d lines, host and controller alike' % (SECONDS, len(host.splitlines())))
    for what, number, unit in figures:
        print('firmware: %-42s %9s %s' % (what, grouped(number), unit))


if __name__ == '__main__':
    main()

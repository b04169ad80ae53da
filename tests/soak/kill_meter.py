#!/usr/bin/env python3
"""Kills a served meter again and again at random instants and starts it from its image.

usage: kill_meter.py PROGRAM PROJECT KILLS [SEED]

Between two kills a client on the optical port reads registers, sets the clock, writes a meter number and
stops debiting periods; half of the kills come the moment a command is acknowledged, half at any instant. The
meter runs in the waveform tier, which writes often, or in the interval tier, which seldom does.
Whatever was acknowledged has to be there at the next start, and nothing may go backwards. The seed is
printed; with it the same instants come again, as far as the machine keeps time. Exit 0 when all was kept.
"""
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

START, STOP, ACK, ESCAPE, ADDRESS = 0x80, 0x0D, 0x06, 0x1B, 0x3F
STUFFED = {0x06, 0x0D, 0x1B, 0x40, 0x80}
A_PLUS, STATUS, DEBITS, HOURS, HIGH, NUMBER = 1, 50, 47, 1004, 13, 51


def crc16(octets):
    crc = 0
    for octet in octets:
        crc ^= octet << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def frame(*application):
    body = bytes([ADDRESS, *application])
    body += crc16(body).to_bytes(2, 'big')
    stuffed = b''.join(bytes([ESCAPE, o ^ 0xFF]) if o in STUFFED else bytes([o]) for o in body)
    return bytes([START]) + stuffed + bytes([STOP])


class Line:
    """One client. OSError when the meter goes away."""

    def __init__(self, place):
        host, port = place.rsplit(':', 1)
        self.socket = socket.create_connection((host, int(port)), timeout=20)

    def ask(self, *application):
        """@return the data after the command, or b'' for the bare acknowledge"""
        self.socket.sendall(frame(*application))
        line = b''
        while not line.endswith(bytes([STOP])) and line != bytes([ACK]):
            octets = self.socket.recv(256)
            if not octets:
                raise OSError('closed')
            line += octets
        if line == bytes([ACK]):
            return b''
        body, escaped = b'', False
        for octet in line[1:-1]:
            if octet == ESCAPE:
                escaped = True
                continue
            body += bytes([octet ^ 0xFF if escaped else octet])
            escaped = False
        assert crc16(body) == 0, 'bad CRC'
        return body[2:-2]

    def read(self, *ids):
        data = self.ask(0x10, len(ids), *(o for i in ids for o in i.to_bytes(2, 'big')))
        values = {}
        while data:
            size = data[3]
            values[int.from_bytes(data[:2], 'big')] = int.from_bytes(data[5:5 + size], 'big')
            data = data[5 + size:]
        return values

    def stop_debiting(self):
        self.ask(0x88)

    def write_number(self, value):
        password, number_unit = 0, 51
        self.ask(0x11, *password.to_bytes(2, 'big'), *NUMBER.to_bytes(2, 'big'), number_unit, 4, 0,
                 *value.to_bytes(4, 'big'))

    def set_clock(self, day):
        """@param day of January 2026, at 13:00"""
        self.ask(0x09, *(260100 + day).to_bytes(4, 'big'), *(130000).to_bytes(4, 'big'))


def scenario(folder, tier):
    document = {
        'version': 1, 'name': 'kills', 'description': 'a meter that is killed', 'seed': 1, 'tier': tier,
        'start': '2026-01-05T12:00:00', 'duration_s': 1000000,
        'meter': {'type_number': '685-35-CC4-23-010', 'serial_number': 35100001,
                  'configuration': ['31000162', '42301011', '00001000', '00000001', '00004011'],
                  'nv': str(folder / 'meter.nv')},
        'external_ct': 'nanocrystalline_200_5',
        'source': {'constant': {'voltage_v': 230, 'current_a': 200}}}
    (folder / 'scenario.json').write_text(json.dumps(document))


class Meter:
    def __init__(self, program, project, folder, pace):
        self.process = subprocess.Popen(
            [program, 'serve', str(folder / 'scenario.json'), '--optical', 'tcp:127.0.0.1:0', '--pace', pace,
             '--start', 'scenario'], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith('optical port open at '):
            self.process.wait()
            sys.exit(f'the meter does not start: exit {self.process.returncode}: {self.process.stderr.read()}')
        self.place = line.split()[-1]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


def check(told, found, stops, numbers, number):
    """Everything told is there; of what was asked and not acknowledged, one command may be.

    @param stops debiting stops acknowledged, and asked for; numbers likewise what was written to register 51
    """
    for register in (A_PLUS, HIGH, HOURS):
        if register in told and found[register] < told[register]:
            sys.exit(f'kill {number}: register {register} went back from {told[register]} to {found[register]}')
    if not stops[0] <= found[DEBITS] <= stops[1]:
        sys.exit(f'kill {number}: {found[DEBITS]} debiting stops; acknowledged and asked for: {stops}')
    if numbers and found[NUMBER] not in numbers:
        sys.exit(f'kill {number}: meter number {found[NUMBER]}; acknowledged and asked for: {numbers}')
    if found[STATUS] & 2:
        sys.exit(f'kill {number}: the memory shows damage, register 50 = {found[STATUS]}')


def main(program, project, kills, seed):
    chance = random.Random(seed)
    print(f'seed {seed}', flush=True)
    told, stops, numbers, reads = {}, [0, 0], [], 0
    with tempfile.TemporaryDirectory(prefix='blondel-kill-') as name:
        folder = pathlib.Path(name)
        for number in range(kills + 1):
            scenario(folder, chance.choice(('waveform', 'interval')))
            if number < kills and chance.random() < 0.1:
                # Before anybody can ask: while the image is made, read or first written.
                early = subprocess.Popen([program, 'serve', str(folder / 'scenario.json'), '--optical',
                                          'tcp:127.0.0.1:0', '--start', 'scenario'], cwd=project,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(chance.uniform(0, 0.05))
                early.kill()
                early.wait()
                continue
            # At real time hardly anything but a command is written before its answer leaves, 30 ms later.
            meter = Meter(program, project, folder, chance.choice(('real', 'real:600')))
            line = Line(meter.place)
            found = line.read(A_PLUS, HIGH, HOURS, DEBITS, STATUS, NUMBER)
            check(told, found, stops, numbers, number)
            told, stops, numbers = found, [found[DEBITS]] * 2, [found[NUMBER]]
            killer = threading.Timer(chance.uniform(0, 0.25), meter.kill)
            commands_left = chance.randint(1, 4) if chance.random() < 0.5 else None
            if commands_left is None:
                killer.start()
            try:
                while number < kills and commands_left != 0:
                    what = chance.random()
                    if what < 0.5:
                        if what < 0.2:
                            stops[1] += 1
                            line.stop_debiting()
                            stops[0] += 1
                        elif what < 0.4:
                            numbers.append(chance.randint(1, 99999999))
                            line.write_number(numbers[-1])
                            numbers = numbers[-1:]
                        else:
                            line.set_clock(chance.randint(1, 28))
                        commands_left = None if commands_left is None else commands_left - 1
                    else:
                        told.update(line.read(A_PLUS, HIGH, HOURS, DEBITS))
                        reads += 1
            except OSError:
                pass
            finally:
                killer.cancel()
                meter.end()
    print(f'{kills} kills: nothing lost; {told[DEBITS]} debiting stops, {reads} readings, '
          f'{told[A_PLUS]} at 1.8.0')
    return 0


if __name__ == '__main__':
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]),
                  int(sys.argv[4]) if len(sys.argv) == 5 else int.from_bytes(os.urandom(4), 'big')))

"""One bench for each board: the same few handles on what the board sees and does.

The contract test asks its questions on every bench. A bench has a board in
`board`; `run(ms)` lets time go by, and the world behind the board is set and
looked at through the other names.
"""

from hal.io import Inputs, Outputs
from hal.sim import Sim
from tests.fakes.chip import Chip
from tests.fakes.modules import board_on
from tools.plant.site import Site


class Bench:
    """What both kinds share: a tick that reads, keeps count and writes."""

    def ready(self, board):
        self.board = board
        self.inp, self.out = Inputs(), Outputs()
        self.dts = []
        self.wrong = None
        return self

    def tick(self, dt_ms):
        self.dts.append(dt_ms)
        if self.wrong:
            raise self.wrong
        self.board.read(self.inp)
        self.board.write(self.out)


class ChipBench(Bench):
    """Board v3.0 or v3.1 on the imaginary chip."""

    def __init__(self, folder, package=0):
        self.chip = Chip(package=package)
        self.rcm_pin = 38 if package == 4 else 13
        self.lock_pins = (10, 9) if package == 4 else (17, 18)
        self.switch_pin = 23 if package == 4 else 16
        self.chip.level[self.rcm_pin] = 0
        self.ready(board_on(self.chip, folder))

    def run(self, ms):
        self.chip.advance(ms * 1000)

    def pilot(self, high_mv, low_mv):
        self.chip.high_mv, self.chip.low_mv = high_mv, low_mv

    def freeze(self):
        self.chip.frozen = True

    def contactors(self):
        return self.chip.out[32], self.chip.out[27]

    def duty_bp(self):
        u16 = self.chip.pwm[19]
        return 10000 if u16 == 65535 else -(-u16 * 10000 // 65536)

    def wire_open(self):
        return self.chip.out[15]

    def lock_line(self):
        r, w = (self.chip.out[n] for n in self.lock_pins)
        return {(1, 1): 0, (0, 1): 1, (1, 0): 2}[r, w]

    def residual(self, on):
        self.chip.level[self.rcm_pin] = on

    def close_switch(self, on):
        self.chip.level[self.switch_pin] = 1 - on

    def cable(self, ohm):
        self.chip.mv[34] = 3300 * ohm // (ohm + 1000)

    def warmth(self, c):
        self.chip.mv[36] = 500 + 10 * c

    def press(self, bits):
        for i, n in enumerate((0, 25, 33)):
            self.chip.level[n] = 0 if bits >> i & 1 else 1

    def echo(self, buf):
        """The far end says what it heard, after the 3.5 characters it must wait."""
        self.run(50)
        assert bytes(self.chip.wire.heard) == buf and not self.chip.wire.muffled
        assert self.chip.out[22] == 0, "nobody listens"
        self.chip.wire.coming.extend(buf)

    def page(self, n):
        return bytes(self.chip.panel.pages[n])

    def light(self):
        return tuple(self.chip.pwm[n] // 257 for n in (2, 4, 12))

    def backlight(self):
        return self.chip.pwm[14] // 257

    def restarted(self):
        return self.chip.resets


class SimBench(Bench):
    """The board over the plant."""

    def __init__(self, folder, package=0):
        self.site = Site()
        self.site.wire.slaves = [self]
        self.frozen = False
        self.ready(Sim(self.site))
        self.step = self.site.step
        setattr(self.site, "step", self.keep)  # the test holds the terminals

    def keep(self, dt_ms):
        held = [(k, getattr(self.site, k)) for k in
                ("cp_high_mv", "cp_low_mv", "pp_ohm", "rcm", "temp_c", "switch", "buttons")]
        self.step(dt_ms)
        for k, v in held:
            setattr(self.site, k, v)

    def answer(self, frame):
        return frame

    def run(self, ms):
        self.board.run(ms)

    def pilot(self, high_mv, low_mv):
        self.site.cp_high_mv, self.site.cp_low_mv = high_mv, high_mv if self.site.duty_bp >= 10000 else low_mv

    def freeze(self):
        self.board.fresh = 0

    def contactors(self):
        return self.site.contactors.c1, self.site.contactors.c2

    def duty_bp(self):
        return self.site.duty_bp

    def wire_open(self):
        return 1 - self.site.connected

    def lock_line(self):
        return self.site.lock_drive

    def residual(self, on):
        self.site.rcm = on

    def close_switch(self, on):
        self.site.switch = on

    def cable(self, ohm):
        self.site.pp_ohm = ohm

    def warmth(self, c):
        self.site.temp_c = c

    def press(self, bits):
        self.site.buttons = bits

    def echo(self, buf):
        self.run(100)

    def page(self, n):
        return bytes(self.site.pages[n])

    def light(self):
        return self.site.rgb

    def backlight(self):
        return self.site.level

    def restarted(self):
        return self.board.resets

"""An imaginary ESP32: pins, registers, timers, UART, SPI, ADC and a clock that the test holds.

Plain objects that keep what was done to them. Each call costs some time of
the clock, so a busy program takes as long as it would, roughly, on the chip.
It models only what hal uses, but that with the chip's quirks: a pin driven by
the SPI does not read its button, and a soft timer call waits for its turn.
"""

from tests.fakes.pilot_chain import ADC_US, PERIOD_US, PIN_US, chain_uv


class Panel:
    """What the LCD's controller makes of the bytes: 8 pages, and the commands since its reset."""

    def __init__(self):
        self.pages = [bytearray(128) for _ in range(8)]
        self.commands = bytearray()
        self.page = self.column = 0
        self.resets = 0

    def take(self, data, is_data):
        for b in data:
            if is_data:
                self.pages[self.page][self.column] = b
                self.column = min(127, self.column + 1)
                continue
            self.commands.append(b)
            if 0xB0 <= b <= 0xB7:
                self.page = b & 7
            elif b & 0xF0 == 0x10:
                self.column = (b & 15) << 4 | self.column & 15
            elif b & 0xF0 == 0:
                self.column = self.column & 0xF0 | b


class Wire:
    """The far end of RS485: what came with the direction line high, and what shall come back."""

    def __init__(self):
        self.heard = bytearray()
        self.muffled = bytearray()  # sent while the line was low
        self.coming = bytearray()
        self.clash = 0              # bytes that came while the line was still high


class Chip:
    """The clock, the levels on the pins, and the world beyond them."""

    def __init__(self, package=0, own_id=1234):
        self.now = 0
        self.level = {}        # GPIO -> level driven from outside
        self.out = {}          # GPIO -> level last written
        self.edges = []        # (us, GPIO, level)
        self.driven = set()    # GPIOs with their output on
        self.pwm = {}          # GPIO -> duty_u16
        self.mv = {36: 700, 34: 3300}   # at the slow ADC pins
        self.high_mv, self.low_mv = 12000, -12000
        self.frozen = False    # the PWM pin stands still
        self.timers = []
        self.jitter_us = 0     # a soft timer call comes so much late
        self.panel = Panel()
        self.wire = Wire()
        self.uart = None
        self.fed = []
        self.dog_ms = 0
        self.resets = 0
        self.hz = 160000000
        self.approved = 0
        self.hostname = ""
        self.radio = {"up": False, "asked": [], "rssi": -60, "refuse": False}
        self.reg = {0x3FF5A00C: package << 9, 0x3FF5A080: own_id << 8,
                    0x3FF44530 + 4 * 33: 9, 0x3FF49020: 0x2800}
        self.reads = 0

    # time
    def ticks_us(self):
        self.now += 2
        return self.now & 0x3FFFFFFF

    def ticks_add(self, a, b):
        return (a + b) & 0x3FFFFFFF

    def ticks_diff(self, a, b):
        return ((a - b + 0x20000000) & 0x3FFFFFFF) - 0x20000000

    def advance(self, us):
        """Let us go by; timers that fall due are called in their order."""
        end = self.now + us
        while True:
            due = [t for t in self.timers if t.due is not None and t.due <= end]
            if not due:
                break
            first = min(due, key=lambda t: t.due)
            self.now = max(self.now, first.due + self.jitter_us)
            first.fire()
        self.now = max(self.now, end)

    # pins
    def drive(self, n, level):
        if self.out.get(n) != level:
            self.edges.append((self.now, n, level))
        self.out[n] = level

    def look(self, n):
        if n == 19:
            return self.pilot_level()
        if n in self.driven:
            return self.out.get(n, 0)
        return self.level.get(n, 1)

    def pilot_level(self):
        u16 = self.pwm.get(19, 65535)
        self.now += PIN_US
        if self.frozen:
            return 0
        return 1 if u16 == 65535 or self.now % PERIOD_US < u16 * PERIOD_US // 65536 else 0

    def volts_uv(self, n):
        self.reads += 1
        if n != 39:
            self.now += ADC_US
            return min(1876000, self.mv[n] * 1000)
        high = self.pilot_level()
        self.now += ADC_US - PIN_US
        return chain_uv(self.high_mv if high else self.low_mv)

    # registers
    def bit(self, register, n):
        return register >> n & 1

    def peek(self, at):
        if at == 0x3FF4403C:
            return sum(self.look(n) << n for n in range(28) if n != 19)
        if at == 0x3FF44040:
            return sum(self.look(n + 32) << n for n in range(8)) if self.reads_33() else 0
        return self.reg.get(at, 0)

    def reads_33(self):
        """GPIO33 reads as an input only once its pad lets it."""
        return self.reg[0x3FF49020] & 0x200

    def poke(self, at, value):
        for base, low in ((0x3FF44024, 0), (0x3FF44030, 32)):
            for n in range(32):
                if value >> n & 1:
                    if at == base:
                        self.driven.add(n + low)
                    elif at == base + 4:
                        self.driven.discard(n + low)
        self.reg[at] = value

"""The chip's board on the interpreter itself: it imports, ticks, and makes no garbage.

The stand-ins here allocate nothing, so what is counted is the board's own.
What the board does with its pins is asked in tests/host.
"""

import gc
import sys

from hal.io import Inputs, Outputs


class Quiet:
    """Pin, PWM, ADC, timer, UART, SPI, watchdog, radio and clock in one; it answers and forgets."""

    IN, OUT, PULL_UP, ONE_SHOT, PERIODIC = 1, 3, 2, 0, 1
    ATTN_6DB, ATTN_11DB, PM_NONE, STA_IF = 2, 3, 0, 0
    now = 0
    callback = print

    def __init__(self, *a, **k):
        pass

    def __call__(self, value=None):
        Quiet.now += 10
        return 1 if Quiet.now % 1000 < 167 else 0

    def __getitem__(self, at):
        return 0

    def __setitem__(self, at, value):
        pass

    def read_uv(self):
        Quiet.now += 45
        return 2502000 if Quiet.now % 1000 < 167 else 164000

    def duty_u16(self, value):
        pass

    def init(self, mode=0, period=0, callback=None, **k):
        if period == 10:
            Quiet.callback = callback

    def write(self, buf):
        pass

    def feed(self):
        pass

    def config(self, pm=0, reconnects=0):
        pass

    @staticmethod
    def mark_app_valid_cancel_rollback():
        pass

    active = deinit = write

    def any(self):
        return 0

    def txdone(self):
        return 1


class Machine:
    Pin = PWM = ADC = Timer = UART = SPI = WDT = WLAN = Quiet
    Partition = Quiet
    STA_IF = 0
    mem32 = Quiet()

    def unique_id(self):
        return b"\1\2\3\4\5\6"

    def hostname(self, name):
        pass

    def ticks_us(self):
        Quiet.now += 2
        return Quiet.now

    def ticks_diff(self, a, b):
        return a - b

    def ticks_add(self, a, b):
        return a + b


def board():
    """hal.esp32.Board over the quiet chip; sys.modules and the room are afterwards as they were."""
    import hal
    kept: dict = {}
    modules: dict = sys.modules
    for name in list(sys.modules):
        if name.startswith("hal.") and name != "hal.io":
            kept[name] = sys.modules.pop(name)
    one = Machine()
    for name in ("machine", "network", "esp32", "time"):
        kept[name] = sys.modules.get(name)
        modules[name] = one
    try:
        from hal.esp32 import Board
        return Board(serial=7)
    finally:
        for name in list(sys.modules):
            if name.startswith("hal.") and name != "hal.io":
                del sys.modules[name]
                delattr(hal, name[4:])
        for name in kept:
            if kept[name] is None:
                del sys.modules[name]
            else:
                sys.modules[name] = kept[name]
                if name.startswith("hal."):
                    setattr(hal, name[4:], kept[name])


def test_the_chip_module_is_the_built_in_one_and_not_the_board_of_the_same_name():
    made = board()
    assert made.name == "v30" and made.serial == 7
    assert made.approve() == 1


def test_a_thousand_ticks_of_the_board_make_no_garbage():
    made = board()
    inp, out = Inputs(), Outputs()
    out.duty_bp = 1667

    def tick(dt_ms):
        made.read(inp)
        out.c1 = 1 - out.c1
        out.lock_drive = (out.lock_drive + 1) % 3
        out.duty_bp = 1667 + out.c1
        made.write(out)

    made.start(tick)

    def beat():
        for _ in range(1000):
            Quiet.now += 10000
            Quiet.callback(made.timer)

    beat()
    assert made.ticks == 1000 and made.crashes == 0 and inp.fresh == 1
    if not hasattr(gc, "mem_alloc"):
        return
    gc.collect()
    before = gc.mem_alloc()
    beat()
    assert gc.mem_alloc() == before
    assert made.crashes == 0

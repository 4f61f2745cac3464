"""The rows of docs/SAFETY.md, what stands in the code for each, and the run that takes it out: python tests/host/safety_rows.py.

For each row a fork runs the row's test on a tree without that piece of code.
It prints the rows whose test did not fail, then how many were tried. It
imports nothing of the firmware, so each fork loads what is broken for it.
"""
import ast
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / part) for part in ("tools/host", "lib", "", "build/vendor") if str(ROOT / part) not in sys.path]

from tools import mutate  # noqa: E402

TEXT = (ROOT / "docs/SAFETY.md").read_text()
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.*?) \| `(\S+)` `(\w+)` \| `(\S+)` \|$", re.M)
ROWS = [(int(n), path, function, test) for n, _, _, path, function, test in ROW.findall(TEXT)]

# number of the row: (what stands in its function, what stands there when it is taken out)
TAKEN_OUT = {
    1: ('            if not asked:\n                return NOT_ASKED\n', ''),
    2: ('            if not pulses:\n                return NO_PULSES\n', ''),
    3: ('return OK if self.diode else DIODE', 'return OK'),
    4: ('        elif not self.diode:\n            return DIODE\n', ''),
    5: ('return NOT_ASKED if self._not_asked_ms >= (GLITCH_MS if self.tolerant else ASKED_MS) else OK', 'return OK'),
    6: ('        if high_mv > UNPLUGGED_MV:\n            return UNPLUGGED\n', ''),
    7: ('        if high_mv < SHORTED_MV:\n            return SHORTED\n', ''),
    8: ('        if not inp.fresh:\n            return STALE\n', ''),
    9: ('        if inp.rcm and self.rcm_fitted:\n            return RCM\n', ''),
    10: ('        if inp.temp_c > self.hot_c or inp.temp_c > HOT_C or inp.temp_c < COLD_C:\n            return HOT\n', ''),
    11: ('        if not out.connected or out.duty_bp <= 0:\n            return OPENED\n', ''),
    12: ('            if self._no_pulses_ms > PULSES_MS:\n                return NO_PULSES\n', '            pass\n'),
    13: ('        if why or not out.c1:\n', '        if why:\n'),
    14: ('against = safety.gate(dt_ms, inp, out)', "against = safety.gate(dt_ms, inp, type('Out', (), dict(vars(out)))())"),
    15: ('self._ask_ms == ASK_MS and ', ''),
    16: (' and not self._rest_ms', ''),
    17: ('may = self.power and self.c1_ms', 'may = self.power'),
    18: ('may = self.power and self.c1_ms', 'may = 1'),
    19: ('            self._fault_ms = FAULT_MS\n', '            pass\n'),
    20: ('if seen != was and seen == self._seen:', 'if seen != was:'),
    21: ('        if self.faults.stop or self.faults.ease:\n            return why.FAULT\n', ''),
    22: (' or TABLE[which][CLEARS] == LATCH', ''),
    23: ('        if inp.rcm and evse.safety.rcm_fitted:\n            return False\n', ''),
    24: ('        if self.iec.power:\n            return 1\n', ''),
    25: ('self.put("mode", SOLAR if self.cfg.mode == SMART else SMART)', 'self.set_mode("solar" if self.cfg.mode == SMART else "smart")'),
    26: ('            if ma < best:', '            if ma < best and who:'),
    27: ('self.ma[who] = ma = left = 0', 'left = 0'),
    28: ('        self.ma[MAINS] = self.ma[SURPLUS] = 0\n', ''),
    29: ('    if ma < LOWEST_MA:\n        return STEADY_BP\n', ''),
    30: ('bp = ma // 6', 'bp = (ma + 5) // 6'),
    31: ('return duty_bp * 65536 // _STEADY', 'return -(-duty_bp * 65536 // _STEADY)'),
    32: ('limit_ma < self.ma or ', ''),
    33: ('return SMALLEST_MA', 'return 63000'),
    34: ('self.stale = 1 if smart and age_ms > STALE_MS else 0', 'self.stale = 0'),
    35: (' and self._on_ms == C2_MS', ''),
    36: ('self.step_now = OPENING if want != self.now and may else STILL', 'self.now = want'),
    37: ('            out.c1 = out.c2 = 0\n', ''),
    38: ('            self.safe()\n            self.crashes += 1\n', '            self.crashes += 0\n'),
    39: ('        if self.crashes:\n            self.safe()\n            return\n', ''),
    40: (' and not self.crashes', ''),
    41: ('if self.tick.count != seen and not self.tick.failed:', 'if not self.tick.failed:'),
    42: ('    machine.Pin(common.C1, machine.Pin.OUT, value=0)\n', ''),
    43: ('self.c1 = Pin(c1, Pin.OUT, value=0)', 'self.c1 = Pin(c1, Pin.OUT, value=1)'),
    44: (' and not (self.store.stalls and self.out.c1)', ''),
    45: ('            if near * 2 > n:\n', '            if near:\n'),
    46: ('if near >= _THIN or _near(mid, self.uv) or _near(mid, self.maybe):', 'if near:'),
    47: ('return 1 if self.age <= _KEEP_TICKS else 0', 'return 1'),
    48: ('inp.rcm = rcm & self.rcm()', 'inp.rcm = rcm'),
    49: ('safety.diode & self.may_close)', 'safety.diode)'),
    50: ('        if state == COMM_B_OK and shown == asks == COMM_B:', '        if state != COMM_C_OK:'),
    51: ('if self._b and self.known', 'if self.known'),
    52: ("                if not key:\n                    raise ValueError(\"register %04X is not for the wire to change\" % at)\n", ''),
}


class TakenOut:
    """What `Broken` asks of a mutant, where the source comes changed."""

    def tree(self, source: str) -> ast.Module:
        return ast.parse(source)


def main() -> None:
    import hypothesis  # noqa: F401  loaded once, before the forks
    import pytest  # noqa: F401
    import shim  # noqa: F401
    running: dict = {}

    def reap() -> None:
        pid, status = os.wait()
        number, want = running.pop(pid)
        code = os.waitstatus_to_exitcode(status)
        if code != want:
            print("row %d: pytest ended with %d, not %d" % (number, code, want))

    whole = {test: 60 for test in dict.fromkeys(test for _, _, _, test in ROWS)}
    running[mutate.start(mutate.call_pytest, whole)] = 0, 0  # as it is, all of them pass
    for number, path, _, test in ROWS:
        file = ROOT / path
        finder = mutate.Broken(file, file.read_text().replace(*TAKEN_OUT[number]), TakenOut())
        if len(running) >= (os.cpu_count() or 1):
            reap()
        running[mutate.start(mutate.call_pytest, {test: 20}, finder)] = number, 1
    while running:
        reap()
    print("%d rows" % len(ROWS))


if __name__ == "__main__":
    main()

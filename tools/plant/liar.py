"""Meters on a wire that lies: what they say is lost, torn, changed, somebody else's, or late.

It stands on the wire in the place of its meters, and each of them shows other
numbers at every question, so that an old answer can be told from a new one.
`share` permille of the answers go wrong, each kind as often. A late answer
comes 20 to 2500 ms after its time, with everything right but the time; what
its meter is asked meanwhile is answered after it, in order, as devices do.
No meter jumps twice without true answers in between: that would be the truth.
"""
import struct

from tools.plant.dice import Dice
from tools.plant.meter_sdm630 import crc16

KINDS = ("lost", "cut", "scrambled", "noise", "device", "function", "shorter", "count", "refused", "jump", "late")
CURRENTS_AT, VOLTS_AT, IMPORT_AT, EXPORT_AT = 0x06, 0x00, 0x48, 0x4A
STEP_MA = 8            # from one question to the next; a float32 keeps it
WH_UWS = 3600000000    # one Wh
IMPORT_WH, EXPORT_WH = 1000000, 7000000
JUMP_A = 300
TRUE_BETWEEN = 3       # true answers about the currents between two jumps; one of them is heard


def signed(body: bytes) -> bytes:
    """A frame with the right checksum."""
    crc = crc16(body)
    return body + bytes((crc & 0xFF, crc >> 8))


class Liar:
    """On `wire`, for meters as Sdm630. Its step goes beside the wire's."""

    def __init__(self, wire, meters: list, share: int = 400, seed: int = 1, kinds: tuple = KINDS) -> None:
        self.kinds = kinds
        self.wire = wire
        self.meters = meters
        self.share = share
        self.asked = 0
        self.counts = [0] * len(KINDS)
        self.truth = [0] * len(meters)   # L1 of each meter, mA, as it was measured for the newest question
        self._dice = Dice(seed)
        self._held: list = []            # [due us, meter, frame], in order
        self._jumped = [0] * len(meters)
        wire.slaves = [self]

    def lies(self) -> int:
        """How many answers went wrong so far."""
        return sum(self.counts)

    def answer(self, frame: bytes) -> "bytes | None":
        for k in range(len(self.meters)):
            meter = self.meters[k]
            if len(frame) == 8 and frame[0] == meter.unit:
                at = frame[2] << 8 | frame[3]
                if at == CURRENTS_AT:
                    n = self.truth[k] // STEP_MA % 4000 + 1
                    self.truth[k] = n * STEP_MA
                    meter.ma[:] = [n * STEP_MA, -n * STEP_MA - 1000, 500]
                    meter.import_uws = (IMPORT_WH + n) * WH_UWS
                    meter.export_uws = (EXPORT_WH + n) * WH_UWS
                reply = meter.answer(frame)
                if reply:
                    return self._said(k, at, reply)
        return None

    def _said(self, k: int, at: int, reply: bytes) -> "bytes | None":
        self.asked += 1
        behind = [held for held in self._held if held[1] == k]
        if behind:
            self._held.append([behind[-1][0] + 1, k, reply])
            return None
        kind = self.kinds[self._dice.below(len(self.kinds))] if self._dice.below(1000) < self.share else ""
        if kind == "jump" and (at != CURRENTS_AT or self._jumped[k]):
            kind = "scrambled"
        if at == CURRENTS_AT and not kind and self._jumped[k]:
            self._jumped[k] -= 1
        if not kind:
            return reply
        if kind == "jump":
            self._jumped[k] = TRUE_BETWEEN
        self.counts[KINDS.index(kind)] += 1
        return self._spoiled(kind, k, reply)

    def _spoiled(self, kind: str, k: int, reply: bytes) -> "bytes | None":
        dice, body = self._dice, reply[:-2]
        if kind == "lost":
            return None
        if kind == "cut":
            return reply[:1 + dice.below(len(reply) - 1)]
        if kind == "scrambled":
            at = dice.below(len(reply))
            return reply[:at] + bytes((reply[at] ^ 1 << dice.below(8),)) + reply[at + 1:]
        if kind == "noise":
            return bytes([dice.below(256) for _ in range(1 + dice.below(6))]) + reply
        if kind == "device":
            return signed(bytes((body[0] + 1,)) + body[1:])
        if kind == "function":
            return signed(body[:1] + b"\x03" + body[2:])
        if kind == "shorter":
            return signed(body[:2] + bytes((body[2] - 4,)) + body[3:-4])
        if kind == "count":
            return signed(body[:2] + bytes((body[2] - 2,)) + body[3:])
        if kind == "refused":
            return signed(bytes((body[0], body[1] | 0x80, 6)))
        if kind == "jump":
            at = 3 + 4 * dice.below(3)
            return signed(body[:at] + struct.pack(">f", JUMP_A) + body[at + 4:])
        self._held.append([self.wire.now_us + 20000 + 1000 * dice.below(2480), k, reply])
        return None

    def step(self, dt_ms: int) -> None:
        """Says what is late by now."""
        while self._held and self._held[0][0] <= self.wire.now_us:
            self.wire.say(None, self._held.pop(0)[2], self.wire.now_us)
        self._held.sort(key=lambda held: held[0])

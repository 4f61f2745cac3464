"""Frames as a SmartEVSE sends and hears them, and the words of its protocol: what its master and its node share.

Written from the description of the protocol alone, with a checksum and a
framing of its own, so that it shares no mistake with lib.
"""
import struct

from app import clock

SILENCE_MS = 5
A, B, C, COMM_B, COMM_B_OK, COMM_C, COMM_C_OK, B1, C1 = 0, 1, 2, 4, 5, 6, 7, 9, 10
LESS_6A, NO_COMM = 1, 2


def checksum(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            odd = crc & 1
            crc >>= 1
            if odd:
                crc ^= 0xA001
    return struct.pack("<H", crc)


def sealed(body):
    return body + checksum(body)


class Station:
    """Sends frames and hears them: what comes between two silences is one."""

    def __init__(self, port):
        self.port = port
        self.broken = 0

    async def frame(self, most_ms):
        """The next frame within most_ms, None for none; the time of its first byte is in first_at."""
        start = clock.ticks_ms()
        got = b""
        last = start
        while True:
            some = self.port.read(256)
            now = clock.ticks_ms()
            if some:
                if not got:
                    self.first_at = now
                got += some
                last = now
            elif got and clock.ticks_diff(now, last) >= SILENCE_MS:
                if len(got) > 3 and checksum(got[:-2]) == got[-2:]:
                    return got
                self.broken += 1
                return None
            elif not got and clock.ticks_diff(now, start) >= most_ms:
                return None
            await clock.sleep_ms(1)

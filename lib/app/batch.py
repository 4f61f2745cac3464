"""What is told to the broker: once a second all that changed since the last time.

Each of our points is a retained topic of its own, prefix/name with slashes
for the dots; beside them stand SmartEVSE's topics. Numbers that change by
nature, ages and counters, go out with every REPEAT_S-th batch. One Batch
lives as long as one connection, so that a new one begins with everything.
"""
import asyncio
from array import array
from binascii import crc32

from micropython import const

import points
from proto import mqtt_topics as topics

BREATH = const(8)  # points looked at before the other tasks get their turn


def text(value) -> str:
    """A point's value as a payload: lists with commas, True as 1, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return ",".join([text(v) for v in value])
    return str(int(value)) if isinstance(value, bool) else str(value)


class Batch:
    def __init__(self, house, prefix: str, table: tuple) -> None:
        """table has the columns of points.TABLE."""
        self._house = house
        self._prefix = prefix
        self._table = table
        self._marks = array("I")  # of each payload as it was sent last, a checksum: a hundred texts would be 6 kB

    async def send(self, mqtt, second: int) -> int:
        """Sends what is news in this second of the connection; how many messages that were. Errors as mqtt.flush()."""
        house = self._house
        again = second % topics.REPEAT_S == 0
        at = sent = 0
        for row in self._table:
            if again or not row[points.OFTEN]:
                value = points.shown(house, row)
                payload = text(value).encode()
                if (value is not None or self._was_told(at)) and self._is_news(at, payload):
                    self._tell(mqtt, row[points.NAME].replace(".", "/"), payload, True)
                    sent += 1
            at += 1
            await self._breathe(mqtt, at)
        for row in topics.TABLE:
            told = topics.written(house, row)
            if told is not None:
                payload = told.encode()
                if self._is_news(at, payload) or again and row[topics.REPEAT]:
                    self._tell(mqtt, row[topics.NAME], payload, not row[topics.REPEAT])
                    sent += 1
            at += 1
            await self._breathe(mqtt, at)
        await mqtt.flush()
        return sent

    def _tell(self, mqtt, name: str, payload: bytes, retain: bool) -> None:
        mqtt.publish(self._prefix + "/" + name, payload, retain)

    def _was_told(self, at: int) -> bool:
        """Whether the at-th topic was told in this connection: a meter that is not there is not told of."""
        return at < len(self._marks) and self._marks[at] > 0

    def _is_news(self, at: int, payload: bytes) -> bool:
        """Whether the at-th topic was told otherwise last time; from now on it was told this."""
        marks = self._marks
        while len(marks) <= at:
            marks.append(0)
        mark = crc32(payload) & 0x1FFFFFFF | 0x20000000  # never 0, and a small integer on the chip
        if marks[at] == mark:
            return False
        marks[at] = mark
        return True

    async def _breathe(self, mqtt, at: int) -> None:
        if at % BREATH == 0:
            await asyncio.sleep(0)
            if mqtt.is_full():
                await mqtt.flush()

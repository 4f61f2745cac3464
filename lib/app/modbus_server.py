"""Modbus TCP: the registers of proto/modbus_map.py for programs on the network.

Few callers, short patience: a caller that has not finished a question within
_GRACE_MS loses its place to the next one, one that asks now and then keeps it
for a while longer. A frame is read whole within a deadline and its head is
checked before the rest is read; what does not look like Modbus TCP ends the
connection, because nobody could tell where the next frame begins. It makes
its buffers when a caller comes and knows no register.
"""
import asyncio

from micropython import const

from app import clock
from proto.modbus_map import answer

_CALLERS = const(3)
_BACKLOG = const(8)
_GRACE_MS = const(500)       # a caller that has asked nothing yet is sent away for another one after this ...
_PATIENCE_MS = const(10000)  # ... and one that has asked, after this without a question
_IDLE_MS = const(60000)      # without a question a connection ends, wanted or not
_FRAME_S = const(2)          # for the rest of a question once its head is there, and for taking the answer
_HEAD = const(7)             # transaction, protocol, length, unit
_PDU_MAX = const(253)
_NO_ANSWER = const(11)       # exception: no such unit behind this address


class _Caller:
    def __init__(self, writer) -> None:
        self.writer = writer
        self.task = asyncio.current_task()
        self.since = clock.ticks_ms()   # its last question, or when it came
        self.asked = 0                  # questions answered

    def waits_ms(self) -> int:
        """How long it has overstayed; negative while it may stay."""
        return clock.ticks_diff(clock.ticks_ms(), self.since) - (_PATIENCE_MS if self.asked else _GRACE_MS)


class ModbusServer:
    def __init__(self, house) -> None:
        self.house = house
        self.callers: list = []
        self.answered = 0
        self.refused = 0     # callers that were sent away, broke a frame or were too slow
        self._server: "asyncio.Server | None" = None

    async def start(self, host: str, port: int) -> None:
        """Listens from now on; host is a literal address. OSError if the port is taken."""
        self._server = await asyncio.start_server(self._come, host, port, backlog=_BACKLOG)

    def stop(self) -> None:
        """Listens no more and lets everybody go."""
        if self._server:
            self._server.close()
            self._server = None
        for caller in self.callers:
            caller.task.cancel()

    def tidy(self) -> None:
        """To be called now and then: who has asked nothing for long is let go. A deadline of its own would cost each a task."""
        for caller in list(self.callers):
            if clock.ticks_diff(clock.ticks_ms(), caller.since) > _IDLE_MS:
                caller.task.cancel()

    def _room(self) -> bool:
        if len(self.callers) < _CALLERS:
            return True
        worst = self.callers[0]
        for caller in self.callers:
            if caller.waits_ms() > worst.waits_ms():
                worst = caller
        if worst.waits_ms() < 0:
            return False
        self.callers.remove(worst)
        worst.task.cancel()
        return True

    async def _come(self, reader, writer) -> None:
        caller = _Caller(writer)
        try:
            if self._room():
                self.callers.append(caller)
                while await self._one(caller, reader):
                    caller.since = clock.ticks_ms()
                    caller.asked += 1
                    self.answered += 1
            self.refused += 1
        except (OSError, EOFError, MemoryError, asyncio.TimeoutError, asyncio.CancelledError):
            self.refused += 1  # gone, too slow or sent away: nobody is left to tell
        finally:
            if caller in self.callers:
                self.callers.remove(caller)
            await _close(writer)

    async def _one(self, caller, reader) -> bool:
        """One question and its answer; False when the caller speaks something else."""
        head = await reader.readexactly(_HEAD)
        size = head[4] << 8 | head[5]   # of the unit and the PDU
        if head[2] or head[3] or not 2 <= size <= _PDU_MAX + 1:
            return False
        pdu = await asyncio.wait_for(reader.readexactly(size - 1), _FRAME_S)
        if self._is_ours(head[6]):
            reply = answer(self.house, pdu, self.house.cfg.modbus_tcp_write, clock.ticks_ms())
        else:
            reply = bytes((pdu[0] & 0x7F | 0x80, _NO_ANSWER))
        size = len(reply) + 1
        caller.writer.write(head[:4] + bytes((size >> 8, size & 0xFF, head[6])) + reply)
        await asyncio.wait_for(caller.writer.drain(), _FRAME_S)
        return True

    def _is_ours(self, unit: int) -> bool:
        """0, 1, 255 (the words of Modbus TCP for "you") and our address on the wire."""
        return unit in (0, 1, 255) or unit == getattr(self.house.cfg, "loadbl", 0)


async def _close(writer) -> None:
    """Lets go of the socket without waiting for a peer that does not read."""
    transport = getattr(writer, "transport", None)
    if transport and transport.get_write_buffer_size():
        transport.abort()
        return
    try:
        writer.close()
        await writer.wait_closed()
    except OSError:
        return  # it was gone already

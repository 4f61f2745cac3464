"""Any meter of the table behind an address on the network: Modbus TCP as a client.

umodbus builds the questions and takes the registers out of the answers, in
two passes as in rtu.py, because its own TCP would hold the whole program.
Answers that come too late carry an old number and are thrown away. The meter
itself is the same object as on the wire. proto/mbap.py knows the frame.
"""
from micropython import const

from app import clock
from app.dial import Link
from app.netmeter import NetMeter
from app.rtu import RtuError
from app.umodbus_lean import Serial
from meters.modbus_meter import CURRENTS
from proto import mbap

_PORT = const(502)
_MAINS_MS = const(500)     # from question to question; the others have the second of NetMeter
_STRANGERS = const(4)      # answers to nobody's question before the connection is given up


class _Noted(Exception):
    pass


class Asker(Serial):
    """umodbus over an open link."""

    def __init__(self) -> None:
        # The parent's __init__ is not called: it would make a UART.
        self.link: "Link | None" = None
        self._number = 0
        self._question = None
        self._answer = None

    def _send_receive(self, modbus_pdu, slave_addr, count):
        """The hook of umodbus: note the question in the first pass, hand over the answer in the second."""
        if self._answer is None:
            self._question = (modbus_pdu, slave_addr, count)
            raise _Noted()  # a new one each time: on a chip, one that is kept grows by its traceback with each raise
        answer, self._answer = self._answer, None
        return answer

    async def read(self, function: int, unit: int, start: int, count: int) -> tuple:
        """count registers from start, as 0..65535; function is 3 or 4. RtuError, ValueError, OSError or EOFError."""
        return await self.ask(self.read_input_registers if function == 4 else self.read_holding_registers, unit, start, count, False)

    async def ask(self, method, *args):
        """What a method of umodbus answers. Waits for ever when nobody answers."""
        self._answer = None
        try:
            method(*args)
        except _Noted:
            pass
        pdu, unit, counted = self._question
        self._number = self._number % 65535 + 1
        link = self.link
        if link is None:
            raise OSError("closed")
        await link.write(mbap.frame(self._number, unit, pdu))
        for _ in range(_STRANGERS):
            number, whose, size = mbap.head(await link.read(mbap.HEAD))
            data = await link.read(size)
            if number == self._number:
                if whose != unit:
                    raise RtuError("address")
                self._answer = mbap.inside(data, pdu, (pdu[3] << 8 | pdu[4]) if counted else 0)
                return method(*args)
        raise RtuError("address")


class ModbusTcp(NetMeter):
    def __init__(self, role: str, meter, host: str, say, heard=None) -> None:
        """meter as meters.build makes it; host as NetMeter."""
        super().__init__(role, meter.reading, host, _PORT, say, heard)
        if role == "mains":
            self.period_ms = _MAINS_MS
        self.meter = meter
        self._asker = Asker()
        self._last = clock.ticks_ms()

    def failed(self, why: str) -> None:
        self.meter.fail(why)

    async def turn(self) -> None:
        await self.open()
        self._asker.link = self.link
        asked = clock.ticks_ms()
        if await self._ask(CURRENTS, asked) and self.heard:
            self.heard()
        what = self.meter.energy_due(clock.ticks_diff(asked, self._last))
        self._last = asked
        if what:
            await self._ask(what, asked)
        wish = self.meter.to_write()
        if wish:
            await self._asker.ask(self._asker.write_single_register, self.meter.address, wish[0], wish[1], False)

    async def _ask(self, what: int, asked) -> bool:
        """Whether it brought something to believe. Its numbers are as old as the question."""
        function, start, count = self.meter.telegram(what)
        try:
            regs = await self._asker.read(function, self.meter.address, start, count)
        except ValueError as e:
            if e.args[0] != "exception" or what == CURRENTS:
                raise
            self.meter.fail("exception")  # it has no such registers: no reason to hang up
            return False
        return self.meter.take(what, regs, asked)

"""The bus task: asks the meters in turn and puts what they say into their roles.

It reads the settings each round, so a changed type or address counts at once.
It judges nothing: a meter that is silent costs its deadline, its reading
grows old, and who needs the reading looks at the age. Knows which setting
names a role's meter, and no register.
"""
from app import clock
from app.rtu import Rtu, RtuError
from meters import models
from meters.modbus_meter import CURRENTS, ModbusMeter

ROUND_MS = 500   # an overload is seen half a second after it began; the telegrams take 70 ms of it
EV_ROUNDS = 2    # the car's own meter is for the eye and for slow judgements
LOST = 3         # telegrams in a row without an answer are worth a line in the log; one now and then is only counted
REST_MS = 50     # at least so long between rounds, when silent meters eat the second


class Bus:
    def __init__(self, port, cfg, roles, say, heard=None) -> None:
        """port is the board's rs485; say(text) writes a line for the log; heard() is told of each mains reading."""
        self.cfg = cfg
        self.roles = roles
        self.say = say
        self.heard = heard
        self.rtu = Rtu(port)
        self.mains = None        # ModbusMeter or None, as the settings say
        self.ev = None
        self.rounds = 0

    async def run(self) -> None:
        """For ever. Only a cancellation comes out of it."""
        last = clock.ticks_ms()
        dt_ms = 0
        while True:
            self.mains = self._fitted(self.mains, "mains", self.cfg.mains_meter, self.cfg.mains_addr)
            self.ev = self._fitted(self.ev, "ev", self.cfg.ev_meter, self.cfg.ev_addr)
            await self._round(self.mains, "mains", dt_ms)
            if self.rounds % EV_ROUNDS == 0:
                await self._round(self.ev, "ev", EV_ROUNDS * dt_ms)
            self.rounds += 1
            spent = clock.ticks_diff(clock.ticks_ms(), last)
            await clock.sleep_ms(max(REST_MS, ROUND_MS - spent))
            now = clock.ticks_ms()
            dt_ms = clock.ticks_diff(now, last)
            last = now

    def _fitted(self, meter, role: str, model: int, address: int):
        """The meter of a role as the settings want it: the same object while they do not change."""
        if meter is not None and meter.model == model and meter.address == address:
            return meter
        reading = self.roles.latest(role)
        if models.row(model)[models.WAY] == "modbus":
            reading.forget()
            return ModbusMeter(model, address, reading)
        if meter is not None:
            reading.forget()
        return None

    async def _round(self, meter, role: str, dt_ms: int) -> None:
        """Currents, and an energy when one is due."""
        if meter is None:
            return
        was = meter.missed
        await self._ask(meter, CURRENTS)
        if was < LOST and meter.missed >= LOST:
            self.say("%s meter %d lost: %s" % (role, meter.address, meter.reading.last_error))
        elif was >= LOST and not meter.missed:
            self.say("%s meter %d is back" % (role, meter.address))
        what = meter.energy_due(dt_ms)
        if what:
            await self._ask(meter, what)

    async def _ask(self, meter, what: int) -> None:
        function, start, count = meter.telegram(what)
        try:
            regs = await self.rtu.read(function, meter.address, start, count)
        except RtuError as e:
            meter.fail(e.args[0])
            return
        if meter.take(what, regs, clock.ticks_ms()) and meter is self.mains and what == CURRENTS and self.heard:
            self.heard()

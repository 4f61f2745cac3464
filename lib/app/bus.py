"""The bus task: owns the wire, asks the meters in turn and puts what they say into their roles.

What regulation needs comes first: the mains meter whenever it is due, then
whatever has been due longest, then energies when there is room. It reads the
settings again whenever one has changed, so a changed type, address or speed
counts at once. It judges nothing: a silent meter's reading grows old, and who
needs it looks at the age. Knows which settings name a role's meter, and no
register.

Chargers on the same wire hang on it: `master` is None, or something with
step(rtu), at most one exchange with a node, and tell(rtu), the broadcast.
`node` is None, or something whose run(rtu) takes the place of asking and
returns once the settings of the wire are others. `share(bus, loadbl)` sets
them both. `finder` is None, or somebody whose step(rtu), at most one question,
is called in idle time.
"""
from micropython import const

from app import clock
from app.rtu import Rtu, RtuError
from meters import models
from meters.build import build
from meters.modbus_meter import CURRENTS
from meters.turn import LOST, Turn

# A telegram of 12 registers takes 52 ms at 9600 baud, with the rest before it 72. Meters renew their numbers two to
# five times a second, so asking more often would bring the same again.
MAINS_MS = const(200)
CIRCUIT_MS = const(400)
EV_MS = const(1000)       # the car's own meter is for the eye and for slow judgements
SLOW_MS = const(3000)     # sun and battery
NODE_MS = const(120)      # one exchange with a node between two of the mains meter: seven nodes in less than two seconds
TELL_MS = const(2000)     # nodes stop when they hear nothing for eleven seconds
ROOM_MS = const(90)       # what is not urgent is asked when the mains meter is not due for so long
EXTRA_MS = const(10_000)  # ... or when it has waited so long
FIND_MS = const(400)      # the mains meter is read at least once between two questions of somebody who looks for one ...
GAP_MS = const(10)        # ... and with no meter to be read they follow each other
IDLE_MS = const(50)       # how often the settings are looked at when nothing is due
CUSTOM = const(19)        # the meter whose registers the owner gives
CUSTOM_KEYS = ("em_order", "em_type", "em_function", "em_u_reg", "em_u_div", "em_i_reg", "em_i_div", "em_p_reg", "em_p_div",
               "em_e_reg", "em_e_div")
BAUDS = (9600, 19200, 38400, 57600, 115200)  # as the choices of rs485_baud

PERIODS: tuple = (("mains", MAINS_MS), ("circuit", CIRCUIT_MS), ("ev", EV_MS), ("pv", SLOW_MS), ("battery", SLOW_MS))


class Bus:
    def __init__(self, port, cfg, roles, say, heard=None, share=None) -> None:
        """port is the board's rs485; say(text) writes a line for the log; heard() is told of each mains reading.

        share(bus, loadbl) is called when PWR SHARE has changed.
        """
        self.cfg = cfg
        self.roles = roles
        self.say = say
        self.heard = heard
        self.share = share
        self.master = None
        self.node = None
        self.finder = None       # or something with step(rtu), at most one question: it looks for a meter
        self.rtu = Rtu(port)
        self.turns: list = []    # a Turn for each role that has a meter on this wire, in the order of PERIODS
        self._fits: list = [None] * len(PERIODS)  # what each role's was made for
        self._serial = -1        # cfg.serial as it was looked at last
        self._loadbl = 0
        self._step_at = self._told_at = self._find_at = clock.ticks_ms()

    async def run(self) -> None:
        """For ever. Only a cancellation comes out of it."""
        self._step_at = self._told_at = clock.ticks_ms()
        while True:
            if self._serial != self.cfg.serial:
                await self._settle()
            if self.node:
                await self.node.run(self.rtu)
                self._serial = -1
                continue
            now = clock.ticks_ms()
            turn = self._next(now)
            if turn:
                await self._ask(turn, turn.question())
            elif self.master and clock.ticks_diff(now, self._step_at) >= 0:
                self._step_at = clock.ticks_add(now, NODE_MS)
                await self.master.step(self.rtu)
            elif not await self._extra(now) and not await self._seek(now):
                await clock.sleep_ms(self._rest_ms(clock.ticks_ms()))
            if self.master and clock.ticks_diff(clock.ticks_ms(), self._told_at) >= TELL_MS:
                await self._tell()

    async def _settle(self) -> None:
        """What the settings say now."""
        cfg = self.cfg
        self._serial = cfg.serial
        baud, parity = BAUDS[cfg.rs485_baud], cfg.rs485_parity
        if baud != self.rtu.baud or parity != self.rtu.parity:
            await self.rtu.configure(baud, parity)
        loadbl = cfg.loadbl
        if loadbl != self._loadbl:
            self._loadbl = loadbl
            self.master = self.node = None
            if self.share:
                self.share(self, loadbl)
        # A single reading above twice what can be is asked for again before it is believed.
        self.roles.mains.trust_ma = 2000 * cfg.mains_a
        self.roles.ev.trust_ma = 2000 * cfg.max_current_a
        if cfg.circuit_meter:
            self.roles.latest("circuit").trust_ma = 2000 * cfg.circuit_a
        turns: list = []
        for i in range(len(PERIODS)):
            role, period_ms = PERIODS[i]
            self._fit(i, role, period_ms, turns)
        self.turns = turns

    def _fit(self, i: int, role: str, period_ms: int, turns: list) -> None:
        """The Turn of a role as the settings want it, if they do: the same object while they do not change."""
        wanted = self._wanted(role)
        was = self._fits[i]
        if was == wanted:
            for turn in self.turns:
                if turn.role == role:
                    turns.append(turn)
            return
        self._fits[i] = wanted
        if was:
            self.roles.latest(role).forget()
        if wanted[1]:
            try:
                meter = build(wanted[0], wanted[1], self.roles.latest(role), self.cfg)
            except ValueError as e:
                self.say("%s meter: %s" % (role, e))
                return
            turns.append(Turn(role, meter, period_ms, clock.ticks_ms()))

    def _wanted(self, role: str) -> tuple:
        """(model, address, host, the owner's description) of a role's meter; no address when it is not on this wire."""
        cfg = self.cfg
        model, host = getattr(cfg, role + "_meter"), getattr(cfg, role + "_host")
        if host or not models.by_registers(model):
            return model, 0, host, None
        row = None
        if model == CUSTOM:
            row = tuple([getattr(cfg, key) for key in CUSTOM_KEYS])
        return model, getattr(cfg, role + "_addr"), host, row

    def _next(self, now):
        """The Turn to take now: the mains meter if it is due, else whoever has been due longest, None for nobody."""
        best, most = None, -1
        for turn in self.turns:
            late = turn.late_ms(now)
            if late > most:
                best, most = turn, late
                if turn.role == "mains":
                    return turn
        if best and self.master and clock.ticks_diff(now, self._step_at) > most:
            return None
        return best

    async def _extra(self, now) -> bool:
        """Asks something that is not urgent, if there is such a thing and room for it. Whether it did."""
        room = min([-turn.late_ms(now) for turn in self.turns] or (IDLE_MS,))
        for turn in self.turns:
            if turn.extra and (room >= ROOM_MS or clock.ticks_diff(now, turn.extra_at) > EXTRA_MS):
                what = turn.extra
                turn.extra = 0
                await self._ask(turn, what)
                return True
        return False

    async def _seek(self, now) -> bool:
        """Lets the finder ask something, if there is one and its turn has come. Whether it did."""
        if not self.finder or clock.ticks_diff(now, self._find_at) < 0:
            return False
        await self.finder.step(self.rtu)
        self._find_at = clock.ticks_add(clock.ticks_ms(), FIND_MS if self.turns else GAP_MS)
        return True

    def _rest_ms(self, now) -> int:
        """Until something is due, at most IDLE_MS."""
        rest = IDLE_MS
        for turn in self.turns:
            rest = min(rest, -turn.late_ms(now))
        if self.master:
            rest = min(rest, clock.ticks_diff(self._step_at, now))
        return max(rest, 1)

    async def _ask(self, turn, what: int) -> None:
        meter = turn.meter
        function, start, count = meter.telegram(what)
        rest = self.rtu.rest_ms(meter.address, 5 + 2 * count)
        if rest:
            turn.wait(rest, clock.ticks_ms())  # others have the wire meanwhile
            return
        was = meter.missed
        sound = turn.asks(what)
        try:
            regs = await self.rtu.read(function, meter.address, start, count)
        except RtuError as e:
            meter.fail(e.args[0])
            turn.failed(what, e.args[0], clock.ticks_ms())
            if was < LOST <= meter.missed:
                self.say("%s meter %d lost: %s" % (turn.role, meter.address, e.args[0]))
            return
        now = clock.ticks_ms()
        taken = sound and meter.take(what, regs, now)
        turn.came(what, now)
        if was >= LOST > meter.missed:
            self.say("%s meter %d is back" % (turn.role, meter.address))
        if what == CURRENTS:
            if not taken and meter.reading.last_error == "doubt":
                turn.wait(0, now)  # it is asked again at once
            if taken and turn.role == "mains" and self.heard:
                self.heard()
                if clock.ticks_diff(self._step_at, now) > 0:
                    self._step_at = now  # the nodes may have to hear of it
            await self._write(meter)

    async def _write(self, meter) -> None:
        """What the meter should be told, if anything."""
        word = meter.to_write()
        if word:
            try:
                await self.rtu.ask(self.rtu.write_single_register, meter.address, word[0], word[1], False)
            except RtuError as e:
                meter.reading.fail(e.args[0])

    async def _tell(self):
        self._told_at = clock.ticks_ms()
        await self.master.tell(self.rtu)

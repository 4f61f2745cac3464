"""What is there only when somebody wants it.

The Modbus TCP server, meters on the network, addresses of names, the search
for a meter, the check of its wiring: nothing of them is imported or made
before. One task looks once in a while whether the settings ask for one of the
first three, and moves the check on; the search gets its turns from the bus,
as bus.finder, and is gone when it was taken or stopped.
"""
import asyncio

from micropython import const

from app import clock
from meters.roles import NAMES

STEP_MS = const(500)
HOMEWIZARD = const(13)   # a meter that needs no host in the settings to be on the network
AGAIN_STEPS = const(20)  # a port that was taken is tried again after so many


class Extras:
    def __init__(self, house, keep=None) -> None:
        """keep(name, run) is a coroutine that minds a task, as Minder.keep."""
        self.house = house
        self._keep = keep
        self.modbus = None     # app.modbus_server.ModbusServer while it listens
        self.check = None      # app.checkup.Checkup once somebody asked for it
        self.find = None       # app.finder.Finder once somebody asked for it
        self.net = None        # app.netmeter.NetMeters once a meter was on the network
        self.names = None      # app.names.Names once somebody asked for a name, or the time
        self._asking = None    # its task
        self._port = 0         # the setting as it was last acted upon
        self._again = 0
        self._serial = -1      # cfg.serial as it was last looked at for meters

    async def run(self, host: str) -> None:
        """For ever; host is the literal address to listen on."""
        try:
            while True:
                await self._modbus(host, self.house.cfg.modbus_tcp_port)
                if self._serial != self.house.cfg.serial:
                    self._network()
                if self.names and not self._asking and self._keep:
                    self._asking = asyncio.create_task(self._keep("names", self.names.run))  # type: ignore
                if self.modbus:
                    self.modbus.tidy()
                if self.check:
                    self.check.step(STEP_MS)
                await clock.sleep_ms(STEP_MS)
        finally:
            self._port = 0
            self._close()
            self._serial = -1
            if self._asking:
                self._asking.cancel()
                self._asking = None
            if self.net:
                self.net.stop()

    def address(self, name: str) -> str:
        """As Names.address, which is made for it."""
        if not self.names:
            from app.names import Names
            self.names = Names(self.house)  # type: ignore
        return self.names.address(name)  # type: ignore

    def _network(self) -> None:
        """The settings have changed: meters on the network become what they say, if there ever was one."""
        cfg = self.house.cfg
        self._serial = cfg.serial
        if cfg.ntp_host:
            self.address(cfg.ntp_host.partition(":")[0])
        if not self.net:
            if not [1 for role in NAMES if getattr(cfg, role + "_host") or getattr(cfg, role + "_meter") == HOMEWIZARD]:
                return
            from app.netmeter import NetMeters
            self.net = NetMeters(self.house)  # type: ignore
        self.net.settle()  # type: ignore

    def order(self, tool: str, name: str, value: str) -> None:
        """One order to "find" (role, take, stop) or "commission" (source, phase, stop, forget). ValueError says what is wrong."""
        if tool == "find":
            self._find(name, value)
            return
        check = self._checkup()
        if name == "source" and value == "car":
            check.start(0)
        elif name == "phase" and value in ("1", "2", "3"):
            check.start(int(value))
        elif name == "stop":
            check.stop()
        elif name == "forget":
            check.forget()
        else:
            raise ValueError("it must be source=car, phase=1, 2 or 3, stop=1 or forget=1")

    def told(self, tool: str):
        """JSON of the state of "find" or "commission", in small pieces."""
        from app import extras_json
        return extras_json.find(self.find, self.house.cfg) if tool == "find" else extras_json.commission(self._checkup())

    def _checkup(self):
        if not self.check:
            from app.checkup import Checkup
            self.check = Checkup(self.house)
        return self.check

    def _find(self, name: str, value: str) -> None:
        house = self.house
        if name == "role":
            finder = _finder(house, value)
            self._drop()
            self.find = house.bus.finder = finder
        elif name == "take":
            if not self.find or not value.isdigit() or len(value) > 2:
                raise ValueError("take must be the number of a meter that was found")
            from proto.smartevse_post import do
            for deed, why in do(house, self.find.deeds(int(value))):
                raise ValueError(why)
            self._drop()
        elif name == "stop":
            self._drop()
        else:
            raise ValueError("it must be role=..., take=... or stop=1")

    def _drop(self) -> None:
        """The search ends, and what it found is forgotten."""
        if self.find:
            self.find.stop()
            self.find = self.house.bus.finder = None

    async def _modbus(self, host: str, port: int) -> None:
        """Makes the server listen on this port, 0 for none."""
        if self._again:
            self._again -= 1
            if not self._again:
                self._port = 0
        if port == self._port:
            return
        self._close()
        self._port = port
        self._again = 0
        if not port:
            return
        from app.modbus_server import ModbusServer
        server = ModbusServer(self.house)
        try:
            await server.start(host, port)
        except (OSError, OverflowError) as e:
            self._again = AGAIN_STEPS
            self.house.say("modbus tcp port %d: %s" % (port, e))
            return
        self.modbus = server  # type: ignore
        self.house.say("modbus tcp on port %d" % port)

    def _close(self) -> None:
        if self.modbus:
            self.modbus.stop()
            self.modbus = None


def _finder(house, role: str):
    from app.finder import Finder
    return Finder(house.cfg, role, house.say)

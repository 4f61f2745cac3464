"""Addresses of names, and the time, asked of the network in the background and without ever blocking.

Whoever wants an address asks address() and gets what is known now, or "" and
an answer some seconds later: home names (.local) come from everybody, others
from the name server that the router told us. The time server of the settings
is asked here too, because it is mostly given by name. One datagram at a time,
each with its deadline. Nothing here raises for what the network does.
"""
import socket
from random import getrandbits

from micropython import const

from app import clock, lookup
from proto import host, mdns

STEP_MS = const(1000)
_WAIT_MS = const(3000)       # for an answer
_POLL_MS = const(50)
_FRESH_S = const(600)        # an address is asked again when it is this old; until the answer comes the old one counts
_FAILED_S = const(30)        # a name that nobody knew is asked again after so long
NAMES = 4            # that are remembered: broker, time server and two more
_TIME_S = const(6 * 3600)    # the time is asked so often, the chip's crystal is off by a second in that at most
DNS = 53


class Names:
    def __init__(self, house) -> None:
        self.house = house
        self._known: list = []    # [name, address or "", seconds until it is asked again]
        self._time_s = 0          # until the time is asked again

    def address(self, name: str) -> str:
        """The address of a name in four numbers, "" while it is not known. Never waits."""
        name = name.lower()
        if host.is_address(name):
            return name
        for row in self._known:
            if row[0] == name:
                return row[1]
        if len(self._known) >= NAMES:
            self._known.pop(0)
        self._known.append([name, "", 0])
        return ""

    async def run(self) -> None:
        """For ever."""
        while True:
            await clock.sleep_ms(STEP_MS)
            for row in list(self._known):
                row[2] -= 1
                if row[2] < 0:
                    found = await self._find(row[0])
                    row[1] = found or row[1]
                    row[2] = _FRESH_S if found else _FAILED_S
            await self._time()

    async def _find(self, name: str) -> str:
        if host.is_name(name):
            return await lookup.resolve(name)
        server = self.house.board.net.dns()
        if not server:
            return ""
        number = getrandbits(15) + 1  # nobody outside can guess it
        try:
            asked = bytearray(mdns.question(name, mdns.A, number))
        except ValueError:
            return ""  # no name at all
        asked[2] = 1   # the name server shall ask others for us

        def read(data):
            addresses = [value for _, kind, value in mdns.records(data, number) if kind == mdns.A]
            if not addresses:
                raise ValueError("no address")
            return addresses[0]

        return await ask(server, DNS, asked, read) or ""

    async def _time(self) -> None:
        server = self.house.cfg.ntp_host
        self._time_s -= 1
        if not server or self._time_s > 0:
            return
        self._time_s = _FAILED_S
        ip = self.address(server.partition(":")[0])
        if not ip:
            self._time_s = 2  # its name is on the way
            return
        from proto import sntp
        number = getrandbits(30)
        utc_s = await ask(ip, int(server.partition(":")[2] or sntp.PORT), sntp.question(number), lambda data: sntp.answer(data, number))
        if utc_s:
            self._time_s = _TIME_S
            wall = self.house.wall
            was = wall.source
            try:
                wall.put(utc_s, "server")
            except ValueError as e:
                self.house.say("time server: %s" % e)
                return
            if was != "server":
                self.house.say("time from " + server)


async def ask(ip: str, port: int, data, read):
    """read(answer) of the first datagram from ip that read() takes, or None after _WAIT_MS. read raises ValueError for others."""
    sock = None
    try:
        where = socket.getaddrinfo(ip, port, 0, socket.SOCK_DGRAM)[0]  # four numbers: nothing is looked up
        sock = socket.socket(where[0], where[1], where[2])
        sock.setblocking(False)
        sock.connect(where[-1])
        sock.send(data)
        until = clock.ticks_add(clock.ticks_ms(), _WAIT_MS)
        while clock.ticks_diff(until, clock.ticks_ms()) > 0:
            await clock.sleep_ms(_POLL_MS)
            try:
                return read(sock.recv(mdns.PACKET))
            except (ValueError, OSError):
                continue  # nothing yet, or not for us
    except OSError:
        return None  # no network now
    finally:
        if sock:
            sock.close()
    return None

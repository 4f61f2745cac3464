"""Asks the local network by multicast DNS, without ever blocking.

One small UDP socket for as long as a question stands, and not an answer more
than fits in a packet. proto/mdns.py knows the bytes. Whoever asks decides how
often; a question costs at most WAIT_MS. It never raises for what the network
does: no answer is "" or [].
"""
import socket

from micropython import const

from app import clock
from proto import mdns

WAIT_MS = const(1500)  # for answers; responders may wait half a second so as not to talk all at once
POLL_MS = const(40)
MORE_MS = const(300)  # after the first offer, for the others

at: list = [mdns.GROUP, mdns.PORT]  # whom to ask: everybody
_number = [0]


def _next() -> int:
    _number[0] = _number[0] % 65535 + 1
    return _number[0]


async def _ask(name: str, kind: int, enough, wait_ms: int) -> list:
    """All records that came until enough(records) is true, or until wait_ms have passed."""
    number = _next()
    found: list = []
    sock = None
    try:
        where = socket.getaddrinfo(at[0], at[1], 0, socket.SOCK_DGRAM)[0]
        sock = socket.socket(where[0], where[1], where[2])
        sock.setblocking(False)
        sock.sendto(mdns.question(name, kind, number), where[-1])
        until = clock.ticks_add(clock.ticks_ms(), wait_ms)
        more = False
        while clock.ticks_diff(until, clock.ticks_ms()) > 0:
            await clock.sleep_ms(POLL_MS)
            for _ in range(4):
                data = _heard(sock)
                if data is None:
                    break
                try:
                    found.extend(mdns.records(data, number))
                except ValueError:
                    continue  # somebody else's, or broken: not for us
            if len(found) > mdns.RECORDS:
                break
            if found and not more and enough(found):
                more = True
                left = clock.ticks_add(clock.ticks_ms(), MORE_MS if kind == mdns.PTR else 0)
                if clock.ticks_diff(until, left) > 0:
                    until = left
    except OSError:
        pass  # no network now: nobody answers
    finally:
        if sock:
            sock.close()
    return found


def _heard(sock):
    """A packet, or None when there is none."""
    try:
        return sock.recv(mdns.PACKET)
    except OSError:
        return None


async def resolve(name: str, wait_ms: int = WAIT_MS) -> str:
    """The address of a .local name, "" when nobody says it."""
    name = name.lower()
    found = await _ask(name, mdns.A, lambda records: mdns.address(records, name), wait_ms)
    return mdns.address(found, name)


async def browse(service: str, wait_ms: int = WAIT_MS) -> list:
    """(host name, port, address) of everybody who offers a service, like _hwenergy._tcp.local, by name."""
    found = await _ask(service, mdns.PTR, lambda records: mdns.offers(records, service), wait_ms)
    out = []
    for name, port, address in mdns.offers(found, service):
        out.append((name, port, address or await resolve(name, wait_ms)))
    return [offer for offer in out if offer[2]]

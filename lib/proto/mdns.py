"""Questions and answers of multicast DNS: who offers a service here, and which address a .local name has.

The questions are those of somebody who asks once, from a port of his own:
whoever knows answers to that port alone. Answers are taken apart within
limits; what is broken is a ValueError, and names come in small letters. Opens
nothing.
"""
from micropython import const

GROUP = "224.0.0.251"
PORT = const(5353)
A, PTR, SRV = 1, 12, 33

LABELS = const(16)    # of a name
RECORDS = const(40)   # of a packet
PACKET = const(1500)  # bytes


def question(name: str, kind: int, number: int) -> bytes:
    """A packet that asks for the records of kind A, PTR or SRV of a name; number 1..65535 comes back with the answer."""
    out = bytearray((number >> 8, number & 255, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0))
    for label in name.split("."):
        raw = label.encode()
        if not 0 < len(raw) < 64:
            raise ValueError("name must have labels of 1 to 63 bytes")
        out.append(len(raw))
        out.extend(raw)
    out.extend(bytes((0, 0, kind, 0, 1)))
    return bytes(out)


def _word(data, at: int) -> int:
    if at + 2 > len(data):
        raise ValueError("short")
    return data[at] << 8 | data[at + 1]


def _name(data, at: int) -> tuple:
    """(name, where it ends). A name may go on somewhere before itself, never behind."""
    labels: list = []
    end = -1
    limit = at
    while True:
        if at >= len(data):
            raise ValueError("short")
        size = data[at]
        if size >= 0xC0:
            to = _word(data, at) & 0x3FFF
            if end < 0:
                end = at + 2
            if to >= limit:
                raise ValueError("loop")
            at = limit = to
            continue
        at += 1
        if not size:
            return ".".join(labels), at if end < 0 else end
        if size > 63 or at + size > len(data) or len(labels) >= LABELS:
            raise ValueError("name")
        labels.append(str(bytes(data[at:at + size]), "utf-8").lower())
        at += size


def records(data, number: int) -> list:
    """(name, kind, value) of an answer to question number: the address of an A as text, the target of a PTR,
    (target, port) of an SRV. Other kinds are left out. ValueError: broken, no answer, or the answer to another."""
    if len(data) > PACKET or len(data) < 12 or not data[2] & 0x80 or data[3] & 0x0F:
        raise ValueError("no answer")
    if _word(data, 0) not in (number, 0):  # some answer as if to all, with 0
        raise ValueError("another")
    at = 12
    for _ in range(min(_word(data, 4), RECORDS)):
        _, at = _name(data, at)
        at += 4
    found: list = []
    for _ in range(min(_word(data, 6) + _word(data, 8) + _word(data, 10), RECORDS)):
        name, at = _name(data, at)
        kind, size = _word(data, at), _word(data, at + 8)
        at += 10
        if at + size > len(data):
            raise ValueError("short")
        if kind == A and size == 4:
            found.append((name, A, "%d.%d.%d.%d" % (data[at], data[at + 1], data[at + 2], data[at + 3])))
        elif kind == PTR:
            found.append((name, PTR, _name(data, at)[0]))
        elif kind == SRV:
            found.append((name, SRV, (_name(data, at + 6)[0], _word(data, at + 4))))
        at += size
    return found


def address(found: list, name: str) -> str:
    """The address of a name among records, "" when it is not there."""
    for who, kind, value in found:
        if kind == A and who == name:
            return str(value)
    return ""


def offers(found: list, service: str) -> list:
    """(host name, port, address or "") of everybody who offers a service, by name. Without a name's SRV it is left out."""
    out = []
    for who, kind, value in found:
        if kind == SRV and who.endswith("." + service):
            offer = (value[0], value[1], address(found, value[0]))
            if offer not in out:
                out.append(offer)
    out.sort()
    return out

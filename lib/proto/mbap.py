"""The frame of Modbus TCP: seven bytes that say whose answer it is, then what is asked or answered.

Only for who asks. Knows no register and no socket.
"""
from micropython import const

HEAD = const(7)       # transaction, protocol, length, unit
PDU_MAX = const(253)  # of the standard


def frame(number: int, unit: int, pdu) -> bytes:
    """A question: number 0..65535 comes back with the answer, unit 0..255 is the device behind the address."""
    size = len(pdu) + 1
    return bytes((number >> 8, number & 255, 0, 0, size >> 8, size & 255, unit)) + bytes(pdu)


def head(data) -> tuple:
    """(number, unit, how many bytes follow) of the first HEAD bytes. ValueError("protocol"): this is not Modbus TCP."""
    size = (data[4] << 8 | data[5]) - 1
    if len(data) != HEAD or data[2] or data[3] or not 2 <= size <= PDU_MAX:
        raise ValueError("protocol")
    return data[0] << 8 | data[1], data[6], size


def inside(pdu, asked, count: int) -> bytes:
    """What the answer to the question asked brings: 2 * count bytes of registers, or with 0 the echo of a write.

    ValueError of one word: exception, function or length.
    """
    if pdu[0] == asked[0] | 0x80:
        raise ValueError("exception")
    if pdu[0] != asked[0]:
        raise ValueError("function")
    if count:
        if len(pdu) != 2 + 2 * count or pdu[1] != 2 * count:
            raise ValueError("length")
        return bytes(pdu[2:])
    if len(pdu) != 5:
        raise ValueError("length")
    return bytes(pdu[1:])

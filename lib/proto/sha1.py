"""SHA-1 in plain Python, for an interpreter built without it; the chip has its own in hashlib.

A websocket's handshake asks for it (RFC 6455 4.2.2), over some sixty bytes.
It protects nothing there, it only shows that the other side speaks websocket.
"""
from micropython import const

MASK = const(0xFFFFFFFF)
START = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0)


def _left(x: int, n: int) -> int:
    return (x << n | x >> (32 - n)) & MASK


def _block(h: tuple, data: bytes) -> tuple:
    w = [int.from_bytes(data[i:i + 4], "big") for i in range(0, 64, 4)]
    a, b, c, d, e = h
    for i in range(80):
        if i >= 16:
            w.append(_left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1))
        if i < 20:
            f, k = b & c | (b ^ MASK) & d, 0x5A827999
        elif i < 40:
            f, k = b ^ c ^ d, 0x6ED9EBA1
        elif i < 60:
            f, k = b & c | b & d | c & d, 0x8F1BBCDC
        else:
            f, k = b ^ c ^ d, 0xCA62C1D6
        a, b, c, d, e = (_left(a, 5) + f + e + k + w[i]) & MASK, a, _left(b, 30), c, d
    return tuple([(x + y) & MASK for x, y in zip(h, (a, b, c, d, e))])


def digest(data: bytes) -> bytes:
    """The 20 bytes of RFC 3174."""
    size = len(data) * 8
    data += b"\x80" + bytes((55 - len(data)) % 64) + size.to_bytes(8, "big")
    h = START
    for i in range(0, len(data), 64):
        h = _block(h, data[i:i + 64])
    return b"".join([x.to_bytes(4, "big") for x in h])

"""A TCP connection to an address, without ever blocking, the same on both interpreters.

Only addresses in numbers are dialled: looking up a name would hold the whole
program for seconds. Waiting for the peer is the caller's to limit, with
asyncio.wait_for; a dial that is cancelled leaves no socket behind.
"""
import asyncio
import socket
import sys
from errno import EINPROGRESS

_MICRO = sys.implementation.name == "micropython"


def address(host: str) -> str:
    """The address in numbers that host is: a.b.c.d itself, or that of localhost; "" for any other name."""
    if host == "localhost":
        return "127.0.0.1"
    parts = host.split(".")
    if len(parts) != 4:
        return ""
    for part in parts:
        if not part.isdigit() or len(part) > 3 or int(part) > 255:
            return ""
    return host


class Link:
    """An open connection: await read(n), await some(n), await write(buf), close()."""

    def __init__(self, reader, writer, sock) -> None:
        self._reader = reader
        self._writer = writer
        self._sock = sock

    async def read(self, size: int) -> bytes:
        """Exactly size bytes. EOFError or OSError when the peer went away, or somebody called close()."""
        return await self._reader.readexactly(size)

    async def some(self, most: int) -> bytes:
        """What came, 1 to most bytes. EOFError or OSError as read()."""
        data = await self._reader.read(most)
        if not data:
            raise EOFError
        return data

    async def write(self, buf) -> None:
        """Returns when the system has taken all of buf, which takes for ever when the peer does not read."""
        self._writer.write(buf)
        await self._writer.drain()

    def close(self) -> None:
        """At once and without a word; whoever waits in read() wakes up with an error."""
        if _MICRO:
            self._sock.close()
        else:
            self._writer.transport.abort()


async def dial(ip: str, port: int) -> Link:
    """Connects to an address in numbers. OSError says why not."""
    if not address(ip):
        raise ValueError("address must be four numbers")
    if not _MICRO:
        reader, writer = await asyncio.open_connection(ip, port)
        writer.transport.set_write_buffer_limits(0)  # so that drain() waits for the system, as on the chip
        return Link(reader, writer, None)
    where = socket.getaddrinfo(ip, port, 0, socket.SOCK_STREAM)[0]
    sock = socket.socket(where[0], where[1], where[2])
    try:
        sock.setblocking(False)
        try:
            sock.connect(where[-1])
        except OSError as e:
            if e.errno != EINPROGRESS:
                raise
        await _writable(sock)
    except BaseException:
        sock.close()
        raise
    stream = asyncio.StreamWriter(sock, {})
    return Link(stream, stream, sock)


def _writable(sock):
    """MicroPython awaits a generator as it does a coroutine; its streams wait for reading only."""
    yield asyncio.core._io_queue.queue_write(sock)  # type: ignore

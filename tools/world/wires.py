"""The world's end of the wires: one loopback socket to the firmware.

Input frames go out for every step of the plant, output frames and display
pages come in; the layouts are those of hal/sim_wires.py. A firmware that
closes the socket or sends no outputs for half a second is a chip that is
gone: the plant then sees +12 V and open contactors. It knows the plant's
terminals and nothing of the process at the other end.
"""
import asyncio
import struct

from tools.plant.site import Site

IN = struct.Struct("<cBBBhhHh")
OUT = struct.Struct("<cBHBBBB")
PAGE_BYTES = 130
GONE_MS = 500         # real time without outputs
AT_ONCE_MS = 50       # of that, what one batch of steps may count for: in a long one we slept ourselves
BACKLOG_BYTES = 1200  # input frames a slow reader may pile up; older news is no news


class Wires:
    """Serves one firmware at a time; a new one takes over from the old."""

    def __init__(self, site: Site, speed: int = 1) -> None:
        self.site = site
        self.port = 0
        self.garbled = 0
        self.skipped = 0
        self._gone_ms = GONE_MS * speed   # in world time
        self._most_ms = AT_ONCE_MS * speed
        self._quiet_ms = 0
        self._batch_from_ms = 0
        self._heard = False
        self._writer: "asyncio.StreamWriter | None" = None
        self._batch = bytearray()
        self._server: "asyncio.Server | None" = None

    async def open(self) -> int:
        """Listens on loopback and returns the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self.port

    def close(self) -> None:
        if self._server:
            self._server.close()
        self._hang_up()

    def alive(self) -> bool:
        """The firmware is there and sends outputs."""
        return self._writer is not None and self._heard and self._quiet_ms < self._gone_ms

    def step(self) -> None:
        """After each step of the plant: notes its terminals."""
        site = self.site
        if self._writer is not None:
            flags = site.rcm | site.switch << 1 | site.locked << 2 | 8
            self._batch += IN.pack(b"I", flags, site.buttons, 0, site.cp_high_mv, site.cp_low_mv, site.pp_ohm, site.temp_c)

    def flush(self) -> None:
        """Sends what the steps since the last flush noted, and notices a chip that is gone."""
        now = self.site.now_ms
        self._quiet_ms += min(now - self._batch_from_ms, self._most_ms)
        self._batch_from_ms = now
        if self._heard and not self.alive():
            self._heard = False
            self.site.chip_gone()
        writer = self._writer
        if writer is not None and self._batch:
            if writer.transport.get_write_buffer_size() < BACKLOG_BYTES:
                writer.write(bytes(self._batch))
            else:
                self.skipped += 1
        self._batch.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._hang_up()
        self._writer = writer
        self._batch.clear()
        try:
            while True:
                kind = await reader.readexactly(1)
                if kind == b"O":
                    self._outputs(kind + await reader.readexactly(OUT.size - 1))
                elif kind == b"P":
                    page = await reader.readexactly(PAGE_BYTES - 1)
                    if page[0] < 8:
                        self.site.lcd(page[0], page[1:])
                else:
                    self.garbled += 1
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass   # gone, or the world ends; what follows says so to the plant
        if self._writer is writer:
            self._hang_up()
            self._heard = False
            self.site.chip_gone()
            self.site.light(0, 0, 0)
            self.site.backlight(0)

    def _outputs(self, frame: bytes) -> None:
        _, flags, duty_bp, r, g, b, backlight = OUT.unpack(frame)
        site = self.site
        self._heard, self._quiet_ms = True, 0
        site.drive(min(duty_bp, 10000), flags >> 2 & 1, flags & 1, flags >> 1 & 1, flags >> 3 & 3)
        site.light(r, g, b)
        site.backlight(backlight)

    def _hang_up(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

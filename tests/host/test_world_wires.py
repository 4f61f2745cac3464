"""The wires of `make run`, with a firmware of a few lines at the other end of a real socket and a real pty."""
import asyncio
import os
import struct

from hal.io import Inputs, Outputs
from hal.sim_wires import WireBoard
from pymodbus.client import AsyncModbusSerialClient

from tools.plant.site import Site
from tools.world.line import Line
from tools.world.pace import Pace
from tools.world.wires import Wires

DEADLINE_S = 20


class World:
    """A world without its own firmware and HTTP."""

    async def __aenter__(self):
        self.site = Site()
        self.wires = Wires(self.site)
        self.line = Line(self.site.wire)
        await self.wires.open()
        self.line.open()
        self.stepping = asyncio.create_task(Pace(self.site, 1, (self.wires, self.line)).run())
        return self

    async def __aexit__(self, *_):
        self.stepping.cancel()
        self.wires.close()
        self.line.close()

    def board(self, folder):
        return WireBoard("127.0.0.1:%d" % self.wires.port, self.line.path, str(folder))


def story(told):
    async def run():
        async with World() as world:
            await asyncio.wait_for(told(world), DEADLINE_S)
    asyncio.run(run())


async def until(question):
    while not question():
        await asyncio.sleep(0.01)


def frame(flags, duty_bp=2667):
    return struct.pack("<cBHBBBB", b"O", flags, duty_bp, 1, 2, 3, 4)


def test_frames_go_both_ways_as_the_contract_has_them():
    async def told(world):
        world.site.temp_c, world.site.rcm = -5, 1
        reader, writer = await asyncio.open_connection("127.0.0.1", world.wires.port)
        kind, flags, buttons, zero, high, low, pp, temp = struct.unpack("<cBBBhhHh", await reader.readexactly(12))
        assert (kind, flags & 9, buttons, zero, high, low, pp, temp) == (b"I", 9, 0, 0, 12000, 12000, 65535, -5)
        writer.write(frame(0b01111)[:3])          # torn in two on the way
        await asyncio.sleep(0.02)
        writer.write(frame(0b01111)[3:] + b"P\x05" + bytes(range(128)))
        await until(lambda: world.site.pages[5] == bytes(range(128)))
        site = world.site
        assert (site.duty_bp, site.contactors.c1, site.contactors.c2, site.connected, site.lock_drive) == (2667, 1, 1, 1, 1)
        assert (site.rgb, site.level) == ((1, 2, 3), 4)
        assert world.wires.alive()
        writer.close()
        await until(lambda: not site.contactors.c1)
        assert (site.duty_bp, site.connected) == (10000, 1)
    story(told)


def test_a_firmware_that_falls_silent_is_a_chip_that_is_gone():
    async def told(world):
        reader, writer = await asyncio.open_connection("127.0.0.1", world.wires.port)
        writer.write(frame(0b00101))
        await until(lambda: world.site.contactors.c1)
        await until(lambda: not world.site.contactors.c1)
        opened, closed = [e["t_ms"] for e in world.site.events if e["what"] == "C1"][::-1]
        assert opened - closed >= 490, "half a second, and never before"
        writer.close()
    story(told)


def test_garbage_is_counted_and_changes_nothing():
    async def told(world):
        reader, writer = await asyncio.open_connection("127.0.0.1", world.wires.port)
        writer.write(b"\x00\xff garbage" + b"P\x09" + bytes(128) + frame(4))
        await until(lambda: world.site.duty_bp == 2667)
        assert world.wires.garbled == 10 and not any(any(page) for page in world.site.pages)
        writer.close()
    story(told)


def test_the_board_reads_its_plant_and_drives_it(tmp_path):
    async def told(world):
        board, inp, out = world.board(tmp_path), Inputs(), Outputs()
        board.read(inp)
        assert inp.fresh == 0, "nothing has come yet"
        ticks = []

        def tick(dt_ms):
            board.read(inp)
            ticks.append(dt_ms)
            out.duty_bp, out.lock_drive = 2667, 1
            out.c1 = 1 if inp.fresh and inp.cp_high_mv < 7500 else 0
            board.write(out)
            board.feed()

        board.leds(9, 8, 7)
        board.lcd.show(1, bytearray(b"\x55" * 128))
        board.start(tick)
        world.site.car.plugged = True
        await until(lambda: inp.cp_high_mv == 9000 and inp.pp_ohm == 220)
        await until(lambda: world.site.contactors.c1)
        assert (inp.cp_high_mv, inp.cp_low_mv, inp.locked) == (6000, -12000, 1)
        assert (world.site.rgb, world.site.pages[1]) == ((9, 8, 7), b"\x55" * 128)
        assert board.longest_gap_ms() >= 10 and min(ticks) >= 1
        board.forget_gap()
        assert board.longest_gap_us == 0
        world.stepping.cancel()                   # the wires fall silent
        await until(lambda: inp.fresh == 0)
        assert out.c1 == 0
    story(told)


def test_a_crashed_tick_opens_everything_over_the_wires(tmp_path):
    async def told(world):
        board, out = world.board(tmp_path), Outputs()

        def tick(dt_ms):
            out.c1 = 1
            board.write(out)
            if world.site.events:
                raise ValueError("a bug")

        def told_of_c1():
            return [e["value"] for e in world.site.events if e["what"] == "C1"]

        board.start(tick)
        await until(lambda: told_of_c1() == [1, 0])
        assert board.crashes >= 1 and world.site.connected == 0
    story(told)


def test_the_firmware_ends_with_a_line_when_the_world_is_gone(tmp_path, capsys):
    ended = []

    async def told(world):
        board, inp = world.board(tmp_path), Inputs()
        await until(lambda: (board.read(inp), inp.fresh)[1])
        world.wires.close()
        try:
            await until(lambda: (board.read(inp), False)[1])
        except SystemExit as error:
            ended.append(error.code)
    story(told)
    assert ended == [0]
    assert "wires: the world is gone" in capsys.readouterr().out


def test_the_meter_answers_a_real_client_on_the_pty():
    async def told(world):
        world.site.house.set_ma(7000, 0, 1500)
        world.site.sun.set_ma(0, 2000, 0)
        client = AsyncModbusSerialClient(world.line.path, baudrate=9600, timeout=2, retries=0)
        assert await client.connect()
        await until(lambda: world.site.now_ms > 700)
        began = world.site.now_ms
        reply = await client.read_input_registers(0x06, count=12, device_id=10)
        got = client.convert_from_registers(reply.registers, client.DATATYPE.FLOAT32)
        assert got == [7.0, 2.0, 1.5, 1610.0, -460.0, 345.0]
        assert world.site.now_ms - began >= 40, "8 + 29 bytes and the turnaround take their time"
        assert (await client.read_input_registers(0x300, count=2, device_id=10)).exception_code == 2
        client.close()
    story(told)


def test_a_silent_meter_and_a_foreign_one_do_not_answer():
    async def told(world):
        fd = os.open(world.line.path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        board_side = world.line
        world.site.meter.silent = True
        os.write(fd, b"\x0a\x04\x00\x06\x00\x02" + b"\x90\xb1")
        await until(lambda: world.site.now_ms > 300)
        try:
            heard = os.read(fd, 64)
        except BlockingIOError:
            heard = b""
        os.close(fd)
        assert heard == b"" and board_side.path.startswith("/dev/")
    story(told)

"""The Modbus transport against a meter on a wire: what is sent, what is taken, and each bad answer by its name."""
import gc

import pytest
from app import clock
from app.modbus_tcp import Asker
from app.rtu import DEADLINE_MS, Rtu, RtuError
from meter_line import Line, asked, in_time, signed, timed
from tools.plant import vclock
from tools.plant.wire import Wire


def left_behind(do):
    """Bytes of heap that a hundred calls leave; 0 where nobody can tell."""
    if not hasattr(gc, "mem_alloc"):
        return 0
    do()
    gc.collect()
    before = gc.mem_alloc()
    for _ in range(100):
        do()
    gc.collect()
    return gc.mem_alloc() - before


def test_questions_leave_nothing_behind():
    rtu, tcp = Rtu(Wire()), Asker()
    assert left_behind(lambda: rtu._note(rtu.read_input_registers, (10, 6, 12, False))) < 200
    assert left_behind(lambda: noted(tcp)) < 200


def noted(tcp):
    tcp._answer = None
    try:
        tcp.read_input_registers(10, 6, 12, False)
    except Exception as e:
        assert type(e).__name__ == "_Noted"


def test_an_answer_arrives_as_plain_registers():
    line = Line()
    line.meter.ma[0] = 5250
    regs, ms, rtu = asked(line, 4, 10, 6, 12)
    assert regs[:2] == (0x40A8, 0) and len(regs) == 12
    assert rtu.ok == 1 and rtu.errors == 0 and ms < 150


def test_a_negative_power_is_not_a_negative_register():
    line = Line()
    line.meter.ma[0] = -5250
    regs, _, _ = asked(line, 4, 10, 12, 2)
    assert regs == (0xC496, 0xF000)


def test_silence_costs_its_deadline_and_no_more():
    line = Line()
    line.meter.silent = True
    why, ms, rtu = asked(line, 4, 10, 6, 12)
    assert why == "silent" and rtu.errors == 1 and DEADLINE_MS < ms < DEADLINE_MS + 100


@pytest.mark.parametrize("name, change", (
    ("crc", lambda r: r[:-1] + bytes((r[-1] ^ 1,))),
    ("crc", lambda r: r[:5] + bytes((r[5] ^ 0x40,)) + r[6:]),
    ("short", lambda r: r[:9]),
    ("short", lambda r: r[:1]),
    ("function", lambda r: signed(bytes((10, 3)) + r[2:-2])),
    ("address", lambda r: signed(bytes((11,)) + r[1:-2])),
    ("length", lambda r: signed(bytes((10, 4, 26)) + r[3:-2] + b"\x00\x00")),
    ("short", lambda r: signed(bytes((10, 4, 22)) + r[3:-4])),
    ("exception", lambda r: signed(b"\x0a\x84\x02")),
    ("function", lambda r: signed(b"\x0a\x83\x02")),
    ("crc", lambda r: b"\x0a\x84\x02\x00\x00"),
    ("silent", lambda r: None),
    ("silent", lambda r: b"\x00\xff\x00"),
    ("short", lambda r: b"\x55" * 200),
))
def test_every_bad_answer_is_an_error_with_a_name(name, change):
    line = Line(change)
    why, ms, rtu = asked(line, 4, 10, 6, 12)
    assert why == name and rtu.errors == 1 and rtu.ok == 0
    assert ms < 700


def test_the_noise_of_a_line_that_turns_round_is_forgiven():
    line = Line(lambda r: b"\x00\xff" + r)
    regs, _, _ = asked(line, 4, 10, 6, 12)
    assert len(regs) == 12


def test_bytes_of_yesterday_do_not_answer_today():
    line = Line()
    line.meter.ma[0] = 7000
    old = signed(b"\x0a\x04\x18" + b"\x41" * 24)
    line.wire.say(None, old, 0)  # a late answer is on the line as we begin
    regs, _, rtu = asked(line, 4, 10, 6, 12)
    assert regs[:2] == (0x40E0, 0) and rtu.ok == 1


class Port:
    """A port without a wire: it says what it is told to say."""

    def __init__(self, says, fails=False):
        self.says, self.fails = says, fails

    def configure(self, baud, parity):
        self.baud = baud

    def read(self, n):
        return self.says[:n]

    def write(self, buf):
        if self.fails:
            raise OSError(5)


def refused(port):
    """Why a read over this port brings nothing, and after how many ms."""
    async def story():
        start = clock.ticks_ms()
        with pytest.raises(RtuError) as e:
            await Rtu(port).read(4, 10, 6, 12)
        return e.value.args[0], clock.ticks_diff(clock.ticks_ms(), start)
    vclock.install()
    try:
        return vclock.run(story())
    finally:
        vclock.remove()


def test_a_line_that_never_falls_silent_is_not_waited_for():
    why, ms = refused(Port(b"\x55" * 64))
    assert why == "length" and ms < 3000


def test_a_port_that_is_gone_is_an_error_like_another():
    assert refused(Port(b"", True))[0] == "port"


def test_only_reading_functions_are_read():
    with pytest.raises(ValueError):
        asked(Line(), 6, 10, 0, 1)


def test_a_write_is_answered_by_an_echo():
    line = Line(lambda r: signed(b"\x0a\x06\x00\x05\x00\x2a"))

    async def story():
        rtu = Rtu(line.wire)
        return await rtu.ask(rtu.write_single_register, 10, 5, 42, False)
    assert in_time(line, story()) is True


def test_a_broadcast_is_put_on_the_wire_and_not_waited_for():
    line = Line()
    heard = line.wire.port()

    async def story(rtu):
        await rtu.tell(rtu.write_multiple_registers, 9, 0x20, [160, 0, 60, 0, 0, 0, 0, 0, 57, 6, 65524], False)
        await clock.sleep_ms(2)
    _, ms = timed(story, line)
    assert heard.read(64) == bytes((0x09, 0x10, 0x00, 0x20, 0x00, 0x0b, 0x16, 0x00, 0xa0, 0, 0, 0, 0x3c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                    0x00, 0x39, 0x00, 0x06, 0xff, 0xf4, 0x1e, 0xc8))
    assert ms < 90


def test_another_speed_begins_with_the_next_telegram():
    async def story(rtu):
        await rtu.read(4, 10, 6, 12)
        await rtu.configure(115200, 2)
        start = clock.ticks_ms()
        await rtu.read(4, 10, 6, 12)
        with pytest.raises(ValueError):
            await rtu.configure(300, 0)
        return rtu.baud, rtu.parity, clock.ticks_diff(clock.ticks_ms(), start)
    line = Line()
    was = line.wire.configure

    def checked(baud, parity=0):
        if baud < 1200:
            raise ValueError("baud must be 1200..115200")
        was(baud, parity)
    line.wire.configure = checked
    (baud, parity, took), _ = timed(story, line)
    assert (baud, parity) == (115200, 2) and took < 90

"""A meter on a wire with the timing of 9600 baud, for the tests of the Modbus transport in virtual time."""
from app import clock
from app.rtu import Rtu, RtuError
from tools.plant import vclock
from tools.plant.meter_sdm630 import Sdm630, crc16
from tools.plant.wire import Wire


class Line:
    """A wire with one meter, and a hand that may change what the meter says before it is heard."""

    def __init__(self, spoil=None):
        self.wire = Wire()
        self.meter = Sdm630(10)
        self.spoil = spoil
        self.wire.slaves.append(self)

    def answer(self, frame):
        reply = self.meter.answer(frame)
        return self.spoil(reply) if reply and self.spoil else reply


def signed(body):
    """A frame with the right checksum."""
    crc = crc16(body)
    return body + bytes((crc & 0xFF, crc >> 8))


def in_time(line, coroutine):
    """What a coroutine brings, in virtual time, while the wire carries its bytes."""
    vclock.install()
    try:
        vclock.every(1, line.wire.step)
        return vclock.run(coroutine)
    finally:
        vclock.remove()


def asked(line, *args):
    """What a read brings, and how long it took in virtual ms."""
    async def story():
        rtu = Rtu(line.wire)
        start = clock.ticks_ms()
        try:
            regs = await rtu.read(*args)
        except RtuError as e:
            regs = e.args[0]
        return regs, clock.ticks_diff(clock.ticks_ms(), start), rtu
    return in_time(line, story())


def timed(story, line=None):
    """What story(rtu) brings, in virtual time, and how many ms it took."""
    line = line or Line()

    async def run():
        rtu = Rtu(line.wire)
        start = clock.ticks_ms()
        said = await story(rtu)
        return said, clock.ticks_diff(clock.ticks_ms(), start)
    return in_time(line, run())

"""A real Modbus server in the role of an Eastron SDM630: pymodbus on a tty, unit 10.

    python meter_server.py TTY

Its numbers change with every question for currents, in a way that shows when
registers of two answers were mixed: with n = 0..199, the currents are n, n+1
and n+2 A, the powers 230 times n, n+1 and n+2 W, the second one negative.
Its counters stand at 1000.5 and 77.25 kWh. Foreign units get no answer, as on
a real line.
"""
import asyncio
import struct
import sys

from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

UNIT = 10
SIZE = 0x160
IMPORT_WH, EXPORT_WH = 1000500, 77250


def put(registers: list, at: int, value: float) -> None:
    registers[at:at + 2] = struct.unpack(">HH", struct.pack(">f", value))


class Meter:
    def __init__(self) -> None:
        self.n = 0

    async def action(self, function, start, address, count, registers, values):
        """pymodbus asks before it answers; the registers may be changed in place."""
        if address == 0x06:
            self.n = (self.n + 1) % 200
            for i in range(3):
                put(registers, 0x06 + 2 * i - start, self.n + i)
                put(registers, 0x0C + 2 * i - start, (self.n + i) * 230 * (-1 if i == 1 else 1))


def only_ours(sending: bool, data: bytes) -> bytes:
    """pymodbus answers for units that it does not have; a line with other devices must not hear that."""
    return data if sending or not data or data[0] == UNIT else b""


async def main(tty: str) -> None:
    registers = [0] * SIZE
    put(registers, 0x48, IMPORT_WH / 1000)
    put(registers, 0x4A, EXPORT_WH / 1000)
    device = SimDevice(UNIT, [SimData(0, values=registers, datatype=DataType.REGISTERS)], action=Meter().action)
    server = ModbusSerialServer(device, port=tty, baudrate=9600, trace_packet=only_ours)
    await server.serve_forever(background=True)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

"""A real Modbus server in the role of a SmartEVSE node: pymodbus on a tty, unit 2, a car before it that wants to charge.

    python node_server.py TTY

It asks for B; granted that, for C; granted that, it charges. For units that
it has not it answers with an exception, which no real line does.
"""
import asyncio
import sys

from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

UNIT = 2
SIZE = 0x110
COMM_B, COMM_B_OK, COMM_C, COMM_C_OK, C = 4, 5, 6, 7, 2


async def action(function, start, address, count, registers, values):
    """pymodbus asks before it answers; the registers may be changed in place."""
    if function == 4 and address == 0:
        at = -start
        if registers[at] == COMM_B_OK:
            registers[at] = COMM_C
        elif registers[at] == COMM_C_OK:
            registers[at] = C


async def main(tty: str) -> None:
    registers = [0] * SIZE
    registers[0:8] = [COMM_B, 0, 0, 0, 0, 1, 1, 20]
    registers[0x108:0x10A] = [0, 12]
    device = SimDevice(UNIT, [SimData(0, values=registers, datatype=DataType.REGISTERS)], action=action)
    server = ModbusSerialServer(device, port=tty, baudrate=9600)
    await server.serve_forever(background=True)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

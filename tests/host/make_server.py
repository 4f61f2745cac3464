"""A real Modbus server in the role of a meter of any make: pymodbus on a tty, unit 11.

    python make_server.py TTY

Each line on its standard input is a meter to be from now on, as JSON:
{"blocks": [[first register, [words]], ...]}. It serves its registers for
functions 3 and 4 alike, refuses what it does not hold, and says "ready" when
it can be asked. Foreign units get no answer, as on a real line.
"""
import asyncio
import json
import sys

from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

UNIT = 11


def only_ours(sending: bool, data: bytes) -> bytes:
    """pymodbus answers for units that it does not have; a line with other devices must not hear that."""
    return data if sending or not data or data[0] == UNIT else b""


def serve(tty: str, blocks) -> ModbusSerialServer:
    data = [SimData(at, values=words, datatype=DataType.REGISTERS) for at, words in blocks]
    return ModbusSerialServer(SimDevice(UNIT, data), port=tty, baudrate=9600, trace_packet=only_ours)


async def main(tty: str) -> None:
    server = None
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if not line:
            return
        if server:
            await server.shutdown()
        server = serve(tty, json.loads(line)["blocks"])
        await server.serve_forever(background=True)
        print("ready", flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

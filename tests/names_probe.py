"""Asks a name server and a time server on loopback, on whichever interpreter runs this: names_probe.py DNS-PORT NTP-PORT. For tests/host."""
import sys

sys.path[:] = [".frozen", "tools/host", "lib", ".", "build/vendor", "tests"] if sys.implementation.name == "micropython" else ["tools/host", "lib", "."] + sys.path
import shim  # noqa: E402, F401
import unfold  # noqa: E402, F401
import asyncio  # noqa: E402

from app import names  # noqa: E402


class Thing:
    pass


house = Thing()
house.cfg, house.board, house.wall = Thing(), Thing(), Thing()
house.cfg.ntp_host = "127.0.0.1:" + sys.argv[2]
house.board.net = Thing()
house.board.net.dns = lambda: "127.0.0.1"
house.wall.source = "none"
house.wall.put = lambda utc_s, source: print("time", utc_s)
house.say = lambda text: None
names.DNS = int(sys.argv[1])


async def main():
    them = names.Names(house)
    task = asyncio.create_task(them.run())
    for _ in range(60):
        if them.address("broker.example"):
            break
        await asyncio.sleep(0.1)
    print("address", them.address("broker.example"))
    await asyncio.sleep(2)
    task.cancel()


asyncio.run(main())

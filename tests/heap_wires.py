"""What the wires to the world take of the heap, on the device-like interpreter: for tools/heap.py. The board has none of it."""
import gc
import sys

sys.path[:] = [".frozen", "tools/host", "lib", "."]
import asyncio  # noqa: E402, F401  what the firmware has loaded anyway
import binascii  # noqa: E402, F401
import socket  # noqa: E402, F401

import shim  # noqa: E402, F401


def taken():
    gc.collect()
    gc.collect()
    return gc.mem_alloc()


before = taken()
import hal.sim_wires  # noqa: E402, F401

print(taken() - before)

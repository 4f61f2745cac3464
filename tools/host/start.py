"""The firmware on a PC: the very main.py of the board, handed a board that reaches the world over wires.

start.py --wires HOST:PORT --rs485 TTY --port N --speed N --state DIR --serial N [--mqtt HOST:PORT]

Runs on CPython and on both MicroPythons, from the project's root. In the
device-like interpreter all of the firmware, and the wires, come out of its
frozen image. Speed turns the process clock;
deadlines towards network peers stay in real time.
"""
import sys

OURS = ["tools/host", "lib", ".", "build/vendor", "build/page"]
sys.path[:] = OURS + sys.path[1:] if sys.implementation.name == "cpython" else [".frozen"] + OURS

import shim  # noqa: E402, F401  what CPython lacks, before anything asks for it

from starter import begin  # noqa: E402

if __name__ == "__main__":
    begin(sys.argv[1:])

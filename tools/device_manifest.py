# What is frozen into the device-like interpreter of the PC: the board's image, and the simulated board in place of the
# chip's drivers. Compiled on the heap, as files are, the wires alone took 9 kB of it, which the board does not spend.
# ruff: noqa: F821
# mypy: disable-error-code="name-defined"
import os

include("../firmware/manifest.py")
HAL = sorted(os.listdir(os.path.dirname(os.getcwd()) + "/hal"))
freeze("../build/folded", tuple("hal/" + m for m in HAL if m.startswith("sim") and m.endswith(".py")))
freeze("host", ("shim.py", "starter.py", "unfold.py"))
freeze("../build/folded/host", "folded_names.py")  # for tests alone

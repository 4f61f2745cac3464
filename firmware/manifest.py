# What is frozen into the image, for the board and for the device-like interpreter of the PC alike.
#
# Our own lib/ and hal/ (the simulator is left out), boot.py and main.py, all with their constants in the place of the
# names (tools/fold.py), the packed page, the third-party modules as `make deps` fetched them, and asyncio. What belongs
# to the chip alone (mounting the flash) is added by the board's own manifest, which includes this one.
# ruff: noqa: F821
import os
import subprocess
import sys

ROOT = os.path.dirname(os.getcwd())  # a manifest runs in its own folder

subprocess.run([sys.executable, ROOT + "/tools/fold.py"], check=True)
include("$(MPY_DIR)/extmod/asyncio")
freeze("../build/folded/lib")
freeze("../build/folded", tuple("hal/" + m for m in sorted(os.listdir(ROOT + "/hal")) if m.endswith(".py") and not m.startswith("sim")))
freeze("../build/folded", tuple(m for m in ("boot.py", "main.py") if os.path.exists(ROOT + "/" + m)))
if os.path.exists(ROOT + "/build/page/webfiles.py"):
    freeze("../build/page", "webfiles.py")
freeze("../build/vendor", ("umqtt/simple.py",))
freeze("../build/vendor", tuple("umodbus/%s.py" % m for m in ("__init__", "version", "const", "typing", "functions", "common", "modbus", "serial")))
freeze("../build/vendor", tuple("microdot/%s.py" % m for m in ("__init__", "microdot", "helpers", "websocket")))

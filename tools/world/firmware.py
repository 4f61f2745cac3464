"""The firmware as a child process: started, listened to, started again when it dies.

A child that ends is a chip whose watchdog bit: one line says so and it starts
anew. Only this child is ever ended by us, by its own process id. It knows the
three interpreters' paths under build/ and nothing of what runs in them.
"""
import asyncio
import os
import sys

INTERPRETERS = {
    "cpython": [sys.executable],
    "micropython": ["build/mp32/micropython"],
    "device": ["build/device/micropython", "-X", "heapsize=112k"],
}
AGAIN_S = 1.0
GRACE_S = 3.0
HUNG_S = 5.0    # a child that was alive and says nothing for so long is a chip its watchdog restarts


class Firmware:
    """`args` are those of tools/host/start.py; `state` is none, starting, running or restarting."""

    def __init__(self, on: str, args: list, root: str, alive=lambda: False, script: str = "tools/host/start.py",
                 heap: str = "", name: str = "") -> None:
        words = [("heapsize=" + heap if heap and w.startswith("heapsize=") else w) for w in INTERPRETERS[on]]
        self.command = words + [script] + args
        self.root = root
        self.name = "the firmware" + (" of " + name if name else "")
        self.restarts = 0
        self.returned: "int | None" = None
        self._alive = alive
        self._child: "asyncio.subprocess.Process | None" = None

    def state(self) -> str:
        if self._child is None:
            return "restarting" if self.restarts else "starting"
        return "running" if self._alive() else "starting"

    def pid(self) -> int:
        """The child's process id, 0 while there is none."""
        return self._child.pid if self._child is not None else 0

    def missing(self) -> str:
        """The interpreter's path when it is not there, else nothing."""
        path = os.path.join(self.root, self.command[0])
        return "" if os.access(path, os.X_OK) else self.command[0]

    async def run(self) -> None:
        """Keeps the firmware running until cancelled, then ends it."""
        environ = dict(os.environ, PYTHONUNBUFFERED="1")
        while True:
            child = await asyncio.create_subprocess_exec(
                *self.command, cwd=self.root, env=environ, stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, start_new_session=True)
            self._child = child
            dog = asyncio.create_task(self._watch(child))
            try:
                await self._forward(child)
                self.returned = await child.wait()
            except asyncio.CancelledError:
                await self._end(child)
                raise
            finally:
                dog.cancel()
                self._child = None
            self.restarts += 1
            print("world: %s ended with %s, starting it again (restart %d)" % (self.name, self.returned, self.restarts), flush=True)
            await asyncio.sleep(AGAIN_S)

    async def _forward(self, child: asyncio.subprocess.Process) -> None:
        assert child.stdout is not None
        while True:
            data = await child.stdout.read(4096)
            if not data:
                return
            sys.stdout.buffer.write(data)
            sys.stdout.flush()

    async def _watch(self, child: asyncio.subprocess.Process) -> None:
        quiet_s, heard = 0.0, False
        while quiet_s < HUNG_S:
            await asyncio.sleep(0.5)
            alive = self._alive()
            heard = heard or alive
            quiet_s = 0.0 if alive or not heard else quiet_s + 0.5
        print("world: %s hangs, its watchdog bites" % self.name, flush=True)
        child.kill()

    async def _end(self, child: asyncio.subprocess.Process) -> None:
        if child.returncode is None:
            child.terminate()
            try:
                await asyncio.wait_for(child.wait(), GRACE_S)
            except asyncio.TimeoutError:
                child.kill()
                await child.wait()

"""A bus task beside a story, in virtual time: what the tests of the bus and of the search for a meter stand on."""
import asyncio

from meters.roles import Roles
from settings import Settings
from tools.plant import vclock
from tools.plant.wire import Wire


class Beside:
    """A wire with these devices, settings and roles; who inherits it makes `bus`, which tells `lines` and counts in `heard`."""

    def __init__(self, *devices):
        self.wire = Wire()
        self.wire.slaves += devices
        self.cfg = Settings()
        self.roles = Roles()
        self.lines = []
        self.heard = 0

    def hear(self):
        self.heard += 1

    def run(self, story):
        """story(self) is a coroutine beside the bus task."""
        async def both():
            task = asyncio.create_task(self.bus.run())
            try:
                return await story(self)
            finally:
                task.cancel()
        vclock.install()
        try:
            vclock.every(5, self.wire.step)
            return vclock.run(both())
        finally:
            vclock.remove()

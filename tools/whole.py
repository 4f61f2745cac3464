"""The whole firmware and its plant in one CPython process, in virtual time: for tests and benches.

The tick hangs on the virtual clock as on a hardware timer; the meters are read
by real Modbus frames over the plant's 9600-baud wire. The network tasks can be
left out where nobody listens.
"""
import asyncio

from tools.plant import vclock
from tools.plant.site import Site


class Whole:
    """One charger and its world. Use: `Whole(mode="Smart").go(story)`, where story is `async def story(whole)`."""

    def __init__(self, profile: str = "default", seed: int = 1, tasks: tuple = ("regulate", "bus", "face", "keeper"), **settings) -> None:
        vclock.install()
        from hal.sim import Sim
        from main import House
        self.site = Site(profile, seed)
        self.board = Sim(self.site, timer=vclock)
        self.house = House(self.board, 1234)
        for key, value in settings.items():
            self.house.cfg.put(key, value)
        self.tasks = tasks

    def go(self, story):
        """Runs the charger while the story lasts; returns what the story returns."""
        try:
            return vclock.run(self._live(story))
        finally:
            vclock.remove()

    async def _live(self, story):
        house = self.house
        house.keeper.load()
        self.board.start(house.tick.run)
        jobs = [(name, getattr(house, name).run) for name in self.tasks]
        minding = asyncio.create_task(house.minder.run(jobs))
        try:
            return await story(self)
        finally:
            minding.cancel()

    async def wait(self, seconds: float) -> None:
        """Lets simulated time go by."""
        await vclock.sleep_ms(int(seconds * 1000))

    async def until(self, is_so, most_s: float = 60) -> int:
        """Waits in steps of a tick until is_so(); the simulated ms that took. AssertionError after most_s."""
        start = self.site.now_ms
        while not is_so():
            if self.site.now_ms - start > most_s * 1000:
                raise AssertionError("never in %s s: %s" % (most_s, self.house.facts.why_text()))
            await vclock.sleep_ms(10)
        return self.site.now_ms - start

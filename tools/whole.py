"""The whole firmware and its plant in one CPython process, in virtual time: for tests and benches.

The tick hangs on the virtual clock as on a hardware timer; the meters are read
by real Modbus frames over the plant's 9600-baud wire. With `chargers` there
are several on that wire, a Master and its nodes, each a firmware of its own
that may lose its power and get it back. The network tasks can be left out
where nobody listens.
"""
import asyncio

from tools.plant import vclock
from tools.plant.site import Site


class Whole:
    """One charger and its world, or a group. Use: `Whole(mode="Smart").go(story)`, where story is `async def story(whole)`."""

    def __init__(self, profile: str = "default", seed: int = 1, tasks: tuple = ("regulate", "bus", "face", "keeper"),
                 chargers: int = 1, **settings) -> None:
        """settings are put to every charger; of several the first becomes Master, the others Node 1 and so on."""
        vclock.install()
        from hal.sim import Sim
        self.site = Site(profile, seed, chargers=chargers)
        self.boards = [Sim(spot, timer=vclock, serial=1234 + k) for k, spot in enumerate(self.site.spots)]
        self.settings = settings
        self.tasks = tasks
        self.houses = [self._house(k) for k in range(chargers)]
        self._minding: list = [None] * chargers

    @property
    def board(self):
        """The first charger's board."""
        return self.boards[0]

    @property
    def house(self):
        """The first charger's firmware."""
        return self.houses[0]

    def _house(self, k: int):
        from main import House
        house = House(self.boards[k], 1234 + k)
        for key, value in self.settings.items():
            house.cfg.put(key, value)
        if len(self.boards) > 1:
            house.cfg.put("loadbl", "Node %d" % k if k else "Master")
        return house

    def go(self, story):
        """Runs the chargers while the story lasts; returns what the story returns."""
        self.site.line.clock = lambda: vclock.now_ms() * 1000   # bytes arrive to the millisecond
        try:
            return vclock.run(self._live(story))
        finally:
            vclock.remove()

    async def _live(self, story):
        for k in range(len(self.houses)):
            self._begin(k)
        try:
            return await story(self)
        finally:
            for minding in self._minding:
                if minding:
                    minding.cancel()

    def _begin(self, k: int) -> None:
        house = self.houses[k]
        house.keeper.load()
        self.boards[k].start(house.tick.run)
        jobs = [(name, getattr(house, name).run) for name in self.tasks]
        self._minding[k] = asyncio.create_task(house.minder.run(jobs))

    def cut(self, k: int = 0) -> None:
        """Charger k loses its power: no ticks, no tasks, and its board falls back to what bare hardware does."""
        self._minding[k].cancel()
        self._minding[k] = None
        self.boards[k].stop()
        self.site.spots[k].chip_gone()

    def revive(self, k: int = 0) -> None:
        """Charger k boots again, with what it had saved."""
        self.houses[k] = self._house(k)
        self._begin(k)

    async def wait(self, seconds: float) -> None:
        """Lets simulated time go by."""
        await vclock.sleep_ms(int(seconds * 1000))

    async def until(self, is_so, most_s: float = 60) -> int:
        """Waits in steps of a tick until is_so(); the simulated ms that took. AssertionError after most_s."""
        start = self.site.now_ms
        while not is_so():
            if self.site.now_ms - start > most_s * 1000:
                raise AssertionError("never in %s s: %s" % (most_s, "; ".join(house.facts.why_text() for house in self.houses)))
            await vclock.sleep_ms(10)
        return self.site.now_ms - start

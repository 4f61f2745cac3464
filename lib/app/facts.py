"""What the world may see but no object holds as it is shown: texts, ages, sums.

Read-only, made on demand; it decides nothing. Every method answers one row of
points.TABLE.
"""
import faults
import settings
from app import clock
from evse import iec61851, limits, why
from evse.limits import NO_LIMIT
from meters.reading import NEVER


def latched(fault_list) -> int:
    """1 when a fault stands that only a person takes back."""
    i = 0
    for r in faults.TABLE:
        if r[faults.CLEARS] == faults.LATCH and fault_list.mask & 1 << i:
            return 1
        i += 1
    return 0


class Facts:
    def __init__(self, house) -> None:
        self.house = house

    def state(self) -> str:
        return iec61851.NAME[self.house.evse.state]

    def why(self) -> str:
        return why.NAME[self.house.evse.why]

    def why_text(self) -> str:
        """One sentence: the reason of this moment."""
        evse = self.house.evse
        from app import outlook
        text = outlook.why_more(self.house)
        if text:
            return text
        text = why.sentence(evse.why, evse.offered_ma, evse.by, self.fault_text())
        needs_ma = self.house.balance.sun.needs_ma
        if evse.why == why.NO_CURRENT and evse.by == limits.SURPLUS and needs_ma > self.house.cfg.start_a * 1000:
            text += why.needs(needs_ma)
        return text

    def next_text(self) -> str:
        """What comes next, as far as it is known; "" else."""
        from app import outlook
        return outlook.next_text(self.house)

    def plan_window(self) -> str:
        from app import outlook
        return outlook.window(self.house)

    def plan_held(self) -> str:
        from app import outlook
        return outlook.held(self.house)

    def goal(self) -> str:
        from app import outlook
        return outlook.goal(self.house)

    def local_time(self) -> str:
        from app import outlook
        return outlook.local(self.house)

    def why_s(self) -> int:
        """How long the reason has stood, seconds."""
        return self.house.evse.why_ms // 1000

    def by(self) -> str:
        return limits.NAME[self.house.evse.by]

    def limit_ma(self) -> int:
        """The smallest limit in mA; -1 while nobody limits."""
        ma = self.house.evse.limit_ma
        return -1 if ma >= NO_LIMIT else ma

    def countdown_s(self) -> int:
        """Seconds to the next change that is on its way; 0 when none is."""
        return self.house.regulate.countdown_s()

    def drawn_ma(self) -> int:
        """The worst phase of the car by the EV meter, mA; -1 when nobody measures it."""
        if not self.house.cfg.ev_meter:
            return -1
        return max(self.house.meters.ev.ma)

    def car_takes_ma(self) -> int:
        """The most the car wanted when it was offered more, mA; -1 while it takes what it is offered."""
        ma = self.house.balance.car.cap_ma
        return -1 if ma >= NO_LIMIT else ma

    def car_least_ma(self) -> int:
        """The least offer at which the car is thought to charge, by its own meter, mA; 0 while nothing is known."""
        return self.house.regulate.least.ma

    def max_ma(self) -> int:
        return self.house.cfg.max_current_a * 1000

    def _name(self, key: str):
        return str(settings.shown(self.house.cfg, settings.row(key)))

    def mains_meter(self) -> str:
        return self._name("mains_meter")

    def ev_meter(self) -> str:
        return self._name("ev_meter")

    def circuit_meter(self) -> str:
        return self._name("circuit_meter")

    def _age_ms(self, reading) -> int:
        """Age of a reading; -1 when there was none."""
        age = reading.age_ms(clock.ticks_ms())
        return -1 if age >= NEVER else age

    def mains_age_ms(self) -> int:
        return self._age_ms(self.house.meters.mains)

    def circuit_age_ms(self) -> int:
        return self._age_ms(self.house.meters.circuit)

    def ev_age_ms(self) -> int:
        return self._age_ms(self.house.meters.ev)

    def pv_age_ms(self) -> int:
        return self._age_ms(self.house.meters.pv)

    def battery_age_ms(self) -> int:
        return self._age_ms(self.house.meters.battery)

    def surplus_w(self) -> int:
        """What goes to the grid now, W; 0 while the house imports."""
        return max(0, -self.house.meters.mains.power_w())

    def fault_text(self) -> str:
        return self._fault(faults.TEXT)

    def fault_todo(self) -> str:
        return self._fault(faults.REMEDY)

    def fault_latched(self) -> int:
        """1: control.reset() is needed."""
        return latched(self.house.faults)

    def _fault(self, column: int) -> str:
        worst = self.house.faults.worst()
        return "" if worst < 0 else str(faults.TABLE[worst][column])

    def share_place(self) -> str:
        return self._name("loadbl")

    def share_nodes(self) -> str:
        """The numbers of the nodes that answer this master, with commas."""
        master = self.house.bus.master
        return ",".join([str(peer.number) for peer in master.peers if peer.online]) if master else ""

    def share_list(self):
        """What each charger of the group gets and why; None where this is no master."""
        if not self.house.bus.master:
            return None
        from app import lineup
        return lineup.text(self.house.regulate.fleet.cars, self.house.bus.master.peers)

    def share_ma(self) -> int:
        """What the master allots to this node, mA; -1 without a word from it."""
        node = self.house.bus.node
        return node.allot_ma if node and node.known else -1

    def share_age_ms(self) -> int:
        """How old the master's last broadcast is; -1 without one."""
        node = self.house.bus.node
        return clock.ticks_diff(clock.ticks_ms(), node.heard_at) if node and node.known else -1

    def share_refused(self) -> str:
        """The last telegram that this node did not take, and why."""
        node = self.house.bus.node
        return node.regs.refused if node else ""

    def mqtt_state(self) -> str:
        return self.house.broker.state()

    def ip(self) -> str:
        return self.house.board.net.status()[1]

    def uptime_s(self) -> int:
        return self.house.regulate.up_s

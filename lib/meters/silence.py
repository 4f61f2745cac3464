"""How long the car's meter and the circuit's may be silent before the charge stops.

In Smart and Solar only, as SmartEVSE has it, and with its times; the fault
clears itself with the next reading. The mains meter is not judged here: a
limit follows its age (lib/energy). Pure: ticks are handed in once a second.
"""
from micropython import const

import faults
from meters.reading import NEVER

EV_S = const(64)
CIRCUIT_S = const(20)
NORMAL, NODE_1 = 0, 2  # as settings' mode and loadbl


class Silence:
    def __init__(self, roles, fault_list) -> None:
        self.roles = roles
        self.faults = fault_list
        self.ev_s = 0        # seconds since the last reading, or since there should have been a first
        self.circuit_s = 0

    def second(self, cfg, now) -> None:
        """One second more, at now (ticks ms). A node's circuit is its master's business."""
        self.ev_s = _since(cfg.ev_meter, self.roles.ev.age_ms(now), self.ev_s)
        circuit = cfg.circuit_meter and cfg.loadbl < NODE_1
        self.circuit_s = _since(circuit, self.roles.circuit.age_ms(now), self.circuit_s)
        matters = cfg.mode != NORMAL
        self.faults.put(faults.EV_METER, matters and self.ev_s > EV_S)
        self.faults.put(faults.CIRCUIT_METER, matters and self.circuit_s > CIRCUIT_S)


def _since(fitted, age_ms: int, so_far_s: int) -> int:
    if not fitted:
        return 0
    return age_ms // 1000 if age_ms < NEVER else so_far_s + 1

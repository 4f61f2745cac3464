"""The firmware's door for pushed readings, as the bench uses it.

What REST and MQTT hand on when somebody pushes a reading goes straight to
`house.pushed`, behind the sockets: the same entrance, the same checks. A
firmware without it is refused in words.
"""


def check(house) -> None:
    """ValueError when this firmware takes no pushed readings."""
    if not hasattr(house, "pushed"):
        raise ValueError("this scenario pushes readings, and this firmware has no door for them")


def mains(house, amps: "list | None") -> None:
    """Three signed amps of the mains; None is a source that is silent."""
    if amps is not None:
        house.pushed.put("mains", ma=[int(round(a * 1000)) for a in amps])


def battery(house, amps: float) -> None:
    """The home battery's amps, sum of the phases, positive is charging."""
    house.pushed.battery(int(round(amps * 1000)))

"""What only some cars do: sleep, sulk, show a letter that is not so, join late.

Each function is given the car and moves or answers one oddity; which car has
which is a matter of profiles.py. car.py asks here only for cars that are odd,
so that plain ones stay fast. It knows no charger.
"""


def arrive(car) -> None:
    """A plug, or an open wire that the car takes for one: everything before is forgotten."""
    car.sleeping = car.asleep
    car.lines = car.idle_ms = car.sulks_ms = 0
    car.greeted = 0


def changed(car) -> None:
    """Its offer has changed while it charges."""
    if car.glitch_ms:
        car.glitches_ms = car.glitch_at_ms + car.glitch_ms


def cut(car) -> None:
    """The mains were cut under load."""
    car.sulks_ms = car.sulk_ms


def step(car, dt_ms: int) -> None:
    """Sleep and its ends; every pilot step of an odd car."""
    car.opened_ms = 0 if car.wired else car.opened_ms + dt_ms
    car.minused_ms = car.minused_ms + dt_ms if car.wired and car.minus else 0
    if car.open_ms and car.opened_ms >= car.open_ms:
        arrive(car)
        car.sleeping = 0
    if car.minus_ms and car.minused_ms >= car.minus_ms:
        car.sleeping = 0
    car.idle_ms = 0 if car.offer or not car.wired else car.idle_ms + dt_ms
    if car.sleep_ms and car.idle_ms >= car.sleep_ms:
        car.sleeping = 1
    if car.sulks_ms > 0:
        car.sulks_ms -= dt_ms
    if car.glitches_ms > 0:
        car.glitches_ms -= dt_ms


def refuses(car) -> bool:
    """It would not answer an offer now."""
    return car.sleeping or car.sulks_ms > 0


def letter(car) -> str:
    """What it shows, where that is not what S2 says; else what S2 says."""
    if car.letter == "C" and 0 < car.glitches_ms <= car.glitch_ms:
        return "B"
    if car.letter == "B" and car.bounce_ms and car.offer and not car.greeted:
        if car.valid_ms <= car.bounce_ms:
            return "C"
        car.greeted = 1
    return car.letter


def lines(car, c2: int) -> None:
    """The mains came, with L2 and L3 or without: will it do with them? A fragile one is harmed when they join."""
    now = 3 if c2 else 1
    if car.fragile and car.lines == 1 and now == 3:
        car.harmed += 1
    if car.fussy and car.lines and car.lines != now:
        car.sleeping = 1
    car.lines = now


def most_ma(car, dt_ms: int) -> int:
    """What its modules take together, mA: the second one joins late."""
    if not car.late_ms:
        return car.max_ma
    if not car.ma:
        car.joins_ms = 0
    elif car.offer > car.late_ma:
        car.joins_ms += dt_ms
    return car.max_ma if car.joins_ms >= car.late_ms else car.late_ma

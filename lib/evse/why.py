"""Why the charger does what it does now, as one code.

The codes are set where the decision is taken, in Evse.tick and in the
regulator; here are their names and one sentence for each. {by} is the limit
that won, {ma} the offer in ampere, {fault} the fault that stands. Another
language is three more tuples and a row in LANGUAGES.
"""

(NO_CAR, CAR_WAITS, CHECKING, CHARGING, STOPPING, OFF, PAUSED, FAULT, NO_CURRENT, WAIT, SWITCHING, WAKING,
 RANDOM, TIMER, DONE) = range(15)

NAME = ("no_car", "car_waits", "checking", "charging", "stopping", "off", "paused", "fault", "no_current", "wait",
        "switching", "waking", "random", "timer", "done")

TEXT = (
    "Ready for a car.",
    "{ma} A offered; the car does not ask for power.",
    "The car asks for power; checking before closing.",
    "{ma} A offered, set by {by}.",
    "Waiting for the car to stop.",
    "Charging is switched off.",
    "Paused by you.",
    "{fault}.",
    "Not enough current: {by}.",
    "Starts again when the pause is over.",
    "Switching phases.",
    "Waking the car.",
    "Starts after a random delay, to spare the grid.",
    "Waiting for its time.",
    "This session has what it was meant to have.",
)

# What the limits are called in a sentence, in the order of limits.NAME: the cause, then the lack of it.
LIMIT = ("the cable", "MAX", "the temperature", "the mains", "the sun", "an override", "the grid operator",
         "a car that draws too much", "the master", "the circuit", "the capacity", "the plan")
LACK = ("the cable allows too little", "MAX is too low", "the box is too warm", "the mains have no room",
        "waiting for sun", "the override is too low", "the grid operator allows too little", "the car draws too much",
        "the master allots none", "the circuit has no room", "the capacity is used up", "the plan allows too little")

# Behind the reason while START is less than a car takes.
NEEDS = " It takes {a} A of export, since START is less than the least a car takes."

# KEY, then the three tuples; the first row is for whoever asks for a language that is not here.
LANGUAGES: tuple = (
    ("en", TEXT, LIMIT, LACK),
)


def sentence(code: int, offered_ma: int, by: int, fault: str, language: str = "en") -> str:
    """The reason in a language; fault is text in that language already."""
    words: tuple = LANGUAGES[0]
    for row in LANGUAGES:
        if row[0] == language:
            words = row
    text = words[1][code]
    tenths = (offered_ma + 50) // 100
    text = text.replace("{ma}", "%d.%d" % (tenths // 10, tenths % 10))
    text = text.replace("{by}", words[3][by] if code == NO_CURRENT else words[2][by])
    return text.replace("{fault}", fault)


def needs(export_ma: int) -> str:
    """What is said behind the reason when the sun has to bring more than START."""
    return NEEDS.replace("{a}", "%d.%d" % (export_ma // 1000, export_ma % 1000 // 100))

"""What tools/host/start.py does. It is a module of its own so that the device-like image has it frozen.

A script is compiled into the heap, and the board has no such thing there.
"""


def arguments(words) -> dict:
    """--name value pairs as a dict. ValueError names what is missing or unknown."""
    got = {"port": "8080", "speed": "1", "serial": "1234", "mqtt": ""}
    known = ("wires", "rs485", "port", "speed", "state", "serial", "mqtt")
    for i in range(0, len(words), 2):
        name = words[i][2:]
        if words[i][:2] != "--" or name not in known or i + 1 >= len(words):
            raise ValueError("unknown or unfinished argument: " + words[i])
        got[name] = words[i + 1]
    for name in ("wires", "rs485", "state"):
        if name not in got:
            raise ValueError("argument missing: --" + name)
    return got


def turn_clock(speed: int) -> None:
    """Lets process time run speed times as fast as real time."""
    from time import ticks_diff, ticks_ms

    from app import clock

    real_sleep_ms = clock.sleep_ms
    state = [ticks_ms(), 0]  # real time of the last look, process time then

    def fast_ticks_ms() -> int:
        now = ticks_ms()
        state[1] = (state[1] + ticks_diff(now, state[0]) * speed) & 0x3FFFFFFF
        state[0] = now
        return state[1]

    async def fast_sleep_ms(ms: int) -> None:
        await real_sleep_ms((ms + speed - 1) // speed)

    clock.ticks_ms = fast_ticks_ms
    clock.sleep_ms = fast_sleep_ms


def begin(words) -> None:
    """Reads the arguments, builds the board, and is the charger until it is ended."""
    got = arguments(words)
    speed = int(got["speed"])
    # The wires first: on an interpreter without them in its image they are compiled while the heap is still empty.
    from hal.sim_wires import WireBoard

    import main
    if speed != 1:
        turn_clock(speed)
    board = WireBoard(got["wires"], got["rs485"], got["state"], speed, int(got["serial"]))
    main.start(board, int(got["serial"]), "127.0.0.1", int(got["port"]), got["mqtt"])

"""The figures of `make bench` about meters: how often they are read, how late a reading moves the duty, what lies do.

All of it is simulated: the whole firmware in virtual time over a wire at 9600
baud, whose bytes take their time. The limit that a rate is shown beside is
that of the frames themselves: question, the meter's 10 ms, answer, and the
3.5 characters of silence that the standard asks for.
"""
from tools.plant.dice import Dice
from tools.whole import Whole

CHAR_US = 10 * 1000000 // 9600
SILENCE_US = 3500 * CHAR_US // 1000
TURNAROUND_US = 10000
ASK, CURRENTS = 8, 29    # bytes of a question, and of the answer that brings currents and powers
RATE_S = 60
STEPS = 120              # how often the house steps
KETTLE_MA = 9000
SHARE, LIE_S, SEEDS = 400, 300, (1, 2, 3, 4)


def frame_us(due: int) -> int:
    """What one question and its answer of due bytes cost the wire at least; no answer for 0."""
    return ASK * CHAR_US + SILENCE_US + (TURNAROUND_US + due * CHAR_US if due else 0)


def watched(rtu, log: dict) -> None:
    """From now on log counts the exchanges by (address, bytes of the answer)."""
    exchange = rtu._exchange

    async def counted(pdu, address, due):
        log[address, due] = log.get((address, due), 0) + 1
        return await exchange(pdu, address, due)
    rtu._exchange = counted


def rates(say) -> None:
    """Polls per second with one meter, three meters, three meters and seven nodes."""
    async def story(w):
        log: dict = {}
        await w.wait(20)
        watched(w.house.bus.rtu, log)
        oldest = 0
        for _ in range(RATE_S * 20):
            await w.wait(0.05)
            oldest = max(oldest, w.house.meters.mains.age_ms(w.site.now_ms))
        return log, oldest
    say("mains_polls_per_second_limit_of_the_frames", "%.1f" % (1000000 / frame_us(CURRENTS)))
    for name, three, chargers in (("one_meter", 0, 1), ("three_meters", 1, 1), ("three_meters_seven_nodes", 1, 8)):
        w = Whole(mode="Smart", chargers=chargers)
        if three:
            w.site.metering.choose("circuit", "Eastron3P")
            w.house.cfg.put("circuit_meter", "Eastron3P")
            w.house.cfg.put("ev_meter", "Eastron3P")
        log, oldest = w.go(story)
        meters = [(role, log.get((unit, CURRENTS), 0) / RATE_S) for role, unit in (("mains", 10), ("circuit", 13), ("ev", 12))]
        for role, rate in meters[:3 if three else 1]:
            say("%s_polls_per_second_%s" % (role, name), "%.2f" % rate)
        nodes = sum([log[key] for key in log if key[0] < 9])
        if nodes:
            say("node_exchanges_per_second_" + name, "%.2f" % (nodes / RATE_S))
        busy = sum([log[key] * frame_us(key[1]) for key in log])
        say("oldest_mains_reading_" + name, oldest, "ms")
        say("wire_busy_" + name, "%.0f" % (busy / RATE_S / 10000), "%")
    most(say)


def most(say) -> None:
    """What this transport reaches when it asks one meter again and again."""
    async def story(w):
        rtu = w.house.bus.rtu
        start = w.site.now_ms
        for _ in range(200):
            await rtu.read(4, 10, 6, 12)
        return w.site.now_ms - start
    ms = Whole(mode="Normal", tasks=("regulate",)).go(story)
    say("polls_per_second_back_to_back", "%.1f" % (200000 / ms))


def latency(say) -> None:
    """From a step in the house, at any moment, to a lower duty: with one meter, and with three.

    The simulated meter shows the mean of half a second, as the SDM630 does, so a step arrives little by little. That is most of
    what is measured here; reading it costs 0 to 200 ms and its telegram 52, and the duty falls in the tick after.
    """
    for name, three in (("one_meter", 0), ("three_meters", 1)):
        w = Whole(mode="Smart", max_current_a=16, circuit_a=32)
        if three:
            w.site.metering.choose("circuit", "Eastron3P")
            w.house.cfg.put("circuit_meter", "Eastron3P")
            w.house.cfg.put("ev_meter", "Eastron3P")
        times = sorted(w.go(_steps))
        say("house_step_to_duty_p50_" + name, times[len(times) // 2], "ms")
        say("house_step_to_duty_p99_" + name, times[len(times) * 99 // 100], "ms")
        say("house_step_to_duty_most_" + name, times[-1], "ms")


async def _steps(w) -> list:
    dice, site = Dice(7), w.site
    site.house.set_ma(5000, 4000, 3000)
    await w.wait(2)
    site.car.plugged = True
    await w.until(lambda: site.car.ma > 15000)
    await w.wait(20)
    times = []
    for _ in range(STEPS):
        await w.wait(dice.below(1000) / 1000)
        duty = site.duty_bp
        site.house.set_ma(5000 + KETTLE_MA, 4000, 3000)
        times.append(await w.until(lambda: site.duty_bp < duty))
        await w.wait(4)
        site.house.set_ma(5000, 4000, 3000)
        await w.until(lambda: site.duty_bp >= duty, 120)
        await w.wait(8)
    return times


def lies(say) -> None:
    """Four in ten answers of three meters are wrong in some way: what was believed?"""
    from lying import Lying
    total = dict.fromkeys(("asked", "lies", "taken", "wrong", "stale", "worst_ms", "gap_ms"), 0)
    kinds: dict = {}
    for seed in SEEDS:
        site = Lying(SHARE, seed).run(LIE_S)
        for name, n in site.told():
            kinds[name] = kinds.get(name, 0) + n
        total["asked"] += site.liar.asked
        total["lies"] += site.liar.lies()
        for name in ("taken", "wrong", "stale"):
            total[name] += getattr(site, name)
        for name in ("worst_ms", "gap_ms"):
            total[name] = max(total[name], getattr(site, name))
    say("lying_wire_answers", total["asked"])
    say("lying_wire_lies", "%d (%s)" % (total["lies"], ", ".join(["%s %d" % pair for pair in kinds.items()])))
    say("lying_wire_readings_taken", total["taken"])
    say("lying_wire_wrong_values_taken", total["wrong"])
    say("lying_wire_old_values_taken", total["stale"])
    say("lying_wire_oldest_mains_reading", total["worst_ms"], "ms")
    say("lying_wire_longest_gap_of_ticks", total["gap_ms"], "ms")

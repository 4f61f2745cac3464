from log import LINE, LINES, Log


def test_lines_come_back_oldest_first():
    log = Log()
    log.say(1, "one")
    log.say(2, "two")
    assert list(log.lines()) == [(1, "one"), (2, "two")]


def test_the_ring_keeps_the_newest_and_cuts_the_long():
    log = Log()
    for i in range(LINES + 3):
        log.say(i, "x" * 200)
    kept = list(log.lines())
    assert len(kept) == LINES and kept[0][0] == 3 and kept[-1] == (LINES + 2, "x" * LINE)
    assert log.count == LINES + 3

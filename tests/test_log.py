"""The log: lines come back, old ones make room, nothing grows."""
from log import LINE, SIZE, Log


def test_lines_come_back_oldest_first():
    log = Log()
    log.say(1, "one")
    log.say(2, "two")
    assert list(log.lines()) == [(1, "one"), (2, "two")]


def test_forty_lines_of_usual_length_are_kept():
    log = Log()
    for i in range(100):
        log.say(100000 + i, "mains meter 10 lost: silent, line number %03d" % i)
    kept = list(log.lines())
    assert len(kept) == 41 and kept[-1] == (100099, "mains meter 10 lost: silent, line number 099")
    assert [at for at, text in kept] == list(range(100059, 100100))
    assert log.count == 100


def test_the_ring_keeps_the_newest_and_cuts_the_long():
    log = Log()
    for i in range(500):
        log.say(i, "x" * (i % 200))
        kept = list(log.lines())
        assert kept[-1] == (i, "x" * min(i % 200, LINE))
        assert [at for at, text in kept] == list(range(kept[0][0], i + 1))
        assert sum([5 + len(text) for at, text in kept]) <= SIZE


def test_a_letter_of_several_bytes_is_kept_whole_or_not_at_all():
    log = Log()
    for n in range(90, 97):
        log.say(n, "x" * n + "€€")
        assert list(log.lines())[-1] == (n, "x" * n + "€" * ((LINE - n) // 3))


def test_a_line_that_is_written_while_somebody_reads_spoils_nothing():
    log = Log()
    for i in range(45):
        log.say(i, "a line of some length, number %02d" % i)
    seen = []
    for at, text in log.lines():
        seen.append(at)
        assert text[-2:] == "%02d" % at
        if len(seen) < 60:
            for i in range(3):
                log.say(45 + 3 * len(seen) - 3 + i, "a line of some length, number %02d" % ((45 + 3 * len(seen) - 3 + i) % 100))
        if at > 90:
            break
    assert seen == sorted(set(seen))

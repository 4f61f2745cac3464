"""The screens of what is wrong: known faults in large letters, others by their sentence."""
import faults
import scenes
from ui import errors
from ui.canvas import Canvas, large_width


def test_every_large_line_fits():
    for name, lines, turn in errors.TABLE:
        for line in lines + (turn or ()):
            assert large_width(line) <= 128, line


def test_every_fault_that_touches_the_charge_has_a_screen_of_its_own():
    known = [r[errors.NAME] for r in errors.TABLE]
    for r in faults.TABLE:
        assert r[faults.NAME] in known or r[faults.BAD] == faults.WARN, r[faults.NAME]


def test_the_rcm_screen_takes_turns_every_four_seconds():
    a, b = scenes.frame({"fault": "rcm"}), scenes.frame({"fault": "rcm", "beat_s": 4})
    assert a == scenes.frame({"fault": "rcm", "beat_s": 3}) == scenes.frame({"fault": "rcm", "beat_s": 8})
    assert a != b


def test_a_sentence_is_broken_between_words_and_nothing_is_lost():
    class Paper:
        def __init__(self):
            self.said = []

        def small(self, page, x, text, align):
            self.said.append((page, text))

    paper = Paper()
    text = "There is water in the box; it should not be there at all, said the electrician"
    errors.paragraph(paper, 3, text)
    assert [page for page, line in paper.said] == [3, 4, 5]
    assert " ".join([line for page, line in paper.said]) == text


def test_a_sentence_too_long_for_the_panel_is_no_error():
    errors.paragraph(Canvas(bytearray(1024)), 3, "word " * 200)
    errors.paragraph(Canvas(bytearray(1024)), 3, "w" * 300)

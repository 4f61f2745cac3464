"""How long the display stays lit, and how it goes dark."""
from ui.backlight import STAY_MS, Backlight


def test_the_display_is_lit_for_two_minutes_then_fades_to_dark():
    b = Backlight()
    seen = [b.step(50) for _ in range(STAY_MS // 50)]
    lit = seen.count(255)
    assert 119000 <= lit * 50 <= 119100 and b.left_s() == 0
    fade = seen[lit:]
    assert fade[-1] == 0 and all([a >= b for a, b in zip(fade, fade[1:])])
    assert len(set(fade)) > 10


def test_a_finger_lights_it_again_and_a_program_may_say_for_how_long():
    b = Backlight()
    for _ in range(3000):
        b.step(50)
    assert b.level == 0
    b.stay()
    assert b.step(50) == 255 and b.left_s() == 120
    b.stay(0)
    assert b.step(50) == 0

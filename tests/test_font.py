"""The letters: all there, of the promised size, and each one itself."""
import scenes
from ui import font_large, font_small


def ink(glyph):
    return sum(bin(b).count("1") for b in glyph)


def test_every_letter_from_space_to_tilde_and_two_more_are_drawn():
    assert len(font_small.GLYPHS) == len(font_large.GLYPHS) == 97
    for glyphs in (font_small.GLYPHS, font_large.GLYPHS):
        assert not ink(glyphs[0])
        assert all([ink(g) for g in glyphs[1:]])


def test_no_two_letters_look_the_same():
    assert len(set(font_large.GLYPHS)) == 97
    assert len(set(font_small.GLYPHS)) == 96  # a small O is a nought, as on many a number plate


def test_small_letters_are_one_to_five_columns():
    for g in font_small.GLYPHS:
        assert 1 <= len(g) <= 5


def test_large_letters_are_two_to_twelve_columns_in_two_pages():
    for g in font_large.GLYPHS:
        assert len(g) % 2 == 0
        assert 2 <= len(g) // 2 <= 12


def test_figures_are_all_of_one_width_so_that_numbers_stand_still():
    assert set([len(font_small.GLYPHS[16 + i]) for i in range(10)]) == {5}
    assert len(set([len(font_large.GLYPHS[16 + i]) for i in range(10)])) == 1


def test_capitals_leave_room_above_and_below():
    for c in "ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789":
        g = font_large.GLYPHS[ord(c) - 32]
        wide = len(g) // 2
        for k in range(wide):
            assert not g[k] & 1 and not g[wide + k] & 0xE0


def test_the_fonts_look_as_they_did():
    scenes.same("fonts", scenes.fonts())

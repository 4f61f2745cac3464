"""The sheet: where dots go, and that nothing hangs over its edges."""
import pytest

from ui.canvas import CENTRE, LEFT, RIGHT, Canvas, large_width, small_width


def sheet():
    return Canvas(bytearray(1024))


def dots(buf):
    return sum(bin(b).count("1") for b in buf)


def test_a_line_is_one_dot_high_and_ends_where_it_says():
    c = sheet()
    c.hline(10, 5, 7)
    assert [(i, c.buf[i]) for i in range(1024) if c.buf[i]] == [(133, 4), (134, 4), (135, 4)]


def test_a_line_across_is_the_byte_the_panel_wants():
    c = sheet()
    c.hline(52)
    assert bytes(c.buf[768:896]) == b"\x10" * 128 and dots(c.buf) == 128


def test_clear_blanks_the_pages_it_names_and_no_other():
    c = Canvas(bytearray(b"\xff" * 1024))
    c.clear(2, 3)
    assert bytes(c.buf[:256]) == b"\xff" * 256
    assert bytes(c.buf[256:512]) == bytes(256)
    assert bytes(c.buf[512:]) == b"\xff" * 512
    c.clear()
    assert dots(c.buf) == 0


def test_text_is_as_wide_as_it_says():
    for text in ("10 A by mains", "iiii", "WWW", "12.4kWh", "\u03a3 45\u00b0C"):
        c = sheet()
        c.small(3, 0, text)
        used = [x for x in range(128) if c.buf[3 * 128 + x]]
        assert used[-1] + 1 == small_width(text)
        c = sheet()
        c.large(3, text, 0, LEFT)
        used = [x for x in range(128) if c.buf[3 * 128 + x] or c.buf[4 * 128 + x]]
        assert used[-1] + 1 == min(large_width(text), 128)


def test_right_ends_before_its_column_and_the_middle_is_the_middle():
    c = sheet()
    c.small(0, 46, "12A", RIGHT)
    assert max(x for x in range(128) if c.buf[x]) == 45
    c = sheet()
    c.large(2, "OO")
    used = [x for x in range(128) if c.buf[256 + x]]
    assert abs(used[0] + used[-1] - 127) <= 1


def test_an_empty_text_has_no_width_and_draws_nothing():
    c = sheet()
    c.small(0, 0, "")
    c.large(2, "")
    assert small_width("") == large_width("") == 0
    assert dots(c.buf) == 0


@pytest.mark.parametrize("page,x", [(0, -7), (7, 120), (3, 127), (3, -300), (-1, 5), (8, 5), (99, -99)])
def test_what_hangs_over_the_edge_is_left_out(page, x):
    c = sheet()
    c.small(page, x, "Overhang")
    c.large(page, "Overhang", x, LEFT)
    c.icon(page, x, b"\xff\xff\xff")
    c.fill(page, x, x + 20)
    c.erase(page, x + 300, x + 400)
    c.hline(page * 8, x, x + 50)
    touched = set([i // 128 for i in range(1024) if c.buf[i]])
    assert touched <= {page, page + 1} and touched <= set(range(8))
    if not 0 <= page < 8 or x == -300:
        assert not touched


def test_a_clipped_letter_keeps_the_columns_that_are_on_the_sheet():
    whole, cut = sheet(), sheet()
    whole.small(0, 0, "M")
    cut.small(0, -2, "M")
    assert bytes(cut.buf[:3]) == bytes(whole.buf[2:5])
    cut = sheet()
    cut.large(0, "M", 124, LEFT)
    whole.clear()
    whole.large(0, "M", 0, LEFT)
    assert bytes(cut.buf[124:128]) == bytes(whole.buf[:4])
    assert bytes(cut.buf[252:256]) == bytes(whole.buf[128:132])


def test_drawing_adds_dots_and_erasing_takes_them():
    c = sheet()
    c.fill(3, 10, 20, 0x0F)
    c.fill(3, 15, 25, 0xF0)
    assert c.buf[3 * 128 + 12] == 0x0F and c.buf[3 * 128 + 17] == 0xFF and c.buf[3 * 128 + 22] == 0xF0
    c.erase(3, 12, 16)
    assert c.buf[3 * 128 + 12] == 0 and c.buf[3 * 128 + 17] == 0xFF


def test_a_letter_nobody_drew_is_a_question_mark():
    a, b = sheet(), sheet()
    a.small(0, 0, "\u20ac")
    a.large(2, "\n")
    b.small(0, 0, "?")
    b.large(2, "?")
    assert a.buf == b.buf
    assert CENTRE == 1

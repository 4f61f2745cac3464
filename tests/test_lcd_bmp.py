"""The display as a picture file: its size, its header, and pixels where they belong."""
from proto import lcd_bmp


def picture(*pixels):
    frame = bytearray(1024)
    for x, y in pixels:
        frame[y // 8 * 128 + x] |= 1 << y % 8
    return b"".join(lcd_bmp.rows(frame))


def test_the_file_has_the_size_its_header_says():
    data = picture()
    assert len(data) == lcd_bmp.SIZE == 1086
    assert data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == 1086
    assert int.from_bytes(data[10:14], "little") == 62
    assert (int.from_bytes(data[18:22], "little"), int.from_bytes(data[22:26], "little")) == (128, 64)
    assert data[62:] == bytes(1024)


def test_the_corners_lie_bottom_up_and_left_first():
    assert picture((0, 0))[62 + 63 * 16] == 0x80
    assert picture((127, 0))[62 + 63 * 16 + 15] == 0x01
    assert picture((0, 63))[62] == 0x80
    assert picture((127, 63))[62 + 15] == 0x01
    assert picture((9, 17))[62 + (63 - 17) * 16 + 1] == 0x40

"""Pictures of the display: text and back, and a PNG that others can read."""
import struct
import zlib

import pytest

import scenes
from tools import lcd_png


def pixels(data: bytes):
    """Width, height and rows of bits of a PNG, its checksums verified."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, found = 8, {}
    while at < len(data):
        size, = struct.unpack(">I", data[at:at + 4])
        kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0] == zlib.crc32(kind + body)
        found[kind] = body
        at += 12 + size
    assert set(found) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    wide, high, depth, colour = struct.unpack(">IIBB", found[b"IHDR"][:10])
    assert (depth, colour) == (1, 3)
    raw = zlib.decompress(found[b"IDAT"])
    step = (wide + 7) // 8 + 1
    assert len(raw) == step * high
    return wide, high, ["".join(f"{b:08b}" for b in raw[y * step + 1:y * step + step])[:wide] for y in range(high)]


@pytest.mark.parametrize("scale", [1, 3, 4])
def test_every_dot_becomes_a_square(scale):
    frame = scenes.frame({"mode": 2, "plugged": 1, "charging": 1})
    wide, high, rows = pixels(lcd_png.png(frame, scale))
    edge = lcd_png.BORDER
    assert (wide, high) == ((128 + 2 * edge) * scale, (64 + 2 * edge) * scale)
    for y in range(64):
        for x in range(128):
            assert rows[(y + edge) * scale][(x + edge) * scale + scale - 1] == str(lcd_png.dot(frame, x, y))
    assert set(rows[0]) == {"0"}


def test_text_and_frame_are_the_same_thing():
    for name, fields in scenes.SCENES:
        frame = scenes.frame(fields)
        assert lcd_png.frame_of(lcd_png.art(frame)) == frame, name


@pytest.mark.parametrize("text", ["", "x\n" * 32, "\n" * 31, "\n" * 33, ":" * 129 + "\n" * 32])
def test_what_is_no_frame_is_refused(text):
    with pytest.raises(ValueError):
        lcd_png.frame_of(text)


def test_a_scale_out_of_range_is_refused():
    for scale in (0, 33):
        with pytest.raises(ValueError):
            lcd_png.png(bytes(1024), scale)


def test_the_command_makes_a_picture_of_a_golden_frame(tmp_path):
    target = tmp_path / "ready.png"
    assert lcd_png.main([scenes.FOLDER + "ready.txt", str(target), "2"]) == 0
    assert pixels(target.read_bytes())[0] == 268
    assert lcd_png.main([]) == 2

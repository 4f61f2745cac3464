"""Every make of meter as a real Modbus server shows it: pymodbus on a pty, read through our own frames.

The registers are written out here by hand, number by number, as the makers'
sheets have them: this file knows neither our table nor that of the plant.
"""
import json
import struct
import subprocess

import pytest
from peers import INTERPRETERS, Wires, needs

pytestmark = pytest.mark.live(13, together=True)
UNIT = 11


def f32(*values):
    return [w for v in values for w in struct.unpack(">HH", struct.pack(">f", v))]


def i32(*values):
    return [w for v in values for w in struct.unpack(">HH", struct.pack(">i", v))]


def i32_low_first(*values):
    return [w for v in values for w in reversed(struct.unpack(">HH", struct.pack(">i", v)))]


def i16(*values):
    return [v & 0xFFFF for v in values]


def u64(value):
    return list(struct.unpack(">HHHH", struct.pack(">Q", value)))


AMPS, WATTS = (5.25, 16.0, 0.5), (1207.0, -3680.0, -115.0)   # import on L1, export on L2 and L3
SIGNED = (5.25, -16.0, -0.5)
MA, W, MV = [5250, -16000, -500], [1207, -3680, -115], [230000, 231500, 229000]
SUM = [-2588, 0, 0]
V = (230.0, 231.5, 229.0)
LINES = (400.0, 401.0, 399.0)
IN, OUT = 1234500, 77250      # Wh

EASTRON = [[0x0000, f32(*V) + f32(*AMPS) + f32(*WATTS)], [0x0034, f32(-2588)], [0x0048, f32(1234.5, 77.25)]]
# model: registers, then currents, powers, voltages, counters that must come of them
MAKES = {
    2: ([[0x0000, i32_low_first(2300, 2315, 2290, 4000, 4010, 3990, 5250, -16000, -500)], [0x0028, i32_low_first(-25880)],
         [0x003E, i32_low_first(12345)]], MA, SUM, MV, IN, 0),
    3: ([[0x1000, f32(*V, *LINES, 0, *SIGNED)], [0x1026, f32(-2588)], [0x1106, f32(1234500)], [0x110E, f32(77250)]],
        MA, SUM, MV, IN, OUT),
    4: (EASTRON, MA, W, MV, IN, OUT),
    5: ([[0x0000, f32(*V) + f32(*AMPS) + f32(*[-w for w in WATTS])], [0x0048, f32(77.25, 1234.5)]], MA, W, MV, IN, OUT),
    6: ([[0x5000, u64(123450) + u64(7725)], [0x5B00, i32(2300, 2315, 2290, 4000, 4010, 3990, 525, 1600, 50, 0)
                                             + i32(-258800, 120700, -368000, -11500)]], MA, W, MV, IN, OUT),
    7: ([[40190, i16(-1125, 525, -1600, -50, -2) + i16(2300, 2300, 2315, 2290, 4000, 4000, 4010, 3990, -1) + i16(5000, -2)
          + i16(-2588, 1207, -3680, -115, 0)], [40226, i32(77250)], [40234, i32(1234500)]], MA, W, MV, IN, OUT),
    8: ([[0x5002, f32(*V, 50.0, 0, *SIGNED)], [0x5012, f32(-2.588)], [0x600C, f32(1234.5)], [0x6018, f32(77.25)]],
        MA, SUM, MV, IN, OUT),
    10: ([[0x0000, f32(230.0, 0, 0, 16.0, 0, 0, -3680.0, 0, 0)], [0x0048, f32(1234.5, 77.25)]],
         [-16000, 0, 0], [-3680, 0, 0], [230000, 0, 0], IN, OUT),
    11: ([[2500, f32(*V, *LINES, 0, 0, *AMPS, 0, 0, 0, 0, *WATTS, -2588)], [2638, f32(1234500)]], MA, W, MV, IN, 0),
    12: ([[0x0000, i16(2300, 2315, 2290, 525, -1600, -50)], [0x0008, i16(1207, -3680, -115)], [0x0027, i32(123450)],
          [0x0031, i32(7725)]], MA, W, MV, IN, OUT),
    14: ([[0x0BB7, f32(*AMPS) + f32(*[0] * 11) + f32(*V) + f32(*[0] * 10) + f32(*[w / 1000 for w in WATTS], -2.588)],
          [0xB02B, f32(1234.5, 77.25)]], MA, W, MV, IN, OUT),
    15: ([[0x101E, f32(1234.5)], [0x1028, f32(77.25)], [0x2000, f32(4000, 4010, 3990, 2300, 2315, 2290, 5250, 16000, 500)
                                                        + f32(-25880, 12070, -36800, -1150)]], MA, W, MV, IN, OUT),
    16: ([[0x0000, i32_low_first(2300, 2315, 2290, 4000, 4010, 3990, 5250, -16000, -500)], [0x0028, i32_low_first(-25880)],
          [0x0034, i32_low_first(12345)], [0x004E, i32_low_first(772)]], MA, SUM, MV, IN, 77200),
    17: ([[0x2000, f32(230.0, 16.0, -3.68)], [0x4000, f32(1234.5)], [0x400A, f32(77.25)]],
         [-16000, 0, 0], [-3680, 0, 0], [230000, 0, 0], IN, OUT),
}


@pytest.fixture(scope="module")
def line(tmp_path_factory):
    """A tty on which a meter can be asked, and a function that says which one it is."""
    wires = Wires(tmp_path_factory.mktemp("line"))
    server = None

    def be(blocks):
        nonlocal server
        said = json.dumps({"blocks": blocks})
        if server:
            wires.tell(server, said)
        else:
            server = wires.serve("make_server.py", said)
        return wires.ours
    yield be
    wires.end()


def read(interpreter, tty, model, **cfg):
    needs(interpreter)
    words = ["%s=%s" % pair for pair in cfg.items()]
    done = subprocess.run([*interpreter, "tests/host/make_probe.py", tty, str(model), *words], capture_output=True, text=True,
                          timeout=60)
    print(done.stdout, done.stderr)
    return done.stdout.strip()


@pytest.mark.parametrize("interpreter", INTERPRETERS)
@pytest.mark.parametrize("model", sorted(MAKES))
def test_a_meter_of_this_make_is_read_with_its_signs(line, model, interpreter):
    blocks, ma, w, mv, into, out = MAKES[model]
    said = read(interpreter, line(blocks), model)
    assert said == "%s %s %s %d %d sound" % (ma, w, mv, into, out)


def test_an_abb_counter_beyond_32_bits_is_not_taken_for_a_small_one(line):
    blocks = [[0x5000, u64(1 << 32) + u64(7725)], MAKES[6][0][1]]
    assert read(INTERPRETERS[0], line(blocks), 6) == "%s %s %s 0 77250 range 2" % (MA, W, MV)


def test_what_a_meter_does_not_have_is_asked_twice_and_costs_nothing_else(line):
    blocks = [MAKES[8][0][0], MAKES[8][0][1], MAKES[8][0][2]]  # a WAGO that counts no export
    assert read(INTERPRETERS[0], line(blocks), 8) == "%s %s %s 1234500 0 exception 2" % (MA, SUM, MV)


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_custom_meter_is_read_as_its_owner_describes_it(line, interpreter):
    def swapped(words):
        return [w >> 8 | (w & 255) << 8 for w in words]
    blocks = [[100, swapped(i32_low_first(2300, 2315, 2290))], [200, swapped(i32_low_first(525, -1600, -50))],
              [300, swapped(i32_low_first(-2588))], [400, swapped(i32_low_first(12345))]]
    said = read(interpreter, line(blocks), 19, em_order=0, em_type="INT32", em_function=3, em_u_reg=100, em_u_div=1, em_i_reg=200,
                em_i_div=2, em_p_reg=300, em_p_div=0, em_e_reg=400, em_e_div=1)
    assert said == "%s %s %s 1234500 0 sound" % (MA, SUM, MV)


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_sensorbox_with_a_smart_meter_is_read(line, interpreter):
    blocks = [[0, [0x0114, 0x3283] + f32(*V) + f32(*SIGNED) + f32(0, 0, 0) + [0x0201, 0, 0, 0, 0xC0A8, 0x014D] + [0] * 6]]
    said = read(interpreter, line(blocks), 1)
    assert said == "%s [1208, -3704, -115] %s 0 0 sound" % (MA, MV)

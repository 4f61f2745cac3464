"""The SmartEVSE v3 board on the imaginary chip: what only a chip can do wrong."""

import time

import pytest

from tests.fakes.benches import ChipBench
from tests.fakes.chip import Chip
from tests.fakes.modules import board_on, load


@pytest.fixture
def bench(tmp_path):
    made = ChipBench(str(tmp_path))
    made.board.start(made.tick)
    made.run(200)
    return made


def test_the_board_is_told_by_the_package_of_its_chip(tmp_path):
    assert board_on(Chip(package=4), str(tmp_path)).name == "v31"
    for package in (0, 1, 5):
        assert board_on(Chip(package=package), str(tmp_path)).name == "v30"


def test_the_serial_is_burnt_in_or_the_end_of_the_address(tmp_path):
    chip = Chip(own_id=4711)
    assert board_on(chip, str(tmp_path)).serial == 4711
    assert chip.hostname == "SmartEVSE-4711"
    assert board_on(Chip(own_id=0), str(tmp_path)).serial == 5 << 8 | 6


def test_contactors_and_pilot_wire_are_safe_before_anything_else(tmp_path):
    chip = Chip()
    board_on(chip, str(tmp_path))
    first = [(n, level) for _, n, level in chip.edges[:3]]
    assert first == [(32, 0), (27, 0), (15, 1)]


def test_the_pilot_is_the_first_pwm_and_made_only_once(bench):
    first = bench.chip.pwm_objects[0]
    assert first.n == 19 and first.hz == 1000
    bench.out.duty_bp = 1667
    bench.run(500)
    assert first.changes <= 3


def test_boot_makes_safe_speeds_up_and_puts_the_firmware_on_trial():
    chip = Chip()
    early = load(chip)["hal.early"]
    early.pins()
    early.clock()
    early.trial()
    assert (chip.out[32], chip.out[27], chip.out[15], chip.out[22]) == (0, 0, 1, 0)
    assert chip.hz == 240000000 and chip.dog_ms == 30000 and chip.approved == 0
    assert early.approve() == 1 and chip.approved == 1


def test_read_and_write_stay_within_three_milliseconds(bench):
    for duty in (600, 1000, 5000, 9600, 10000):
        bench.out.duty_bp = duty
        bench.run(300)
    assert 0 < bench.board.worst_us < 3000


def test_stale_calls_after_a_stall_are_skipped_and_the_time_is_not_lost(bench):
    bench.dts.clear()
    was = bench.board.skipped
    bench.chip.now += 60000  # flash was erased; six ticks wait in the queue
    bench.run(100)
    assert sum(bench.dts) in range(150, 170)
    assert max(bench.dts) >= 60
    assert bench.board.late == 1
    assert bench.board.skipped > was


def test_lost_microseconds_add_up(bench):
    bench.dts.clear()
    for i in range(300):
        bench.chip.jitter_us = i * 337 % 1000
        bench.run(10)
    assert abs(sum(bench.dts) - 3000) <= 11


def test_a_dead_tick_starves_the_watchdog(bench):
    assert bench.chip.dog_ms == 2000
    bench.board.feed()
    assert len(bench.chip.fed) == 1
    bench.wrong = ValueError("bad")
    bench.run(20)
    bench.board.feed()
    assert len(bench.chip.fed) == 1


def test_a_spike_on_the_residual_current_line_is_not_a_trip(bench):
    looks = iter((1, 0) * 50)
    usual = bench.chip.look
    bench.chip.look = lambda n: next(looks) if n == 13 else usual(n)
    bench.run(100)
    assert bench.inp.rcm == 0


def test_one_odd_reading_of_the_cable_is_not_believed(bench):
    bench.cable(680)
    bench.run(500)
    bench.cable(100)
    bench.run(100)
    bench.cable(680)
    seen = set()
    for _ in range(50):
        bench.run(10)
        seen.add(bench.inp.pp_ohm)
    assert len(seen) == 1 and abs(seen.pop() - 680) < 10


@pytest.mark.parametrize("level,locked", [(0, 1), (1, 0)])
def test_the_lock_speaks_as_a_solenoid_does(bench, level, locked):
    bench.chip.level[35] = level
    bench.run(20)
    assert bench.inp.locked == locked


def test_the_lock_never_passes_through_the_opposite_command(bench):
    for drive in (1, 0, 2, 0, 1, 2, 1):
        start = len(bench.chip.edges)
        before = bench.lock_line()
        bench.out.lock_drive = drive
        bench.run(10)
        levels = {17: before != 1, 18: before != 2}
        for _, n, level in bench.chip.edges[start:]:
            if n in levels:
                levels[n] = bool(level)
                meant = {(True, True): 0, (False, True): 1, (True, False): 2}[levels[17], levels[18]]
                assert meant in (before, drive, 0)


@pytest.mark.parametrize("baud,parity,n", [(9600, 0, 8), (9600, 2, 8), (9600, 0, 1), (1200, 0, 8), (19200, 1, 64), (115200, 0, 256)])
def test_the_direction_line_covers_the_frame_and_falls_before_a_slave_may_answer(bench, baud, parity, n):
    bus, chip = bench.board.rs485, bench.chip
    bus.configure(baud, parity)
    chip.edges.clear()
    bus.write(bytes(n))
    bench.run(400)
    begun, ended = chip.uart.frames[-1]
    up, down = [(us, level) for us, pin, level in chip.edges if pin == 22]
    assert up[1] == 1 and up[0] <= begun
    assert down[1] == 0 and ended <= down[0]
    bits = 10 if parity == 0 else 11
    silence = max(1750, 35 * bits * 100000 // baud)
    assert down[0] - ended < min(3600, silence + 1000)
    assert len(chip.wire.heard) == n and not chip.wire.muffled


def test_two_frames_in_a_row_are_both_covered(bench):
    bus, chip = bench.board.rs485, bench.chip
    chip.edges.clear()
    bus.write(bytes(8))
    bench.run(3)
    bus.write(bytes(8))
    bench.run(100)
    lows = [us for us, pin, level in chip.edges if pin == 22 and not level]
    assert len(lows) == 1 and 0 <= lows[0] - chip.uart.frames[-1][1] < 1000
    assert len(chip.wire.heard) == 16 and not chip.wire.muffled


@pytest.mark.parametrize("late_us,lost", [(600, 0), (2000, 1)])
def test_a_uart_that_is_slower_than_computed_is_waited_for(bench, late_us, lost):
    bus, chip = bench.board.rs485, bench.chip
    bus.write(bytes(8))
    chip.uart.until += late_us
    chip.edges.clear()
    bench.run(40)
    assert [level for us, pin, level in chip.edges if pin == 22 and us >= chip.uart.until] == [0]
    assert chip.out[22] == 0 and bus.lost == lost


def test_a_lost_timer_call_does_not_keep_the_line_up(bench):
    bus = bench.board.rs485
    bus.write(bytes(8))
    bus.timer.deinit()  # the scheduler's queue was full
    bench.run(40)
    assert bench.chip.out[22] == 0 and bus.lost == 1
    bus.write(bytes(8))
    bench.run(40)
    assert bench.chip.out[22] == 0 and bus.lost == 1


@pytest.mark.parametrize("call,name", [
    (lambda b: b.rs485.write(b""), "buf"), (lambda b: b.rs485.write(bytes(257)), "buf"),
    (lambda b: b.rs485.configure(300, 0), "baud"), (lambda b: b.rs485.configure(9600, 3), "parity"),
    (lambda b: b.lcd.show(8, bytes(128)), "page"), (lambda b: b.lcd.show(0, bytes(127)), "buf"),
    (lambda b: b.lcd.backlight(256), "level"), (lambda b: b.leds(0, -1, 0), "r, g, b"),
    (lambda b: b.net.join("", "password"), "ssid"), (lambda b: b.net.join("x" * 33, ""), "ssid"),
    (lambda b: b.net.join("home", "short"), "password")])
def test_bad_arguments_are_refused_by_name(bench, call, name):
    edges = len(bench.chip.edges)
    with pytest.raises(ValueError, match=name):
        call(bench.board)
    assert len(bench.chip.edges) == edges and not bench.chip.wire.heard


def test_the_panel_is_set_up_blank_and_switched_on_last(bench):
    panel = bench.chip.panel
    bench.board.lcd.show(3, b"\xff" * 128)
    panel.commands = bytearray()
    bench.board.lcd.restart()
    assert panel.commands.startswith(b"\xa2\xa0\xc8\x24\xf8\x01\x81\x24\xa6\xa4\x2f")
    assert panel.commands.endswith(b"\xaf")
    assert all(not any(page) for page in panel.pages)


def test_buttons_are_read_while_the_panel_is_drawn_between_ticks(bench):
    bench.press(6)
    for page in range(8):
        bench.board.lcd.show(page, b"\x55" * 128)
        bench.run(10)
        assert bench.inp.buttons == 6
    assert all(page == b"\x55" * 128 for page in bench.chip.panel.pages)


def test_a_tick_in_the_middle_of_a_page_leaves_the_panel_its_lines(bench):
    """With a second thread about, the tick may run while the page is on its way."""
    bench.press(0)
    bench.run(20)
    spi = bench.board.lcd.spi
    usual = spi.write

    def write(data):
        bench.press(7)
        bench.board.read(bench.inp)
        usual(data)

    spi.write = write
    bench.board.lcd.show(2, b"\x0f" * 128)
    spi.write = usual
    assert bench.inp.buttons == 0 and bytes(bench.chip.panel.pages[2]) == b"\x0f" * 128
    bench.run(20)
    assert bench.inp.buttons == 7


def test_wifi_joins_by_itself_and_says_how_far_it_is(bench):
    net, radio = bench.board.net, bench.chip.radio
    assert net.status() == (0, "") and net.rssi() == 0 and net.dns() == ""
    net.join("home", "")
    assert radio["asked"] == [("home", None)] and net.status() == (1, "")
    radio["up"] = True
    assert net.status() == (2, "192.0.2.7") and net.rssi() == -60 and net.dns() == "192.0.2.1"
    assert bench.chip.wlan.settings == {"pm": 0, "reconnects": -1}
    radio["refuse"] = True
    net.join("other", "password")
    assert net.refused == 1 and net.status()[0] == 0


def test_a_half_written_file_is_known(bench, tmp_path):
    bench.board.store.save("settings", b"good")
    (tmp_path / "settings").write_bytes(b"good")
    assert bench.board.store.load("settings") is None
    assert bench.board.store.torn == 1
    (tmp_path / "settings").write_bytes(bytes(4))
    assert bench.board.store.load("settings") is None


def test_the_fakes_leave_no_trace():
    import sys
    before = dict(sys.modules)
    load(Chip())
    assert {k: v for k, v in sys.modules.items() if k in before} == before
    assert time is sys.modules["time"]

"""What every board owes, asked of each: v3.0 and v3.1 on an imaginary chip, and the simulator."""

import pytest

from hal import store
from tests.fakes.benches import ChipBench, SimBench
from tests.fakes.cut_disk import Cut, CutDisk

BOARDS = {"v30": (ChipBench, 0), "v31": (ChipBench, 4), "sim": (SimBench, 0)}


@pytest.fixture(params=BOARDS)
def bench(request, tmp_path):
    kind, package = BOARDS[request.param]
    made = kind(str(tmp_path), package)
    assert made.board.name == request.param
    return made


def started(bench):
    bench.board.start(bench.tick)
    bench.run(300)
    return bench


def test_the_tick_comes_every_ten_milliseconds_and_says_how_long_it_was(bench):
    started(bench)
    bench.dts.clear()
    bench.run(1000)
    assert 99 <= len(bench.dts) <= 101
    assert abs(sum(bench.dts) - 1000) <= 10


def test_outputs_reach_the_contactors_and_the_lock(bench):
    started(bench)
    for c1, c2, lock in ((1, 0, 1), (1, 1, 0), (0, 0, 2), (0, 0, 0)):
        bench.out.c1, bench.out.c2, bench.out.lock_drive = c1, c2, lock
        bench.run(20)
        assert bench.contactors() == (c1, c2)
        assert bench.lock_line() == lock


@pytest.mark.parametrize("duty_bp", [0, 533, 1000, 1667, 5000, 8533, 9600, 10000])
def test_the_duty_reaches_the_pilot_and_is_never_more_than_asked(bench, duty_bp):
    started(bench)
    bench.out.duty_bp = duty_bp
    bench.run(20)
    assert bench.duty_bp() == duty_bp


def test_the_pilot_wire_opens_and_closes(bench):
    started(bench)
    for connected in (0, 1):
        bench.out.connected = connected
        bench.run(20)
        assert bench.wire_open() == 1 - connected


@pytest.mark.parametrize("high_mv", [3000, 6000, 9000])
def test_a_fresh_sample_is_fresh_and_has_both_plateaus(bench, high_mv):
    started(bench)
    bench.out.duty_bp = 1667
    bench.run(20)
    bench.pilot(high_mv, -12000)
    bench.run(50)
    assert bench.inp.fresh == 1
    assert abs(bench.inp.cp_high_mv - high_mv) < 300
    assert abs(bench.inp.cp_low_mv + 12000) < 300


def test_a_steady_pilot_has_equal_plateaus(bench):
    started(bench)
    bench.pilot(9000, -12000)
    bench.run(50)
    assert bench.inp.fresh == 1
    assert abs(bench.inp.cp_high_mv - 9000) < 300
    assert bench.inp.cp_high_mv == bench.inp.cp_low_mv


@pytest.mark.parametrize("duty_bp", [1000, 5000, 10000])
def test_a_frozen_pilot_is_not_fresh(bench, duty_bp):
    started(bench)
    bench.out.duty_bp = duty_bp
    bench.run(50)
    bench.freeze()
    bench.run(50)
    assert bench.inp.fresh == 0


def test_residual_current_switch_and_buttons_are_seen_at_once(bench):
    started(bench)
    for on in (1, 0):
        bench.residual(on)
        bench.close_switch(on)
        bench.press(5 * on)
        bench.run(20)
        assert (bench.inp.rcm, bench.inp.switch, bench.inp.buttons) == (on, on, 5 * on)


@pytest.mark.parametrize("ohm", [100, 220, 680, 65535])
def test_the_cable_is_known_within_half_a_second(bench, ohm):
    started(bench)
    bench.cable(ohm)
    bench.run(500)
    assert abs(bench.inp.pp_ohm - ohm) <= ohm // 20 or bench.inp.pp_ohm == ohm


def test_the_temperature_is_known_within_half_a_second(bench):
    started(bench)
    bench.warmth(67)
    bench.run(500)
    assert bench.inp.temp_c == 67


def test_what_goes_out_on_rs485_comes_back_from_an_echo(bench):
    started(bench)
    frame = bytes(range(1, 9))
    assert bench.board.rs485.read(8) is None
    bench.board.rs485.configure(9600, 0)
    bench.board.rs485.write(frame)
    bench.echo(frame)
    got = b""
    for _ in range(20):
        got += bench.board.rs485.read(3) or b""
        bench.run(10)
    assert got == frame


def test_a_page_arrives_on_the_display(bench):
    started(bench)
    for page in range(8):
        bench.board.lcd.show(page, bytes((page + i) & 255 for i in range(128)))
    for page in range(8):
        assert bench.page(page) == bytes((page + i) & 255 for i in range(128))
    bench.board.lcd.backlight(200)
    assert bench.backlight() == 200
    bench.board.lcd.restart()


def test_the_light_takes_its_colour(bench):
    bench.board.leds(255, 128, 0)
    assert bench.light() == (255, 128, 0)


def test_the_network_answers_without_waiting(bench):
    bench.board.net.join("home", "password")
    state, ip = bench.board.net.status()
    assert state in (1, 2) and isinstance(ip, str)
    assert isinstance(bench.board.net.rssi(), int)
    assert isinstance(bench.board.net.dns(), str)


def test_the_store_gives_back_what_it_was_given(bench):
    assert bench.board.store.load("settings") is None
    bench.board.store.save("settings", b"one")
    bench.board.store.save("settings", b"two" * 300)
    assert bench.board.store.load("settings") == b"two" * 300


def test_reset_opens_everything_first(bench):
    started(bench)
    bench.out.c1 = bench.out.c2 = 1
    bench.run(20)
    bench.board.feed()
    bench.board.reset()
    assert bench.contactors() == (0, 0)
    assert bench.restarted() == 1


def test_a_save_cut_at_any_point_leaves_the_old_or_the_new(tmp_path, monkeypatch):
    seen = set()
    for steps in range(1000):
        folder = tmp_path / str(steps)
        folder.mkdir()
        keep = store.Store(str(folder))
        keep.save("settings", b"the old one")
        with monkeypatch.context() as patch:
            disk = CutDisk(steps)
            patch.setattr(store, "open", disk.open, raising=False)
            patch.setattr(store, "os", disk)
            try:
                keep.save("settings", b"the new one, longer")
                cut = False
            except Cut:
                cut = True
        after = store.Store(str(folder)).load("settings")
        assert after in (b"the old one", b"the new one, longer")
        seen.add(after)
        if not cut:
            assert after == b"the new one, longer"
            break
    assert steps > 20 and len(seen) == 2


def test_a_tick_that_raises_opens_everything_for_good_and_is_counted(bench):
    started(bench)
    bench.out.c1 = bench.out.c2 = 1
    bench.run(20)
    assert bench.contactors() == (1, 1)
    bench.wrong = OSError("broken")
    bench.run(20)
    assert bench.contactors() == (0, 0) and bench.wire_open() == 1
    assert bench.board.crashes >= 1 and bench.board.crash is bench.wrong
    bench.wrong = None
    bench.run(100)
    assert bench.contactors() == (0, 0)


def test_nothing_closes_before_the_first_tick(bench):
    assert bench.contactors() == (0, 0)
    assert bench.wire_open() == 1
    bench.run(100)
    assert bench.contactors() == (0, 0)


@pytest.mark.parametrize("what,bad", [
    ("save", ("", b"")), ("save", ("../settings", b"")), ("save", ("a" * 21, b"")), ("save", ("settings", bytes(4097)))])
def test_the_store_refuses_what_it_cannot_keep(bench, what, bad):
    bench.board.store.save("settings", b"good")
    with pytest.raises(ValueError):
        bench.board.store.save(*bad)
    assert bench.board.store.load("settings") == b"good"

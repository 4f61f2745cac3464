"""The board over a plant: what the terminals show, what the outputs do. Runs on every interpreter."""
import pytest
from hal.io import Inputs, Outputs
from hal.sim import Sim

from tools.plant.site import Site


def board():
    sim = Sim(Site())
    return sim, Inputs(), Outputs()


def offer(sim, out, duty_bp):
    out.duty_bp = duty_bp
    sim.write(out)


def test_before_the_first_tick_everything_is_off_and_the_pilot_wire_is_open():
    sim = board()[0]
    assert (sim.plant.connected, sim.plant.contactors.c1, sim.plant.cp_high_mv) == (0, 0, 0)


def test_an_empty_socket_shows_twelve_volts_and_no_cable():
    sim, inp, out = board()
    sim.write(out)
    sim.read(inp)
    assert (inp.cp_high_mv, inp.cp_low_mv, inp.pp_ohm, inp.fresh) == (12000, 12000, 65535, 1)


def test_a_car_is_plugged_in_hears_an_offer_and_closes_s2_two_seconds_later():
    sim, inp, out = board()
    sim.plant.car.plugged = True
    offer(sim, out, 10000)
    sim.run(100)
    sim.read(inp)
    assert (inp.cp_high_mv, inp.cp_low_mv, inp.pp_ohm) == (9000, 9000, 220)
    offer(sim, out, 2667)
    sim.read(inp)
    assert (inp.cp_high_mv, inp.cp_low_mv) == (9000, -12000)
    sim.run(1990)
    sim.read(inp)
    assert inp.cp_high_mv == 9000
    sim.run(10)
    sim.read(inp)
    assert (inp.cp_high_mv, inp.cp_low_mv) == (6000, -12000)


@pytest.mark.parametrize("duty_bp, high, low", [(10000, 9000, 9000), (5000, 9000, -9000), (0, -9000, -9000)])
def test_a_car_without_a_diode_mirrors_the_lower_half(duty_bp, high, low):
    sim, inp, out = board()
    sim.plant.car.plugged, sim.plant.car.diode = True, False
    sim.run(10)
    offer(sim, out, duty_bp)
    sim.run(10)
    sim.read(inp)
    assert (inp.cp_high_mv, inp.cp_low_mv) == (high, low)


def test_the_switches_sensors_and_buttons_are_read_as_they_stand():
    sim, inp, out = board()
    plant = sim.plant
    plant.rcm, plant.temp_c, plant.switch = 1, -7, 1
    plant.panel.press("middle", 50)
    sim.run(20)
    sim.read(inp)
    assert (inp.rcm, inp.temp_c, inp.switch, inp.buttons) == (1, -7, 1, 2)
    sim.run(100)
    sim.read(inp)
    assert inp.buttons == 0


def test_the_lock_has_travelled_after_three_tenths_of_a_second():
    sim, inp, out = board()
    out.lock_drive = 1
    sim.write(out)
    sim.run(290)
    sim.read(inp)
    assert inp.locked == 0
    sim.run(10)
    sim.read(inp)
    assert inp.locked == 1
    out.lock_drive = 2
    sim.write(out)
    sim.run(300)
    sim.read(inp)
    assert inp.locked == 0


def test_the_meter_answers_on_the_boards_own_rs485():
    sim, inp, out = board()
    sim.plant.house.set_ma(5000, 0, 0)
    sim.run(1000)
    sim.rs485.write(b"\x0a\x04\x00\x06\x00\x02\x90\xb1")
    sim.run(100)
    got = sim.rs485.read(32)
    assert got is not None and got[:7] == b"\x0a\x04\x04\x40\xa0\x00\x00"


def test_a_tick_that_raises_leaves_everything_off_and_starves_the_watchdog():
    sim, inp, out = board()

    def tick(dt_ms):
        out.c1 = 1
        sim.write(out)
        raise ValueError("a bug")

    sim.start(tick)
    sim.run(10)
    sim.feed()
    assert (sim.crashes, sim.feeds, sim.plant.contactors.c1, sim.plant.connected) == (1, 0, 0, 0)
    out.c1 = 1
    sim.write(out)
    assert sim.plant.contactors.c1 == 0
    assert isinstance(sim.crash, ValueError)


def test_what_is_kept_comes_back_and_bad_names_and_sizes_are_refused():
    sim = board()[0]
    assert sim.store.load("settings") is None
    sim.store.save("settings", b"abc")
    assert sim.store.load("settings") == b"abc"
    with pytest.raises(ValueError):
        sim.store.save("../settings", b"")
    with pytest.raises(ValueError):
        sim.store.save("settings", bytes(4097))
    assert sim.store.load("settings") == b"abc"


@pytest.mark.parametrize("page, size", [(8, 128), (-1, 128), (0, 127)])
def test_a_page_that_the_display_has_not_is_refused(page, size):
    sim = board()[0]
    with pytest.raises(ValueError):
        sim.lcd.show(page, bytearray(size))


def test_the_display_and_the_light_arrive_in_the_plant():
    sim = board()[0]
    sim.lcd.show(3, bytes(127) + b"\x81")
    sim.lcd.backlight(99)
    sim.leds(1, 2, 3)
    assert sim.plant.pages[3][127] == 0x81
    assert (sim.plant.level, sim.plant.rgb) == (99, (1, 2, 3))
    with pytest.raises(ValueError):
        sim.leds(0, 0, 256)


def test_a_timer_of_ours_fires_the_ticks_in_virtual_time():
    from tools.plant import vclock
    vclock.install()
    try:
        sim = Sim(Site(), vclock)
        ticks = []
        sim.start(ticks.append)

        async def story():
            began = vclock.ticks_ms()
            await vclock.sleep_ms(3600)
            return vclock.ticks_diff(vclock.ticks_ms(), began)

        assert vclock.run(story()) == 3600
        assert ticks == [10] * 360
        assert sim.plant.now_ms == 3600
    finally:
        vclock.remove()

"""The face on a whole house: buttons work, pages that changed are sent, nobody waits for the panel."""
import asyncio

import pytest

import faults
from app import clock
from evse import why
from evse.iec61851 import B1, B2
from face_house import LEFT, MIDDLE, RIGHT, House, run
from tools import lcd_png


def test_the_first_frame_goes_to_the_panel_whole():
    house = House()
    house.live(50)
    assert sorted(house.board.lcd.sent) == list(range(8))
    assert house.board.lcd.buf == house.face.frame and house.face.frame_serial == 1
    assert "'" in lcd_png.art(house.face.frame)


def test_only_pages_that_changed_are_sent():
    house = House()
    house.live(50)
    house.board.lcd.sent.clear()
    house.live(3000)
    assert house.board.lcd.sent == [] and house.face.frame_serial == 1
    house.cfg.put("access", "off")
    house.live(50)
    assert house.board.lcd.sent == [2, 3, 4, 5] and house.face.frame_serial == 2
    assert house.board.lcd.buf == house.face.frame


def test_a_change_of_state_is_drawn_at_once():
    house = House()
    house.live(1050)
    house.charge()
    house.live(50)
    assert house.face.view.charging and house.board.lcd.buf == house.face.frame
    assert house.face.view.offered_ma == 13000 and house.face.view.by == "MAX"


def test_the_blobs_move_once_a_second():
    house = House("smart")
    house.charge()
    house.live(50)
    before = house.face.frame_serial
    house.live(5000)
    assert house.face.frame_serial == before + 5


def test_holding_left_switches_off_and_holding_right_on_again_in_the_same_mode():
    house = House("solar")
    house.live(2100, LEFT)
    house.live(100)
    assert house.control.mode() == "off"
    house.live(2100, RIGHT)
    house.live(100)
    assert house.control.mode() == "solar"


def test_a_tap_swaps_smart_and_solar_and_never_grants_access():
    house = House("smart")
    house.push(LEFT)
    assert house.control.mode() == "solar"
    house.cfg.put("access", "off")
    house.push(LEFT)
    assert house.control.mode() == "off" and house.cfg.mode == 1


def test_the_menu_sets_through_control_and_shows_its_refusal():
    house = House()
    house.cfg.put("mains_meter", 0)
    house.live(2100, MIDDLE)
    house.live(50)
    house.push(MIDDLE)
    house.push(RIGHT)
    house.push(MIDDLE)
    assert "mains meter" in house.face.menu.message and house.cfg.mode == 0
    house.cfg.put("mains_meter", "API")
    house.push(MIDDLE)
    assert house.cfg.mode == 1 and "mode set" in house.lines()


def test_a_button_on_a_page_works_like_one_on_the_box_and_lets_go_by_itself():
    house = House("smart")
    house.face.press("middle", 1)
    house.live(2200)
    assert house.face.menu.open
    house.face.press("middle", 0)
    house.live(200)
    house.face.press("right", True)
    house.live(300)
    at = house.face.menu.at
    house.live(6000)
    moved = house.face.menu.at
    house.live(2000)
    assert moved != at and house.face.menu.at == moved


def test_a_tap_on_a_page_shorter_than_a_step_is_not_lost():
    house = House("smart")
    house.face.press("left", 1)
    house.face.press("left", 0)
    house.live(200)
    assert house.cfg.mode == 2


def test_a_button_nobody_has_is_refused():
    house = House()
    with pytest.raises(ValueError) as e:
        house.face.press("up", 1)
    assert "left, middle, right" in str(e.value)


def test_any_button_takes_a_tripped_rcm_back_when_the_monitor_is_content():
    house = House()
    house.evse.safety.rcm_fitted = 1
    house.inp.rcm = 1
    house.faults.put(faults.RCM, 1)
    house.push(MIDDLE)
    assert house.face.view.fault == "rcm"
    house.inp.rcm = 0
    house.push(MIDDLE)
    assert house.faults.mask == 0
    house.live(50)
    assert house.face.view.fault == ""


def test_a_weld_is_not_taken_back_by_a_tap_but_by_a_long_hold_when_its_cause_is_gone():
    house = House()
    contacts = house.evse.contacts
    contacts.welded = house.evse.drawing = 1
    house.faults.put(faults.WELD, 1)
    house.live(50)
    house.push(RIGHT)
    assert house.face.view.fault == "weld" and house.face.view.latched
    house.live(2200, RIGHT)
    house.live(50)
    assert house.faults.mask and "fault weld still stands" in house.lines()
    house.evse.drawing = 0
    house.live(2200, RIGHT)
    house.live(50)
    assert house.faults.mask == 0 and contacts.welded == 0
    house.live(1000)
    assert not house.face.view.latched and house.face.view.fault == ""


def test_holding_right_skips_the_random_delay():
    house = House()
    house.evse.auth.random_ms, house.evse.why, house.evse.state = 300000, why.RANDOM, B1
    house.live(1000)
    assert house.face.view.delayed
    house.live(2200, RIGHT)
    house.live(50)
    assert house.evse.auth.random_ms == 0 and house.control.mode() == "normal"


def test_after_the_contactor_opened_the_panel_is_set_up_anew():
    house = House()
    house.charge()
    house.live(1000)
    house.out.c1 = 0
    house.evse.state = B2
    house.live(100)
    assert house.board.lcd.restarts == 0
    house.live(500)
    assert house.board.lcd.restarts == 1 and house.board.lcd.buf == house.face.frame


def test_left_and_right_together_set_the_panel_up_anew():
    house = House()
    house.live(50)
    house.board.lcd.buf[:] = b"\x5a" * 1024
    house.live(100, LEFT | RIGHT)
    house.live(50)
    assert house.board.lcd.restarts == 1 and house.board.lcd.buf == house.face.frame


def test_the_display_goes_dark_after_two_minutes_and_a_finger_lights_it():
    house = House()
    house.live(119000)
    assert house.board.lcd.levels == [255] and house.face.light_s == 1
    house.live(2000)
    assert house.board.lcd.levels[-1] == 0 and house.face.light_s == 0
    house.push(MIDDLE)
    assert house.board.lcd.levels[-1] == 255
    house.face.light(0)
    house.live(50)
    assert house.board.lcd.levels[-1] == 0


def test_charging_keeps_the_display_lit():
    house = House()
    house.charge()
    house.live(130000)
    assert house.board.lcd.levels == [255]


def test_the_light_is_told_of_changes_only():
    house = House()
    house.live(5000)
    assert house.lights == [(0, 40, 0)]
    house.cfg.put("access", "off")
    house.live(500)
    assert house.lights == [(0, 40, 0), (0, 0, 0)]


def test_running_it_sends_frames_and_may_be_stopped_and_started_again():
    async def story(house):
        for _ in range(2):
            house.board.lcd.sent.clear()
            task = asyncio.create_task(house.face.run())
            for _ in range(100):
                await clock.sleep_ms(5)
                if len(house.board.lcd.sent) >= 8:
                    break
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                pass
            assert sorted(house.board.lcd.sent) == list(range(8))
            assert house.board.lcd.buf == house.face.frame

    run(story(House()))

"""What other people's clients find in /settings: every key, its type, and our state in their numbers."""
import json

import faults
import settings
from meters.roles import Roles
from proto import smartevse_api as api


class Thing:
    def __init__(self, **fields):
        for name in fields:
            setattr(self, name, fields[name])


class Control:
    """As app.control in signatures, without a charger behind it."""

    def __init__(self, cfg):
        self.cfg, self.override_ma, self.custom = cfg, 0, 0
        self.latched = self.delayed = 1
        self.cause = ""   # of the latched fault, while it stands

    def set_mode(self, name):
        if name in ("smart", "solar") and not self.cfg.mains_meter:
            raise ValueError("mode %s needs a mains meter" % name)
        self.cfg.put("access", {"off": 0, "pause": 2}.get(name, 1))
        if name not in ("off", "pause"):
            self.cfg.put("mode", "Min+PV" if name == "minpv" else name)

    def put(self, key, raw):
        value = settings.check(settings.row(key), raw)
        if key == "min_current_a" and value > self.cfg.max_current_a:
            raise ValueError("min_current_a must not be above max_current_a")
        return self.cfg.put(key, value)

    def override(self, ma):
        if ma and not self.cfg.min_current_a * 1000 <= ma <= self.cfg.max_current_a * 1000:
            raise ValueError("override_current must be 0 or from MIN to MAX")
        self.override_ma = ma

    def reset(self):
        if self.cause:
            raise ValueError("fault %s still stands" % self.cause)
        self.latched = 0

    def skip_delay(self):
        self.delayed = 0


class Face:
    light_s = 0

    def light(self, seconds):
        self.light_s = seconds


def charger():
    """A charger in Smart mode with a car at 13.6 A."""
    cfg = settings.Settings()
    cfg.put("mode", "smart")
    cfg.put("ev_meter", "Eastron3P")
    house = Thing(cfg=cfg, serial=1234, version="0.1.0", faults=faults.Faults(), meters=Roles(), control=Control(cfg), face=Face(),
                  evse=Thing(state=4, letter=2, offered_ma=13600, temp_c=31, phases=Thing(now=3), auth=Thing(pause_ms=0)),
                  regulate=Thing(stop_timer_s=7), session=Thing(wh=4210), board=Thing(net=Thing(status=lambda: (2, "1.2.3.4"), rssi=lambda: -58)))
    house.meters.mains.put(1000, (17349, -150, -49), (3900, 0, 0))
    house.meters.ev.put(1000, (13400, 13400, 13400), (3000, 3000, 3000))
    house.meters.ev.put_energy(5670100, 100)
    return house


def said(house, unix_s=1800000000, now_ms=4000):
    return json.loads("".join(api.written(house, unix_s, now_ms)))


def at(answer, path):
    for name in path.split("."):
        answer = answer[name]
    return answer


HOME_ASSISTANT = """version mode mode_id car_connected wifi.status wifi.ssid wifi.rssi wifi.bssid
evse.temp evse.access evse.mode evse.solar_stop_timer evse.state evse.state_id evse.error evse.error_id
settings.charge_current settings.override_current settings.current_min settings.current_max settings.current_main
settings.solar_max_import settings.solar_start_current settings.solar_stop_time settings.enable_C2 settings.mains_meter
settings.current_max_circuit settings.current_max_sum_mains evse.loadbl serialnr home_battery.current home_battery.last_update
ev_meter.import_active_power ev_meter.import_active_energy ev_meter.export_active_energy ev_meter.total_kwh ev_meter.charged_kwh
ev_meter.currents.TOTAL ev_meter.currents.L1 ev_meter.currents.L2 ev_meter.currents.L3
mains_meter.import_active_energy mains_meter.export_active_energy phase_currents.TOTAL phase_currents.L1 phase_currents.L2
phase_currents.L3 phase_currents.last_data_update settings.starttime"""

EVCC_INTEGERS = """mode_id evse.state_id evse.access evse.nrofphases evse.mode evse.charge_timer evse.error_id settings.charge_current
settings.override_current settings.current_min settings.current_max settings.current_main ev_meter.address"""
EVCC_TEXTS = "mode evse.rfidreader evse.state evse.error evse.rfid settings.enable_C2 ev_meter.description"
EVCC_NUMBERS = """ev_meter.import_active_power ev_meter.import_active_energy ev_meter.export_active_energy ev_meter.total_wh
ev_meter.charged_wh ev_meter.currents.TOTAL ev_meter.currents.L1 ev_meter.currents.L2 ev_meter.currents.L3"""


def test_home_assistant_finds_each_of_its_keys():
    answer = said(charger())
    for path in HOME_ASSISTANT.split():
        assert at(answer, path) is not None, path
    assert answer["settings"]["enable_C2"] in ("Not present", "Always Off", "Solar Off", "Always On", "Auto")
    assert answer["mode_id"] in (0, 1, 2, 3, 4)


def test_what_a_group_and_a_capacity_are_set_to_is_told():
    house = charger()
    for key, value in (("loadbl", "Master"), ("circuit_a", 40), ("capacity", "Fixed"), ("sum_mains_a", 55), ("sum_mains_min", 3)):
        house.cfg.put(key, value)
    answer = said(house)
    here = answer["settings"]
    assert answer["evse"]["loadbl"] == 1 and here["current_max_circuit"] == 40 and here["capacity_mode"] == 1
    assert (here["current_max_sum_mains"], here["max_sum_mains_time"]) == (55, 3)


def test_evcc_finds_each_key_in_its_type():
    answer = said(charger())
    for path in EVCC_INTEGERS.split() + EVCC_NUMBERS.split():
        assert type(at(answer, path)) is int, path
    for path in EVCC_TEXTS.split():
        assert type(at(answer, path)) is str, path
    assert answer["car_connected"] is True and answer["evse"]["connected"] is True


def test_only_the_two_kwh_keys_have_a_decimal_point():
    text = "".join(api.written(charger(), 0, 0))
    assert [part.split(":")[0] for part in text.replace("{", ",").split(",") if "." in part and '"' not in part.split(":")[1]] == [
        '"total_kwh"', '"charged_kwh"']
    assert '"total_kwh":5670.100' in text and '"charged_kwh":4.210' in text


def test_units_are_tenths_of_an_ampere_rounded_and_signed():
    answer = said(charger())
    assert answer["settings"]["charge_current"] == 136
    assert answer["phase_currents"]["L1"] == 173 and answer["phase_currents"]["L2"] == -1 and answer["phase_currents"]["L3"] == 0
    assert answer["phase_currents"]["TOTAL"] == 172
    assert answer["ev_meter"]["import_active_power"] == 9000
    assert answer["phase_currents"]["original_data"]["L1"] == 173


def test_mode_and_access_become_one_number():
    house = charger()
    for mode, access, number, word in ((0, 1, 1, "NORMAL"), (1, 1, 3, "SMART"), (2, 1, 2, "SOLAR"), (2, 0, 0, "OFF"), (1, 2, 4, "PAUSE")):
        house.cfg.mode, house.cfg.access = mode, access
        answer = said(house)
        assert (answer["mode_id"], answer["mode"], answer["evse"]["access"], answer["evse"]["mode"]) == (number, word, access, mode)
    house.cfg.mode, house.cfg.access = 3, 1
    answer = said(house)
    assert (answer["mode_id"], answer["mode"], answer["evse"]["mode"]) == (2, "SOLAR", 2)  # Min+PV


def test_our_states_become_theirs():
    house = charger()
    for state, number in ((0, 0), (1, 9), (2, 1), (3, 10), (4, 2), (5, 9), (6, 2), (7, 15), (8, 15)):
        house.evse.state = state
        assert said(house)["evse"]["state_id"] == number
    assert said(house)["evse"]["state"] == "NOSTATE"


def test_a_car_is_connected_from_b_to_d_only():
    house = charger()
    for letter, there in ((0, False), (1, True), (2, True), (3, True), (4, False), (5, False)):
        house.evse.letter = letter
        assert said(house)["car_connected"] is there


def test_duty_in_parts_of_1024():
    assert api.pwm(0, 0) == 1024 and api.pwm(1, 16000) == 1024
    assert api.pwm(4, 16000) == 273 and api.pwm(4, 6000) == 102 and api.pwm(4, 63000) == 913


def test_faults_get_the_number_clients_know():
    house = charger()
    assert (said(house)["evse"]["error"], said(house)["evse"]["error_id"]) == ("None", 0)
    house.faults.put(faults.TEMP, 1)
    assert (said(house)["evse"]["error"], said(house)["evse"]["error_id"]) == ("Temperature High", 3)
    house.faults.put(faults.RCM, 1)
    assert (said(house)["evse"]["error"], said(house)["evse"]["error_id"]) == ("RCM Tripped", 5)


def test_too_little_current_is_told_with_the_state_and_hides_no_fault():
    house = charger()
    house.evse.state, house.evse.letter = 1, 1
    house.facts = Thing(why=lambda: "no_current")
    house.faults.put(faults.TEMP, 1)
    answer = said(house)["evse"]
    assert (answer["state"], answer["error"], answer["state_id"]) == ("Charging Stopped - No Power Available", "Temperature High", 9)
    house.evse.state = house.evse.letter = 0
    assert said(house)["evse"]["state"] == "Ready to Charge"


def test_the_date_of_the_mains_reading_is_zero_when_nobody_knows_it():
    house = charger()
    assert said(house)["phase_currents"]["last_data_update"] == 1800000000 - 3
    assert said(house, unix_s=0)["phase_currents"]["last_data_update"] == 0
    house.meters.mains.forget()
    assert said(house)["phase_currents"]["last_data_update"] == 0


def test_a_house_without_a_part_says_none_of_it():
    house = charger()
    del house.regulate, house.session, house.board
    answer = said(house)
    assert answer["evse"]["solar_stop_timer"] == 0 and answer["ev_meter"]["charged_wh"] == 0
    assert answer["wifi"]["status"] == "WL_DISCONNECTED"


def test_energy_nobody_counted_is_zero_and_not_below():
    house = charger()
    house.session.wh = -1
    answer = said(house)["ev_meter"]
    assert answer["charged_wh"] == 0 and answer["charged_kwh"] == 0


def test_the_broker_is_connected_when_it_is_online():
    house = charger()
    for state, word in (("off", "Disconnected"), ("online", "Connected")):
        house.broker = Thing(state=lambda: state)
        assert said(house)["mqtt"]["status"] == word


def test_the_second_contactor_the_lock_the_button_and_the_pause_are_told():
    house = charger()
    answer = said(house)
    assert (answer["evse"]["custombutton"], answer["evse"]["nrofphases"], answer["evse"]["charge_timer"]) == (False, 3, 0)
    assert (answer["settings"]["lock"], answer["settings"]["cablelock"], answer["settings"]["enable_C2"]) == (0, 0, "Always On")
    house.control.custom, house.evse.phases.now, house.evse.auth.pause_ms = 1, 1, 14010
    for key, raw in (("lock", "Motor"), ("cable_lock", 1), ("contact2", "Auto")):
        house.cfg.put(key, raw)
    answer = said(house)
    assert (answer["evse"]["custombutton"], answer["evse"]["nrofphases"], answer["evse"]["charge_timer"]) == (True, 1, 15)
    assert (answer["settings"]["lock"], answer["settings"]["cablelock"], answer["settings"]["enable_C2"]) == (2, 1, "Auto")


def test_secrets_are_not_told():
    house = charger()
    house.cfg.put("mqtt_pass", "swordfish")
    house.cfg.put("wifi_pass", "swordfish")
    text = "".join(api.written(house, 0, 0))
    assert "swordfish" not in text and '"password_set":true' in text


def test_no_piece_is_long():
    assert max([len(piece) for piece in api.written(charger(), 1800000000, 0)]) < 200


def test_the_home_battery_is_told_for_a_minute():
    house = charger()
    assert said(house)["home_battery"] == {"current": 0, "last_update": 0}
    house.meters.battery_feed.put(1000, -13000)
    assert said(house, 1800000000, 4000)["home_battery"] == {"current": -130, "last_update": 1799999997}
    assert said(house, 0, 4000)["home_battery"] == {"current": -130, "last_update": 0}
    assert said(house, 1800000000, 61000)["home_battery"] == {"current": -130, "last_update": 1799999940}
    assert said(house, 1800000000, 61001)["home_battery"] == {"current": 0, "last_update": 0}


def test_a_circuit_meter_is_told_where_there_is_one_and_the_capacity_by_the_hour():
    house = charger()
    assert "circuit_meter" not in said(house) and said(house)["settings"]["intervals"] == []
    house.cfg.put("circuit_meter", "Eastron3P")
    house.cfg.put("capacity_plan", "00:00 11000, 17:00 4000")
    house.meters.circuit.put(1000, (9900, 8000, -100))
    answer = said(house)
    assert answer["circuit_meter"] == {"description": "Eastron3P", "address": 13, "currents": {"TOTAL": 178, "L1": 99, "L2": 80, "L3": -1}}
    assert answer["settings"]["intervals"] == [{"start": 0, "power": 11000}, {"start": 1020, "power": 4000}]

import pytest

from charger import Charger
from evse.limits import NO_LIMIT, OVERRIDE


def refused(do, message):
    with pytest.raises(ValueError) as error:
        do()
    assert str(error.value) == message


def test_a_mode_is_mode_and_access_in_one_word():
    control = Charger().control
    for name in ("off", "pause", "normal", "smart", "solar", "minpv"):
        control.set_mode(name)
        assert control.mode() == name
    control.set_mode("SMART")
    control.set_mode("pause")
    assert control.cfg.mode == 1


def test_an_unknown_mode_is_refused():
    control = Charger().control
    refused(lambda: control.set_mode("warp"), "mode must be one of off, pause, normal, smart, solar, minpv")
    refused(lambda: control.set_mode(""), "mode must be one of off, pause, normal, smart, solar, minpv")
    assert control.mode() == "normal"


def test_smart_and_solar_need_a_mains_meter():
    control = Charger(mains_meter="Disabled").control
    for name in ("smart", "solar"):
        refused(lambda: control.set_mode(name), "mode %s needs a mains meter: set mains_meter first" % name)
        refused(lambda: control.put("mode", name), "mode Smart and Solar need a mains meter: set mains_meter first")
    refused(lambda: control.set_mode("minpv"), "mode minpv needs a mains meter: set mains_meter first")
    refused(lambda: control.put("mode", "Min+PV"), "mode Smart and Solar need a mains meter: set mains_meter first")
    assert control.cfg.mode == 0


def test_min_pv_knows_no_override_as_solar_does():
    control = Charger().control
    control.override(7000)
    control.set_mode("minpv")
    assert control.override_ma == 0
    refused(lambda: control.override(7000), "override_current is not used in Solar")
    control.set_mode("normal")
    control.override(7000)
    control.put("mode", "Min+PV")
    assert control.override_ma == 0 and control.mode() == "minpv"


def test_the_button_of_smart_and_solar_leaves_min_pv_for_smart():
    control = Charger(mode="Min+PV").control
    control.swap_sun()
    assert control.mode() == "smart"


def test_a_node_leaves_the_mains_meter_to_its_master_and_the_phases_too():
    control = Charger(mains_meter="Disabled", loadbl="Node 1").control
    control.set_mode("smart")
    control.put("mode", "Solar")
    refused(lambda: control.put("loadbl", "Master"),
            "loadbl Master needs a mains meter in Smart and Solar: set mode Normal first")
    refused(lambda: control.put("contact2", "Auto"), "contact2 Auto is not for a node: choose another")
    control.put("mode", "Normal")
    control.put("loadbl", "Master")
    control.put("contact2", "Auto")
    refused(lambda: control.put("loadbl", "Node 7"), "loadbl Node cannot be with CONTACT 2 Auto: set contact2 first")


def test_the_meter_may_not_be_taken_from_under_smart():
    control = Charger(mode="Smart").control
    refused(lambda: control.put("mains_meter", "Disabled"),
            "mains_meter is needed in Smart and Solar: set mode Normal first")


def test_a_custom_meter_has_to_be_described_well_first():
    control = Charger(em_p_reg=2).control
    for key in ("mains_meter", "circuit_meter", "ev_meter", "pv_meter", "battery_meter"):
        refused(lambda: control.put(key, "Custom"), "em_p_reg must not lie in the 6 registers from em_i_reg (0)")
    control.put("em_p_reg", 6)
    assert control.put("mains_meter", "Custom") == 19


def test_min_and_max_stay_in_order():
    control = Charger().control
    refused(lambda: control.put("min_current_a", 14), "min_current_a must not be above max_current_a (13 A)")
    control.put("min_current_a", 10)
    refused(lambda: control.put("max_current_a", 9), "max_current_a must not be below min_current_a (10 A)")
    assert control.put("max_current_a", 10) == 10


def test_a_prefix_that_a_broker_would_refuse_is_refused_here():
    control = Charger().control
    for bad in ("house/#", "+/evse"):
        refused(lambda: control.put("mqtt_prefix", bad), "mqtt_prefix must not contain + or #")
    assert control.put("mqtt_prefix", "house/evse") == "house/evse"


def test_an_override_is_one_more_limit():
    charger = Charger()
    charger.control.override(8000)
    assert charger.evse.limits.ma[OVERRIDE] == 8000
    charger.control.override(0)
    assert charger.evse.limits.ma[OVERRIDE] == NO_LIMIT
    for bad in (5900, 13100, -1):
        refused(lambda: charger.control.override(bad), "override_current must be 0 or from 60 to 130 (0.1 A)")


def test_solar_knows_no_override():
    charger = Charger()
    charger.control.override(8000)
    charger.control.set_mode("solar")
    assert charger.control.override_ma == 0 and charger.evse.limits.ma[OVERRIDE] == NO_LIMIT
    refused(lambda: charger.control.override(8000), "override_current is not used in Solar")


@pytest.mark.parametrize("way", ["put", "button"])
def test_whichever_way_solar_comes_it_takes_the_override_back(way):
    charger = Charger(mode="Smart")
    charger.control.override(8000)
    if way == "put":
        charger.control.put("mode", "Solar")
    else:
        charger.control.swap_sun()
    assert charger.cfg.mode == 2
    assert charger.control.override_ma == 0 and charger.evse.limits.ma[OVERRIDE] == NO_LIMIT


def test_the_button_for_the_sun_swaps_and_never_grants():
    control = Charger(mode="Smart", access="Off").control
    control.swap_sun()
    assert control.cfg.mode == 2 and control.mode() == "off"
    control.swap_sun()
    assert control.cfg.mode == 1
    control.put("mode", "Normal")
    control.swap_sun()
    assert control.cfg.mode == 0


def test_a_network_meter_is_named_by_address_or_local_name():
    c = Charger().control
    for value in ("192.168.1.20", "192.168.1.20:502", "p1meter-0c3d11.local", ""):
        assert c.put("mains_host", value) == value
    for value in ("meter.lan", "1.2.3", "192.168.1.20:0", "http://192.168.1.20"):
        for key in ("mains_host", "circuit_host", "ev_host", "pv_host", "battery_host"):
            with pytest.raises(ValueError) as e:
                c.put(key, value)
            assert str(e.value).startswith(key + " must ")
    assert c.cfg.mains_host == ""
    assert c.put("mqtt_host", "meter.lan") == "meter.lan"


def test_an_order_of_service_is_checked_before_it_is_kept():
    control = Charger().control
    assert control.put("priorities", "2,0,1") == "2,0,1"
    refused(lambda: control.put("priorities", "2,9"), "priorities must be places like 2,0,1: 0 is the Master, 1 to 7 are the nodes")
    assert control.cfg.priorities == "2,0,1"
    assert control.put("priorities", "") == ""

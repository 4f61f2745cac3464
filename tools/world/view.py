"""The plant as JSON, for GET /sim and for the panel.

Amps with three decimals, times in simulated milliseconds, flags as booleans;
C1, C2 and lock as 0 and 1 like in the events. It reads and changes nothing.
"""
from tools.plant.battery import UWS_PER_WH
from tools.plant.site import Site
from tools.plant.switchgear import BUTTONS


def amps(ma: list) -> list:
    return [round(x / 1000, 3) for x in ma]


def shown(site: Site) -> dict:
    """All of the plant but its events."""
    car, meter = site.car, site.meter
    return {
        "t_ms": site.now_ms,
        "letter": car.letter,
        "duty": site.duty_bp // 10 if site.duty_bp % 10 == 0 else site.duty_bp / 10,
        "connected": bool(site.connected),
        "offer_a": car.offer / 1000,
        "cp_mv": [site.cp_high_mv, site.cp_low_mv],
        "c1": site.contactors.c1,
        "c2": site.contactors.c2,
        "lock": site.locked,
        "car": {
            "plugged": car.plugged, "wants": car.wants, "phases": car.phases, "max_a": car.max_ma / 1000,
            "diode": car.diode, "lag_s": car.react_ms / 1000, "a": amps(car.amps_ma),
            "soc": round(car.stored_uws / (car.battery_wh * UWS_PER_WH) * 100, 2), "hot_opens": car.hot_opens,
        },
        "house_a": amps(site.house.ma),
        "sun_a": amps(site.sun.ma),
        "battery_a": site.battery.want_ma / 1000,
        "battery": {"a": site.battery.ma / 1000, "soc": site.battery.soc_pm() / 10},
        "mains_a": amps(site.mains_ma),
        "meter_silent": meter.silent,
        "meter_asked": meter.asked,
        "rcm": bool(site.rcm),
        "temp_c": site.temp_c,
        "buttons": [name for i, name in enumerate(BUTTONS) if site.buttons >> i & 1],
        "led": list(site.rgb),
        "backlight": site.level,
        "energy_wh": {
            "import": round(meter.import_uws / UWS_PER_WH, 2), "export": round(meter.export_uws / UWS_PER_WH, 2),
            "car": round(car.energy_uws / UWS_PER_WH, 2),
        },
        "closings": site.contactors.closings,
    }

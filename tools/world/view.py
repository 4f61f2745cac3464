"""The plant as JSON, for GET /sim and for the panel.

Amps with three decimals, times in simulated milliseconds, flags as booleans;
C1, C2 and lock as 0 and 1 like in the events. Of several chargers one is
shown whole, all of them in a line each. It reads and changes nothing.
"""
from tools.plant.battery import UWS_PER_WH
from tools.plant.site import Site
from tools.plant.switchgear import BUTTONS
from tools.world import wiring


def amps(ma: list) -> list:
    return [round(x / 1000, 3) for x in ma]


def shown(site: Site, charger: int = 0) -> dict:
    """All of the plant but its events, seen from one charger (0..)."""
    spot, meter = site.spots[charger], site.meter
    car = spot.car
    return {
        "t_ms": site.now_ms,
        "charger": charger,
        "chargers": [line(place) for place in site.spots],
        "letter": car.letter,
        "duty": spot.duty_bp // 10 if spot.duty_bp % 10 == 0 else spot.duty_bp / 10,
        "connected": bool(spot.connected),
        "offer_a": car.offer / 1000,
        "cp_mv": [spot.cp_high_mv, spot.cp_low_mv],
        "c1": spot.contactors.c1,
        "c2": spot.contactors.c2,
        "lock": spot.locked,
        "car": {
            "plugged": car.plugged, "wants": car.wants, "phases": car.phases, "max_a": car.max_ma / 1000,
            "diode": car.diode, "lag_s": car.react_ms / 1000, "a": amps(car.amps_ma),
            "soc": round(car.stored_uws / (car.battery_wh * UWS_PER_WH) * 100, 2), "hot_opens": car.hot_opens,
        },
        "house_a": amps(site.house.ma),
        "beside_a": amps(site.beside_ma),
        "sun_a": amps(site.sun.ma),
        "battery_a": site.battery.want_ma / 1000,
        "battery_auto": bool(site.battery.auto),
        "battery": {"a": site.battery.ma / 1000, "soc": site.battery.soc_pm() / 10},
        "mains_a": amps(site.mains_ma),
        "circuit_a": amps(site.circuit_ma),
        "meter_silent": meter is None or bool(meter.silent),
        "meter_asked": meter.asked if meter is not None else 0,
        "rcm": bool(spot.rcm),
        "switch": bool(spot.switch),
        "temp_c": spot.temp_c,
        "buttons": [name for i, name in enumerate(BUTTONS) if spot.buttons >> i & 1],
        "led": list(spot.rgb),
        "backlight": spot.level,
        "energy_wh": {
            "import": round(meter.import_uws / UWS_PER_WH, 2) if meter is not None else 0,
            "export": round(meter.export_uws / UWS_PER_WH, 2) if meter is not None else 0,
            "car": round(car.energy_uws / UWS_PER_WH, 2),
        },
        "closings": spot.contactors.closings,
        **wiring.shown(site),
    }


def line(spot) -> dict:
    """One charger in short."""
    car = spot.car
    return {"letter": car.letter, "plugged": car.plugged, "offer_a": car.offer / 1000, "a": round(car.ma / 1000, 3), "c1": spot.contactors.c1}

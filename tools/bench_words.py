"""A scenario of the regulation bench in the words of the firmware's settings.

One to one: what the scenario says of a site becomes what an owner would set
there, nothing else. Where the firmware lacks a setting that the scenario
needs, `settings` refuses by that setting's name.
"""
CONTACT2 = {"not_present": "Not present", "always_off": "Always Off", "solar_off": "Solar Off", "always_on": "Always On",
            "auto": "Auto"}
METERS = {"none": "Disabled", "eastron3p": "Eastron3P", "sensorbox": "Sensorbox", "api": "API"}
CIRCUIT_ADDR = 13


def role(sc: dict, k: int) -> str:
    """The loadbl of charger k: Disabled, Master or Node 1 to Node 7. ValueError for a role that is none."""
    evse = sc["evse"][k]
    said = evse.get("role", "")
    if not said:
        return "Disabled"
    if said == "master":
        return "Master"
    if said != "node" or not 2 <= evse.get("address", 0) <= 8:
        raise ValueError("evse %d: role must be master, or node with address 2 to 8" % k)
    return "Node %d" % (evse["address"] - 1)


def wanted(sc: dict, k: int) -> list:
    """(key, value) of charger k's settings, in an order that can be put one after the other."""
    site, evse, solar, meter = sc["site"], sc["evse"][k], sc.get("solar", {}), sc["meter"]
    share, circuit, total_a = role(sc, k), sc.get("circuit_meter"), site.get("max_sum_mains_A", 0)
    if meter["type"] not in METERS or circuit and circuit["type"] not in METERS:
        raise ValueError("scenario %s: a meter must be one of %s" % (sc["id"], ", ".join(sorted(METERS))))
    meters = [("mains_meter", METERS[meter["type"]])] if not share.startswith("Node") else [("mains_meter", "Disabled")]
    rows = [("mode", sc["mode"]), ("mains_a", site["max_mains_A"]), ("max_current_a", evse["max_current_A"]),
            ("min_current_a", evse["min_current_A"]), ("contact2", CONTACT2[evse.get("c2", "always_on")]),
            ("start_a", solar.get("start_A", 4)), ("stop_min", solar.get("stop_min", 10)), ("import_a", solar.get("import_A", 0))]
    if share != "Disabled":
        rows.append(("loadbl", share))
    if circuit:
        rows += [("circuit_meter", METERS[circuit["type"]]), ("circuit_addr", CIRCUIT_ADDR)]
    if circuit or share == "Master":
        rows.append(("circuit_a", site["max_circuit_A"]))
    if total_a:
        rows += [("capacity", "Fixed"), ("sum_mains_a", total_a), ("sum_mains_min", site.get("max_sum_mains_time_min", 0))]
    return meters + rows


def put(cfg, sc: dict, k: int) -> None:
    """Sets charger k of the scenario. ValueError names the setting that the firmware does not have."""
    for key, value in wanted(sc, k):
        try:
            cfg.put(key, value)
        except ValueError as error:
            raise ValueError("scenario %s needs %s %s: %s" % (sc["id"], key, value, error)) from error

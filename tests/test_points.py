import points


class Thing:
    def __init__(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)


def test_a_path_is_walked_through_names_numbers_and_calls():
    root = Thing(a=Thing(list=[5, 6], answer=lambda: 42), serial=1234)
    assert points.value(root, "serial") == 1234
    assert points.value(root, "a.list.1") == 6
    assert points.value(root, "a.answer") == 42


def test_every_row_is_sound():
    names = [r[points.NAME] for r in points.TABLE]
    assert len(names) == len(set(names))
    for r in points.TABLE:
        assert len(r) == 5 and r[points.LABEL] and r[points.OFTEN] in (0, 1)


def test_a_meter_that_few_houses_have_is_shown_where_it_is():
    root = Thing(cfg=Thing(circuit_meter=0, pv_meter=0, battery_meter=4), meters=Thing(battery=Thing(errors=2)))
    row = [r for r in points.TABLE if r[points.NAME] == "battery.errors"][0]
    assert points.shown(root, row) == 2
    for name in ("circuit.w", "pv.w", "circuit.meter"):
        assert points.shown(root, [r for r in points.TABLE if r[points.NAME] == name][0]) is None


def test_the_seldom_meters_have_a_setting_each():
    import settings
    for first, key in points.SELDOM:
        assert settings.row(key) and [r for r in points.TABLE if r[points.NAME].startswith(first)]


def test_each_meter_tells_all_that_a_meter_has():
    names = [r[points.NAME] for r in points.TABLE]
    for role in ("mains", "circuit", "ev", "pv", "battery"):
        for what in ("l1_ma", "l2_ma", "l3_ma", "volts", "w", "import_wh", "export_wh", "age_ms", "errors", "last_error", "error_counts"):
            assert role + "." + what in names, role + "." + what

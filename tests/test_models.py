"""The table of meters: rows of literals that fit together."""
import pytest
from meters import models
from meters.models import (COUNT, ENERGY_COUNT, EXPORT, FC, ID, IMPORT, NAME, ORDER, PHASES, POWER, POWER_AT, POWER_COUNT, SCALED,
                           SIGN, START, TABLE, TYPE, VOLTS, VOLTS_COUNT, WAY)
from proto.words import SIZE


def test_numbers_and_names_are_unique():
    assert len(set([r[ID] for r in TABLE])) == len(TABLE)
    assert len(set([r[NAME] for r in TABLE])) == len(TABLE)


def test_numbers_that_owners_have_stored_do_not_move():
    assert [(r[ID], r[NAME]) for r in TABLE] == [
        (0, "Disabled"), (1, "Sensorbox"), (2, "Phoenix C"), (3, "Finder 7E"), (4, "Eastron3P"), (5, "InvEastrn"), (6, "ABB"),
        (7, "SolarEdge"), (8, "WAGO"), (9, "API"), (10, "Eastron1P"), (11, "Finder 7M"), (12, "Sinotimer"), (13, "Homewizrd"),
        (14, "Schneider"), (15, "Chint 3P"), (16, "C.Gavazzi"), (17, "Chint 1P"), (19, "Custom")]


def test_every_row_is_whole():
    for r in TABLE:
        assert len(r) == models.VOLTS_TENS + 1
        assert r[WAY] in ("", "modbus", "box", "custom", "http", "pushed")
        assert r[ORDER] in (0, 1, 2, 3) and r[TYPE] in (0, 1, 2) and r[SIGN] in (-1, 0, 1)
        if r[WAY] == "modbus":
            size = SIZE[r[TYPE]]
            assert r[FC] in (3, 4) and r[PHASES] in (1, 3)
            assert 0 <= r[START] <= 0xFFFF and size * r[PHASES] + r[SCALED] <= r[COUNT] <= 80
            assert r[POWER_AT] < 0 or r[POWER_AT] + size * r[PHASES] <= r[COUNT]
            assert r[IMPORT] != r[EXPORT] and r[ENERGY_COUNT] in (2, 4)


def test_a_row_for_what_lies_in_no_known_register_says_nothing():
    for r in TABLE:
        if r[WAY] == "box":  # its one question, for whoever looks for meters
            assert r[FC:] == (4, 3, 1, 3, 0, 0, 0, 20, 3, -1, -1, 0, 0, -1, -1, 0, 0, -1, 0, 0)
        elif r[WAY] != "modbus":
            assert r[FC:] == (0, 3, 1, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0, -1, 0, 0), r[NAME]
        else:
            assert [r[i] for i in (models.POWER_AT, POWER, IMPORT, EXPORT) if r[i] < -1] == []
            assert r[POWER] >= 0 or r[POWER_COUNT] == 0
        if r[EXPORT] < 0:
            assert r[EXPORT] == -1


def test_powers_come_beside_the_currents_or_in_a_telegram_of_their_own_but_never_twice():
    for r in TABLE:
        if r[WAY] == "modbus":
            assert (r[POWER_AT] >= 0) != (r[POWER] >= 0), r[NAME]
            assert r[POWER] < 0 or r[POWER_COUNT] - r[SCALED] in (SIZE[r[TYPE]], r[PHASES] * SIZE[r[TYPE]])
            assert (r[SIGN] != 0) == (r[POWER_AT] >= 0), r[NAME]


def test_a_late_answer_never_has_the_length_of_the_next_question():
    for r in TABLE:
        if r[WAY] == "modbus":
            assert r[COUNT] != r[ENERGY_COUNT] and r[COUNT] != r[VOLTS_COUNT], r[NAME]
            # The powers of a Sinotimer are as many as its currents: only the rest after a silence keeps these apart.
            assert r[COUNT] != r[POWER_COUNT] or r[NAME] in ("Sinotimer", "SolarEdge")
            assert r[VOLTS_COUNT] >= SIZE[r[TYPE]] * r[PHASES] + r[SCALED] and r[VOLTS] >= 0


def test_a_row_is_found_by_its_number():
    assert models.row(10)[NAME] == "Eastron1P"
    for number in (18, 20, -1):
        with pytest.raises(ValueError):
            models.row(number)


def test_what_is_read_by_registers_is_known():
    assert [r[ID] for r in TABLE if not models.by_registers(r[ID])] == [0, 9, 13]


def test_settings_offer_exactly_these():
    import settings
    for key in ("mains_meter", "circuit_meter", "ev_meter", "pv_meter", "battery_meter"):
        choices = settings.row(key)[settings.CHOICES]
        # A Sensorbox has one address and one place: the mains.
        assert [(i, c) for i, c in enumerate(choices) if c] == [
            (r[ID], r[NAME]) for r in TABLE if r[WAY] != "box" or key == "mains_meter"]

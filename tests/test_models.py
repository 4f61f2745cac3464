"""The table of meters: rows of literals that fit together."""
import pytest
from meters import models
from meters.models import COUNT, ENERGY_COUNT, EXPORT, FC, ID, IMPORT, NAME, PHASES, POWER_AT, START, TABLE, WAY


def test_numbers_and_names_are_unique():
    assert len(set([r[ID] for r in TABLE])) == len(TABLE)
    assert len(set([r[NAME] for r in TABLE])) == len(TABLE)


def test_numbers_that_owners_have_stored_do_not_move():
    assert [(r[ID], r[NAME]) for r in TABLE] == [
        (0, "Disabled"), (4, "Eastron3P"), (5, "InvEastrn"), (9, "API"), (10, "Eastron1P")]


def test_every_row_is_whole():
    for r in TABLE:
        assert len(r) == models.WH_TENS + 1
        assert r[WAY] in ("", "modbus", "pushed")
        if r[WAY] == "modbus":
            assert r[FC] in (3, 4) and 1 <= r[PHASES] <= 3
            assert 0 <= r[START] <= 0xFFFF and 2 * r[PHASES] <= r[COUNT] <= 80
            assert r[POWER_AT] < 0 or r[POWER_AT] + 2 * r[PHASES] <= r[COUNT]
            assert r[IMPORT] != r[EXPORT]


def test_a_late_answer_never_has_the_length_of_the_next_question():
    for r in TABLE:
        assert r[WAY] != "modbus" or r[COUNT] != r[ENERGY_COUNT]


def test_a_row_is_found_by_its_number():
    assert models.row(10)[NAME] == "Eastron1P"
    with pytest.raises(ValueError):
        models.row(3)


def test_settings_offer_exactly_these():
    import settings
    for key in ("mains_meter", "ev_meter"):
        choices = settings.row(key)[settings.CHOICES]
        assert [(i, c) for i, c in enumerate(choices) if c] == [(r[ID], r[NAME]) for r in TABLE]

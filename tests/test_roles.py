"""The house asks for a role, never for a device."""
import pytest
from meters.roles import NAMES, Roles


def test_each_role_has_a_reading_of_its_own_for_ever():
    roles = Roles()
    assert [roles.latest(n) for n in NAMES] == [roles.mains, roles.ev]
    assert roles.mains is not roles.ev


def test_an_unknown_role_is_refused_by_name():
    with pytest.raises(ValueError) as e:
        Roles().latest("garden")
    assert "mains" in str(e.value)

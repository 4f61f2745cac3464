"""The house asks for a role, never for a device."""
import pytest
from meters.reading import NEVER
from meters.roles import NAMES, Roles


def test_each_role_has_a_reading_of_its_own_for_ever():
    roles = Roles()
    readings = [roles.latest(n) for n in NAMES]
    assert [roles.latest(n) for n in NAMES] == readings
    assert readings == [roles.mains, roles.circuit, roles.ev, roles.pv, roles.battery]
    assert len(set([id(r) for r in readings])) == 5


def test_what_is_not_fitted_costs_one_empty_reading():
    roles = Roles()
    assert roles.circuit is roles.pv and roles.pv is roles.battery and roles.circuit is not roles.mains
    assert roles.circuit.age_ms(5) == NEVER and [roles.fitted(n) for n in NAMES] == [1, 0, 1, 0, 0]
    roles.latest("pv").put(5, [1, 2, 3])
    assert roles.pv.ma == [1, 2, 3] and roles.circuit.ma == roles.battery.ma == [0, 0, 0]
    assert [roles.fitted(n) for n in NAMES] == [1, 0, 1, 1, 0]


def test_an_unknown_role_is_refused_by_name():
    with pytest.raises(ValueError) as e:
        Roles().latest("garden")
    assert "mains" in str(e.value)

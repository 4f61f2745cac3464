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

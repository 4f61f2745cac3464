from evse.auth import OFF, ON, PAUSE, Auth


def test_only_on_is_on():
    auth = Auth()
    assert [auth.step(10, access) for access in (OFF, ON, PAUSE)] == [0, 1, 0]


def test_a_pause_counts_down_whatever_access_is():
    auth = Auth()
    auth.wait(3000)
    assert auth.step(1000, ON) == 0
    assert auth.step(1999, OFF) == 0
    assert auth.pause_ms == 1
    assert auth.step(10, ON) == 1
    assert auth.pause_ms == 0


def test_a_shorter_pause_does_not_shorten_a_longer_one():
    auth = Auth()
    auth.wait(60000)
    auth.wait(3000)
    assert auth.pause_ms == 60000

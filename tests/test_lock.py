from evse.lock import DISABLED, IDLE, LOCK, MOTOR, SOLENOID, UNLOCK, Lock


def drives(lock, ms, wish, kind=SOLENOID, feedback=0):
    """The drive of each 100 ms, as a list."""
    return [lock.step(100, wish, kind, feedback) for _ in range(ms // 100)]


def test_without_a_lock_nothing_is_driven():
    lock = Lock()
    assert drives(lock, 2000, 1, DISABLED, 1) == [IDLE] * 20
    assert lock.held == 0


def test_a_wish_is_a_pulse_of_600_ms():
    lock = Lock()
    assert lock.step(10, 1, SOLENOID, 0) == LOCK
    assert [lock.step(100, 1, SOLENOID, 1) for _ in range(9)] == [LOCK] * 5 + [IDLE] * 4
    assert lock.held == 1 and not lock.failed
    assert lock.step(10, 0, SOLENOID, 1) == UNLOCK
    assert [lock.step(100, 0, SOLENOID, 0) for _ in range(9)] == [UNLOCK] * 5 + [IDLE] * 4
    assert lock.held == 0


def test_a_plug_that_is_not_held_is_tried_five_times_five_seconds_apart_and_then_failed():
    lock = Lock()
    starts, was, failed_at = [], IDLE, None
    for i in range(4000):
        drive = lock.step(10, 1, SOLENOID, 0)
        if drive == LOCK and was == IDLE:
            starts.append(i * 10)
        if lock.failed and failed_at is None:
            failed_at = i * 10
        was = drive
    assert starts == [0, 5000, 10000, 15000, 20000]
    assert failed_at == 25000


def test_a_plug_that_comes_loose_gets_a_new_pulse():
    lock = Lock()
    drives(lock, 6000, 1, feedback=1)
    assert lock.step(100, 1, SOLENOID, 0) == LOCK


def test_a_pulse_a_look_and_a_new_try_to_the_millisecond():
    lock = Lock()
    assert lock.step(1, 1, SOLENOID, 0) == LOCK
    for _ in range(4):
        assert [lock.step(ms, 1, SOLENOID, 0) for ms in (599, 1, 4399, 1)] == [LOCK, IDLE, IDLE, LOCK]
    assert lock.failed == 0
    assert [lock.step(ms, 1, SOLENOID, 0) for ms in (599, 1, 4399)] == [LOCK, IDLE, IDLE] and lock.failed == 0
    assert lock.step(1, 1, SOLENOID, 0) == IDLE and lock.failed == 1


def test_a_plug_that_holds_for_a_while_has_all_tries_again():
    lock = Lock()
    for seen_ms, failed in ((799, 1), (800, 0)):
        lock.step(1, 0, SOLENOID, 0)
        lock.step(1, 1, SOLENOID, 0)
        for _ in range(5):  # it is held at one moment only, and loose again at the next
            lock.step(seen_ms, 1, SOLENOID, 1)
            lock.step(4999 - seen_ms, 1, SOLENOID, 0)
            lock.step(1, 1, SOLENOID, 0)
        assert lock.failed == failed


def test_a_plug_that_is_still_held_when_the_power_comes_is_let_go():
    lock = Lock()
    assert [lock.step(ms, 0, SOLENOID, 1) for ms in (999, 1, 599, 1)] == [IDLE, UNLOCK, UNLOCK, IDLE]
    lock.step(5000, 0, SOLENOID, 0)
    assert lock.failed == 0


def test_a_car_that_is_there_when_the_power_comes_has_its_plug_held_at_once_and_never_let_go_before():
    lock = Lock()
    assert [lock.step(10, wish, SOLENOID, 1) for wish in (0, 0, 1)] == [IDLE, IDLE, IDLE]
    lock = Lock()
    assert [lock.step(10, wish, SOLENOID, 0) for wish in (0, 0, 1)] == [IDLE, IDLE, LOCK]


def test_a_lock_that_is_set_to_disabled_is_forgotten():
    lock = Lock()
    drives(lock, 40000, 1)
    assert lock.failed == 1 and lock.wish == 1
    assert lock.step(10, 1, DISABLED, 1) == IDLE
    assert (lock.wish, lock.held, lock.failed) == (0, 0, 0)
    assert lock.step(10, 1, SOLENOID, 0) == LOCK


def test_a_lock_that_had_given_up_before_it_was_disabled_tries_again():
    lock = Lock()
    drives(lock, 40000, 0, feedback=1)
    assert lock.failed == 1
    lock.step(10, 0, DISABLED, 1)
    assert lock.step(10, 0, SOLENOID, 1) == UNLOCK and lock.failed == 0


def test_as_made_nothing_is_wished_and_the_wires_have_their_numbers():
    lock = Lock()
    assert (lock.wish, lock.held, lock.failed) == (0, 0, 0)
    assert (IDLE, LOCK, UNLOCK) == (0, 1, 2)


def test_success_takes_the_failure_back():
    lock = Lock()
    drives(lock, 40000, 1)
    assert lock.failed
    drives(lock, 100, 1, feedback=1)
    assert not lock.failed


def test_a_reset_by_a_person_tries_the_lock_again():
    lock = Lock()
    drives(lock, 40000, 1)
    assert lock.failed and drives(lock, 6000, 1) == [IDLE] * 60
    lock.again()
    assert drives(lock, 600, 1)[0] == LOCK and lock.failed
    assert drives(lock, 1000, 1, feedback=1)[-1] == IDLE and not lock.failed


def test_a_new_wish_takes_the_failure_back():
    lock = Lock()
    drives(lock, 40000, 1)
    lock.step(100, 0, SOLENOID, 0)
    assert not lock.failed


def test_a_motor_reports_the_other_way_round():
    lock = Lock()
    drives(lock, 2000, 1, MOTOR, 0)
    assert lock.held == 1 and not lock.failed
    lock.step(100, 1, MOTOR, 1)
    assert lock.held == 0


def test_feedback_is_believed_only_once_it_has_settled():
    lock = Lock()
    drives(lock, 40000, 1)
    lock.step(100, 0, SOLENOID, 1)
    assert drives(lock, 700, 0, feedback=1)[-1] == IDLE
    assert not lock.failed


def test_what_is_held_when_the_power_comes_is_let_go_a_second_later():
    lock = Lock()
    seen = drives(lock, 2000, 0, feedback=1)
    assert seen == [IDLE] * 9 + [UNLOCK] * 6 + [IDLE] * 5 and not lock.failed


def test_a_lock_that_is_fitted_later_has_its_tries():
    lock = Lock()
    drives(lock, 10000, 0, DISABLED, 1)
    assert UNLOCK in drives(lock, 2000, 0, SOLENOID, 1) and not lock.failed

"""Somebody on the wire who writes everything everywhere, and noise of every kind: no contactor closes, nothing falls."""
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neighbours import Street, wait
from proto import nodes

REGISTERS = st.one_of(st.integers(0, 0x30), st.integers(0xFE, 0x110), st.integers(0x1FE, 0x220), st.integers(0, 0xFFFF))
VALUES = st.one_of(st.integers(0, 16), st.sampled_from((60, 100, 160, 320, 800, 0x8000, 0xFFFF)), st.integers(0, 0xFFFF))
ADDRESSES = st.sampled_from((2, 2, 2, 9, 9, 0, 1, 3, 10, 255))
WRITES = st.one_of(
    st.builds(nodes.write_one, ADDRESSES, REGISTERS, VALUES),
    st.builds(nodes.write, ADDRESSES, REGISTERS, st.lists(VALUES, min_size=1, max_size=30)))
FRAMES = st.one_of(
    WRITES,
    st.builds(nodes.read, ADDRESSES, REGISTERS, VALUES),
    st.builds(nodes.answer, ADDRESSES, st.sampled_from((3, 4)), st.lists(VALUES, max_size=30)),
    st.builds(nodes.signed, st.binary(min_size=2, max_size=60)),
    st.binary(min_size=1, max_size=80))
FEW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def a_node_whose_car_asks(frames, between_ms, **cfg):
    """All frames at a node before which a car stands that wants to charge; the charger, and whether its task lives."""
    async def story(s):
        port = s.line.port()
        s[0].car.plugged = True
        await wait(500)
        for frame in frames:
            port.write(frame)
            await wait(between_ms)
        await wait(4000)
        return not s[0].task.done()
    s = Street((1,), **cfg)
    return s[0], s.run(story)


@FEW
@given(st.lists(WRITES, min_size=1, max_size=40), st.sampled_from((15, 60, 200)))
def test_whatever_is_written_no_contactor_closes(frames, between_ms):
    charger, lives = a_node_whose_car_asks(frames, between_ms)
    assert charger.closed == 0 and lives
    cfg = charger.cfg
    assert (cfg.loadbl, cfg.config, cfg.lock, cfg.switch, cfg.rcmon) == (2, 0, 0, 0, 0)
    assert cfg.min_current_a <= cfg.max_current_a and (charger.control.override_ma == 0 or charger.control.override_ma >= 6000)


@FEW
@given(st.lists(WRITES, min_size=1, max_size=40))
def test_whatever_is_written_access_that_is_off_offers_nothing(frames):
    charger, lives = a_node_whose_car_asks(frames, 30, access="Off")
    assert lives and charger.closed == 0
    assert charger.cfg.access != 1 and charger.evse.offered_ma == 0


@FEW
@given(st.lists(FRAMES, min_size=1, max_size=60), st.sampled_from((1, 15, 60)))
def test_whatever_is_on_the_wire_a_node_hears_its_master_afterwards(frames, between_ms):
    async def story(s):
        port = s.line.port()
        await wait(500)
        for frame in frames:
            port.write(frame)
            await wait(between_ms)
        await wait(1000)
        port.read(4096)
        port.write(nodes.read(2, 0, 8))
        await wait(150)
        return port.read(256), s[0].task.done()
    reply, done = Street((1,)).run(story)
    assert not done and reply is not None and len(reply) == 21 and reply[:3] == b"\x02\x04\x10"


@FEW
@given(st.lists(FRAMES, min_size=1, max_size=60), st.sampled_from((3, 40, 170)))
def test_whatever_is_on_the_wire_a_master_lives_and_keeps_its_own_settings(frames, between_ms):
    async def story(s):
        port = s.line.port()
        await wait(4000)
        for frame in frames:
            port.write(frame)
            await wait(between_ms)
        await wait(5000)
        return s[0].task.done(), s[0].meters.mains.ok
    s = Street((0,))
    before = vars(s[0].cfg).copy()
    done, ok = s.run(story)
    assert not done and ok > 20
    after = vars(s[0].cfg)
    assert {key: after[key] for key in after if key not in ("mode", "serial")} == \
        {key: before[key] for key in before if key not in ("mode", "serial")}



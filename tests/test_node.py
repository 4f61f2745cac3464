"""A node asks, and takes only what answers its question, for as long as it lives."""

import pytest

from app import node as place
from app.node import Node
from neighbours import Street, until, wait
from proto import nodes

SHARE = nodes.allotments((0, 10000), (0, 0, 0))
NONE = nodes.allotments((0, 0), (0, 0, 0))


class Hand:
    """Somebody on the wire who is no program: says what the story wants, and hears what comes."""

    def __init__(self, port):
        self.port = port

    async def say(self, frame):
        self.port.read(256)
        self.port.write(frame)
        await wait(len(frame) * 2 + 60)
        return self.port.read(256)

    async def ask(self):
        """The state that the node tells."""
        reply = await self.say(nodes.read(2, 0, 8))
        return reply[4] if reply else -1


def alone(story, **settings):
    """A node, and a hand on the wire; story(hand, charger, its Node)."""
    async def tell(s):
        await wait(50)
        return await story(Hand(s.line.port()), s[0], s[0].bus.node)
    return Street((1,), **settings).run(tell)


async def granted_b(hand, c):
    """A car is there, and the master has given it ten amperes."""
    c.car.plugged = True
    await wait(200)
    await hand.say(SHARE)
    assert await hand.ask() == nodes.COMM_B
    await hand.say(nodes.write(2, 0, (nodes.COMM_B_OK, 0)))
    await wait(50)


async def charges(hand, c):
    await granted_b(hand, c)
    while await hand.ask() != nodes.COMM_C:
        await wait(200)
        await hand.say(SHARE)
    await hand.say(nodes.write(2, 0, (nodes.COMM_C_OK, 0)))
    await until(lambda: c.out.c1, 1000)


def test_every_state_of_a_stay_has_its_number():
    async def story(hand, c, node):
        seen = [await hand.ask()]
        c.car.plugged = True
        await wait(100)
        seen.append(await hand.ask())
        await hand.say(nodes.write(2, 0, (nodes.COMM_B_OK, 0)))
        seen.append(node.state())          # granted, and no share yet
        await hand.say(SHARE)
        await wait(50)
        seen.append(await hand.ask())
        while node.state() == nodes.B:
            await wait(20)
        seen.append(await hand.ask())
        await hand.say(nodes.write(2, 0, (nodes.COMM_C_OK, 0)))
        seen.append(node.state())
        await wait(700)
        seen.append(await hand.ask())
        await hand.say(NONE)
        seen.append(node.state())
        await wait(7000)
        seen.append(await hand.ask())
        c.car.plugged = False
        await wait(100)
        seen.append(await hand.ask())
        return seen
    assert alone(story) == [nodes.A, nodes.COMM_B, nodes.COMM_B_OK, nodes.B, nodes.COMM_C, nodes.COMM_C_OK, nodes.C, nodes.C1,
                            nodes.B1, nodes.A]


def test_a_share_without_a_grant_is_no_current():
    async def story(hand, c, node):
        c.car.plugged = True
        for _ in range(10):
            await hand.say(SHARE)
            await wait(500)
        return c.state, c.evse.offered_ma
    assert alone(story) == ("B1", 0)


def test_a_grant_without_a_share_is_no_current_and_is_used_up():
    async def story(hand, c, node):
        c.car.plugged = True
        await wait(200)
        await hand.ask()
        await hand.say(nodes.write(2, 0, (nodes.COMM_B_OK, 0)))
        await wait(place.USE_MS + 100)
        await hand.say(SHARE)
        await wait(500)
        return c.state, await hand.ask()
    assert alone(story) == ("B1", nodes.COMM_B)


@pytest.mark.parametrize("state", [nodes.A, nodes.B, nodes.C, nodes.D, nodes.COMM_B, nodes.COMM_C, nodes.COMM_C_OK, nodes.B1, nodes.C1, 14])
def test_no_other_state_is_taken(state):
    async def story(hand, c, node):
        c.car.plugged = True
        await wait(200)
        await hand.say(SHARE)
        await hand.ask()
        await hand.say(nodes.write(2, 0, (state, 0)))
        await hand.say(nodes.write_one(2, 0, state))
        await wait(500)
        return c.state, c.evse.may_close, await hand.ask()
    assert alone(story) == ("B1", 0, nodes.COMM_B)


def test_a_grant_that_answers_nothing_is_not_taken():
    async def story(hand, c, node):
        c.car.plugged = True
        await wait(200)
        await hand.say(SHARE)
        await hand.say(nodes.write(2, 0, (nodes.COMM_B_OK, 0)))       # nobody has asked what it wants
        early = c.state
        await hand.ask()
        await wait(place.ANSWER_MS + 100)
        await hand.say(SHARE)
        await hand.say(nodes.write(2, 0, (nodes.COMM_B_OK, 0)))       # too late
        late = c.state
        await granted_b(hand, c)
        return early, late, c.state
    assert alone(story) == ("B1", "B1", "B2")


def test_the_answer_to_an_earlier_car_closes_for_no_other():
    async def story(hand, c, node):
        await granted_b(hand, c)
        while await hand.ask() != nodes.COMM_C:
            await wait(200)
        await hand.say(nodes.write(2, 0, (nodes.COMM_C_OK, 0)))
        may = c.evse.may_close
        c.car.plugged = False
        await wait(100)
        return may, c.evse.may_close, c.out.c1
    assert alone(story) == (1, 0, 0)


def test_permission_to_close_is_for_once():
    async def story(hand, c, node):
        await charges(hand, c)
        await wait(20)
        may = c.evse.may_close
        c.car.wants = False
        await until(lambda: not c.out.c1)
        c.car.wants = True
        for _ in range(10):
            await wait(500)
            await hand.say(SHARE)
        return may, c.out.c1, c.closed, await hand.ask()
    assert alone(story) == (0, 0, 1, nodes.COMM_C)


def test_a_share_lives_eleven_seconds_and_its_end_is_soft():
    async def story(hand, c, node):
        await charges(hand, c)
        await hand.say(SHARE)
        took = await until(lambda: not c.evse.offered_ma)
        closed = c.out.c1
        await until(lambda: not c.out.c1)
        return took, closed, c.car.hot_opens, c.faults.names()
    took, closed, hot, names = alone(story)
    assert place.LIFE_MS - 300 < took <= place.LIFE_MS and (closed, hot, names) == (1, 0, "no_master")


def test_the_fault_clears_itself_when_the_master_speaks_again():
    async def story(hand, c, node):
        await wait(11200)
        gone = c.faults.names()
        await hand.say(NONE)
        return gone, c.faults.names()
    assert alone(story) == ("no_master", "")


def test_an_error_stops_and_clears_by_itself():
    async def story(hand, c, node):
        await charges(hand, c)
        await hand.say(nodes.write_one(9, 1, nodes.LESS_6A))
        await wait(50)
        stopped = c.evse.offered_ma, node.error_bits
        for _ in range(6):
            await wait(2000)
            await hand.say(SHARE)
        waits = c.why, node.error_bits
        for _ in range(30):
            await wait(2000)
            await hand.say(SHARE)
        return stopped, waits, await hand.ask()
    assert alone(story) == ((0, 1), ("no_current", 0), nodes.COMM_B)


def test_an_error_that_is_our_own_comes_back_and_stops_nothing():
    async def story(hand, c, node):
        from faults import STORE
        await charges(hand, c)
        c.faults.put(STORE, 1)
        await hand.say(nodes.write(2, 0, (nodes.C, 0x80, 0, 0)))
        return c.state, node.error_bits
    assert alone(story) == ("C2", 0)


def test_nothing_is_granted_while_an_error_stands():
    async def story(hand, c, node):
        c.car.plugged = True
        await wait(200)
        await hand.say(SHARE)
        await hand.ask()
        await hand.say(nodes.write(2, 0, (nodes.COMM_B_OK, nodes.LESS_6A)))
        return c.state, await hand.ask()
    assert alone(story) == ("B1", nodes.COMM_B)


def test_it_asks_for_nothing_while_something_else_holds_it_back():
    async def story(hand, c, node):
        c.car.plugged = True
        c.control.put("access", "Pause")
        await wait(200)
        paused = await hand.ask()
        c.control.put("access", "On")
        await wait(100)
        free = await hand.ask()
        c.site.temp_c = 70
        await wait(200)
        return paused, free, await hand.ask()
    assert alone(story) == (nodes.B1, nodes.COMM_B, nodes.B1)


def test_what_it_could_use_at_most_is_the_smallest_of_its_own_limits():
    async def story(hand, c, node):
        c.car.cable_ohm = 680
        c.car.plugged = True
        await wait(200)
        by_cable = node.most_a()
        c.control.override(9000)
        await wait(50)
        return by_cable, node.most_a()
    assert alone(story, max_current_a=32) == (16, 9)


def test_alone_again_it_waits_for_nobody():
    async def story(hand, c, node):
        before = c.evse.may_close, c.evse.limits.ma[8]
        c.control.put("loadbl", "Disabled")
        await wait(200)
        return before, c.evse.may_close, c.evse.limits.ma[8] > 1000000, c.bus.node, c.faults.mask
    assert alone(story) == ((0, 0), 1, True, None, 0)


def test_a_task_that_falls_leaves_no_current_behind():
    async def tell(s):
        await wait(50)
        await charges(Hand(s.line.port()), s[0])
        s[0].task.cancel()
        await wait(50)
        return s[0].evse.offered_ma, s[0].evse.may_close
    assert Street((1,)).run(tell) == (0, 0)


def test_another_number_is_another_node():
    async def story(hand, c, node):
        c.control.put("loadbl", "Node 3")
        await wait(200)
        return c.bus.node is not node and isinstance(c.bus.node, Node), await hand.ask(), bool(await hand.say(nodes.read(4, 0, 8)))
    assert alone(story) == (True, -1, True)


def test_another_speed_is_the_wires_business():
    async def story(hand, c, node):
        c.control.put("rs485_baud", 19200)
        await wait(200)
        return c.port.baud, c.bus.node is node
    assert alone(story) == (19200, True)



"""The Modbus TCP server without its sockets: who is let go."""
from app import clock
from app.modbus_server import ModbusServer


class Caller:
    def __init__(self, since):
        self.since, self.gone, self.task = since, 0, self

    def cancel(self):
        self.gone += 1


def test_who_asked_nothing_for_a_minute_is_let_go():
    server = ModbusServer(None)
    was = clock.ticks_ms
    clock.ticks_ms = lambda: 100_000
    try:
        server.callers = [Caller(40_000), Caller(39_999), Caller(100_000)]
        server.tidy()
        assert [caller.gone for caller in server.callers] == [0, 1, 0]
    finally:
        clock.ticks_ms = was

"""Meters found by their names: a real responder of multicast DNS (zeroconf) on loopback, and what it leads to."""
import socket

import pytest
from peers import INTERPRETERS
from test_homewizard_http import Meter, Probe
from test_modbus_tcp_client import Server
from zeroconf import ServiceInfo, Zeroconf

pytestmark = pytest.mark.live(39, together=True)  # the port of multicast DNS is one for all
SERVICE = "_hwenergy._tcp.local."


class Responder:
    """Offers names on this machine, each with a port."""

    def __init__(self, *offers):
        self.zeroconf = Zeroconf(interfaces=["127.0.0.1"])
        for name, port in offers:
            self.zeroconf.register_service(ServiceInfo(
                SERVICE, "%s.%s" % (name, SERVICE), addresses=[socket.inet_aton("127.0.0.1")], port=port, server=name + ".local.",
                properties={"path": "/api/v1"}))

    def end(self):
        self.zeroconf.close()


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_p1_meter_is_found_and_a_kwh_meter_is_not_taken_for_it(interpreter, ends):
    p1, kwh = Meter(), Meter()
    kwh.amps = "99"
    ends += [p1, kwh, Responder(("kwhmeter-AABBCC", kwh.port), ("p1meter-0C3D11", p1.port))]
    probe = Probe(interpreter, "Homewizrd", "", 10, 5353)
    ends.append(probe)
    probe.until(lambda line: line == "LOG mains meter is p1meter-0c3d11.local at 127.0.0.1", "to find it")
    f = probe.now(lambda f: f["known"], "for its numbers")
    assert f["l1"] == -4000 and kwh.asked == 0
    print("%s: longest gap %d ms" % (interpreter[0], f["gap"]))


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_name_in_the_settings_is_enough_for_either_kind(interpreter, ends):
    meter, server = Meter(), Server()
    ends += [meter, server, Responder(("p1meter-0C3D11", 1), ("gateway", 2))]
    for model, host in (("Homewizrd", "P1meter-0c3d11.local:%d" % meter.port), ("Eastron3P", "gateway.local:%d" % server.port)):
        probe = Probe(interpreter, model, host, 10, 5353)
        ends.append(probe)
        probe.now(lambda f: f["known"] and f["ok"] > 3, "for its numbers")


def test_without_anybody_the_charger_goes_on_asking(ends):
    probe = Probe(INTERPRETERS[0], "Homewizrd", "", 10, 5353)
    ends.append(probe)
    f = probe.now(lambda f: f["errors"] >= 2, "for two tries")
    assert f["last"] == "nobody" and not f["known"]
    meter = Meter()
    ends += [meter, Responder(("p1meter-0C3D11", meter.port))]
    probe.now(lambda f: f["known"], "once it is there")

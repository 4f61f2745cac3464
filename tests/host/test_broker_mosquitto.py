"""Our MQTT task against a real mosquitto that is killed and frozen, and against peers no broker should be like."""
import shutil
import signal
import socket
import subprocess
import threading
import time

import pytest
from peers import INTERPRETERS, Lines, free_port, needs

P = "SmartEVSE/1234/"

pytestmark = [pytest.mark.live(17), pytest.mark.skipif(not shutil.which("mosquitto") or not shutil.which("mosquitto_sub"), reason="mosquitto is not installed")]


class Probe(Lines):
    """The charger's MQTT task on one interpreter."""

    NAMES = ("connected", "connects", "lost", "sent", "heard", "dropped", "mode", "gap_ms", "status")

    def __init__(self, interpreter, host, port):
        needs(interpreter)
        super().__init__(*interpreter, "tests/host/broker_probe.py", host, port)

    def now(self, wanted, what=""):
        """Its figures, as soon as wanted(figures) is true."""
        def fits(line):
            return line.startswith("NOW") and wanted(self.figures(line))
        return self.figures(self.until(fits, what))

    def figures(self, line):
        words = dict(zip(self.NAMES, line[4:].split(" ", 8)))
        return {k: v if k in ("mode", "status") else int(v) for k, v in words.items()}


class Mosquitto:
    def __init__(self, port, folder):
        self.port = port
        self.conf = folder / "mosquitto.conf"
        self.conf.write_text("listener %d 127.0.0.1\nallow_anonymous true\n" % port)
        self.start()

    def start(self):
        self.process = subprocess.Popen([shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-c", str(self.conf)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert time.monotonic() < end, "mosquitto did not start"
                time.sleep(0.05)

    def kill(self):
        self.process.kill()
        self.process.wait(10)

    def publish(self, topic, payload, *more):
        subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", str(self.port), "-t", P + topic, "-m", payload, *more], check=True, timeout=10)

    def listener(self, topic="#", *more):
        return Lines("mosquitto_sub", "-h", "127.0.0.1", "-p", self.port, "-t", P + topic, "-v", *more)


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_day_at_the_broker(interpreter, ends, tmp_path):
    """Login, all topics, an order, refused orders, death and return of the broker, death of the charger."""
    port = free_port()
    broker = Mosquitto(port, tmp_path)
    ends.append(broker)
    ears = broker.listener()
    ends.append(ears)
    probe = Probe(interpreter, "127.0.0.1", port)
    ends.append(probe)
    probe.now(lambda f: f["connected"], "for the login")
    for line in ("connected online", "mode normal", "evse/offered_ma 16000", "mains/ma 0,0,0",
                 "Mode Normal", "Access Allow", "State Charging", "StateID C", "Error None", "EVPlugState Connected", "ChargeCurrent 160",
                 "ESPTemp 31"):
        ears.until(lambda seen, line=line: seen == P + line, line)
    ears.until(lambda seen: seen.startswith(P + "session/s "), "a change")
    ears.until(lambda seen: seen.startswith(P + "MainsCurrentL1 ") and not seen.endswith(" 0"), "a current")
    late = broker.listener("connected")  # a second client that comes later finds the retained word
    ends.append(late)
    late.until(lambda seen: seen == P + "connected online", "the retained word")

    broker.publish("Set/Mode", "Solar")
    probe.now(lambda f: f["mode"] == "solar", "for the order")
    ears.until(lambda seen: seen == P + "mode solar", "the new mode")
    bad = (("Set/Mode", "solar"), ("Set/Mode", ""), ("Set/Mode", "x" * 256), ("Set/Mode", "x" * 257), ("Set/Mode", "x" * 5000),
           ("Set/Other", "1"), ("Set/" + "t" * 150, "1"), ("Set/" + "t" * 900, "1"))
    for topic, payload in bad:
        broker.publish(topic, payload)
    subprocess.run(["mosquitto_pub", "-p", str(port), "-t", P + "Set/Mode", "-s"], input=b"\xff\xfe\x00Off", check=True, timeout=10)
    broker.publish("Set/Mode", "Smart")
    probe.now(lambda f: f["mode"] == "smart", "for an order after nonsense")
    broker.publish("Set/Mode", "Off", "-r")
    probe.now(lambda f: f["mode"] == "off", "for an order that is also kept")
    broker.publish("Set/Mode", "Pause")
    f = probe.now(lambda f: f["mode"] == "pause", "for the last order")
    assert f["heard"] == 4 and f["connects"] == 1 and f["lost"] == 0

    for topic, payload, done in (("Boost", "90", "boost 90"), ("SoC", "80", "soc 80"), ("Week", "Mo 23:00-07:00 Smart 16", "week Mo 23:00-07:00 Smart 16"),
                                 ("CurrentMaxSumMains", "40", "capacity Fixed")):
        broker.publish("Set/" + topic, payload)
        ears.until(lambda seen, done=done: seen == P + "note " + done, topic)

    broker.kill()
    probe.now(lambda f: not f["connected"] and f["lost"] == 1, "to notice the death")
    broker.start()
    again = broker.listener()
    ends.append(again)
    f = probe.now(lambda f: f["connected"] and f["connects"] == 2, "for the return")
    again.until(lambda seen: seen == P + "connected online", "the word after the return")
    again.until(lambda seen: seen == P + "mode pause", "the full picture after the return")
    broker.publish("Set/Mode", "Normal")
    f = probe.now(lambda f: f["mode"] == "normal", "for an order after the return")
    assert f["dropped"] >= len(bad) + 1
    probe.end()
    again.until(lambda seen: seen == P + "connected offline", "the will")
    print("%s: longest gap %d ms" % (interpreter[0], f["gap_ms"]))


@pytest.mark.parametrize("interpreter", INTERPRETERS[:2])
def test_a_broker_that_freezes_is_given_up_and_found_again(interpreter, ends, tmp_path):
    port = free_port()
    broker = Mosquitto(port, tmp_path)
    ends.append(broker)
    probe = Probe(interpreter, "127.0.0.1", port)
    ends.append(probe)
    probe.now(lambda f: f["connected"], "for the login")
    broker.process.send_signal(signal.SIGSTOP)
    try:
        f = probe.now(lambda f: not f["connected"] and f["lost"] == 1, "to notice the frost")
    finally:
        broker.process.send_signal(signal.SIGCONT)
    f = probe.now(lambda f: f["connected"] and f["connects"] == 2, "for the return")
    print("%s: longest gap %d ms" % (interpreter[0], f["gap_ms"]))


class Peer:
    """A listening socket that treats whoever comes with one of the manners below."""

    def __init__(self, manner):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(0 if manner == "black hole" else 8)
        self.port = self.socket.getsockname()[1]
        self.kept = []
        if manner == "black hole":  # a full backlog: who dials hears nothing at all
            for _ in range(3):
                s = socket.socket()
                s.setblocking(False)
                s.connect_ex(("127.0.0.1", self.port))
                self.kept.append(s)
        else:
            threading.Thread(target=self._serve, args=(manner,), daemon=True).start()

    def _serve(self, manner):
        while True:
            try:
                s, _ = self.socket.accept()
                self.kept.append(s)
                if manner == "silent":
                    continue
                s.recv(512)
                if manner == "refuses":
                    s.sendall(b"\x20\x02\x00\x05")
                elif manner == "closes":
                    s.close()
                elif manner == "web server":
                    s.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                elif manner == "half a packet":
                    s.sendall(b"\x20\x02\x00\x00" + b"\x30\x20\x00\x05ab")
                elif manner == "endless length":
                    s.sendall(b"\x20\x02\x00\x00" + b"\x30\xff\xff\xff\xff\xff")
                elif manner == "broken message":
                    s.sendall(b"\x20\x02\x00\x00" + b"\x30\x03\x00\x09a")
                elif manner == "no subscription":
                    s.sendall(b"\x20\x02\x00\x00" + b"\x90\x03\x00\x01\x80")
            except OSError:
                return

    def end(self):
        self.socket.close()
        for s in self.kept:
            s.close()


MANNERS = (("silent", "no answer"), ("black hole", "no answer"), ("refuses", "refused 5"), ("closes", ""), ("web server", ""),
           ("half a packet", "broker is silent"), ("endless length", "broken length"), ("broken message", "broken packet"),
           ("no subscription", "subscription refused"))


@pytest.mark.parametrize("interpreter", INTERPRETERS[:2])
def test_peers_no_broker_should_be_like(interpreter, ends):
    """All at once, to save time: each probe says why it failed, tries again, and its other tasks go on."""
    probes = []
    for manner, word in MANNERS:
        peer = Peer(manner)
        ends.append(peer)
        probe = Probe(interpreter, "127.0.0.1", peer.port)
        ends.append(probe)
        probes.append((manner, word, probe))
    for manner, word, probe in probes:
        f = probe.now(lambda f, word=word: not f["connected"] and f["status"] not in ("off", "online") and word in f["status"], manner)
        print("%s, %s: %s, longest gap %d ms" % (interpreter[0], manner, f["status"], f["gap_ms"]))
        assert f["mode"] == "normal" and f["heard"] == 0


def test_a_name_that_nobody_knows_is_told(ends):
    probe = Probe(INTERPRETERS[0], "broker.invalid", 1883)
    ends.append(probe)
    probe.now(lambda f: f["status"] == "name not found", "for the word")

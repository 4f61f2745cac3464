"""The MQTT task: keeps us at the broker, tells what changed, hears what to set.

Once a second, and never more often, everything that changed goes out in one
batch: each of our points under its name, each of SmartEVSE's topics under
its own; what changes by nature waits some seconds more. After a new
connection all of them go out. What comes in goes to control, which refuses
or obeys. It never gives up: after a loss it tries again, later each time. A
broker that hangs, floods or dies costs this task alone.
"""
import asyncio

from micropython import const

import points
from app import dial
from app.batch import Batch
from app.mqtt import Mqtt
from app.mqtt_codec import ProtocolError
from proto import mqtt_topics as topics
from proto import smartevse_post

WAIT_MAX_S = const(30)  # between two attempts, at most


def by_number(host: str) -> str:
    """The resolver that resolves nothing: "" for every name."""
    return ""


class Broker:
    def __init__(self, house, table: tuple = points.TABLE, resolve=by_number) -> None:
        """table has the columns of points.TABLE. resolve(name) never waits: an address in numbers, or "" as long as it has none."""
        self.house = house
        self.at = ""         # host:port of a broker that outranks the one in the settings
        self.connected = 0
        self.status = "off"  # off, online, or why not
        self.sent = 0        # messages published
        self.heard = 0       # messages that were obeyed
        self.dropped = 0     # messages refused, oversized or retained
        self.connects = 0
        self.lost = 0        # connections that stood and fell
        self._table = table
        self._resolve = resolve
        self._prefix = ""
        self._refused = "nothing yet"  # or why the last message was

    def state(self) -> str:
        """off, online, or why not, in words that fit a display."""
        return self.status

    def _wanted(self) -> tuple:
        """Which broker the settings ask for."""
        c = self.house.cfg
        prefix = c.mqtt_prefix or "SmartEVSE/%d" % self.house.serial
        host, port = c.mqtt_host, c.mqtt_port
        if self.at:
            host, _, digits = self.at.partition(":")
            port = int(digits or 1883)
        return host, port, c.mqtt_user, c.mqtt_pass, prefix

    async def run(self) -> None:
        """For ever. Only a cancellation comes out of it."""
        wait_s = 1
        while True:
            wanted = self._wanted()
            if wanted[0]:
                why, lived = await self._once(wanted)
                self._say(why)
                wait_s = 1 if lived else min(wait_s * 2, WAIT_MAX_S)
            else:
                self._say("off")
            for _ in range(wait_s if wanted[0] else 1):
                await asyncio.sleep(1)
                if self._wanted() != wanted:
                    wait_s = 1
                    break

    async def _once(self, wanted: tuple) -> tuple:
        """One connection from dial to end: (why it ended, whether it had lived for a keepalive)."""
        ip = dial.address(wanted[0]) or self._resolve(wanted[0])
        if not ip:
            return "name not found", False
        prefix = self._prefix = wanted[4]
        will = (prefix + "/connected").encode()
        mqtt = Mqtt(prefix.encode(), wanted[2].encode(), wanted[3].encode(), self._message)
        mqtt.codec.will(will, b"offline")
        ended: list = []
        beat = None
        try:
            await mqtt.open(ip, wanted[1])
            mqtt.publish(prefix + "/connected", b"online", True)
            mqtt.codec.subscribe((prefix + "/Set/#").encode())
            self.connected = 1
            self.connects += 1
            self._say("online")
            beat = asyncio.create_task(self._beat(mqtt, wanted, ended))
            await mqtt.listen()
        except asyncio.CancelledError:
            raise
        except Exception as e:
            ended.append(e)
        finally:
            self.lost += self.connected
            self.connected = 0
            self.dropped += mqtt.dropped
            if beat:
                beat.cancel()
            mqtt.close()
        return _reason(ended[0]), mqtt.beats > 1

    async def _beat(self, mqtt, wanted: tuple, ended: list) -> None:
        """Once a second: what changed, and a sign of life. However it ends, it closes the connection."""
        batch = Batch(self.house, wanted[4], self._table)
        second = 0
        try:
            while self._wanted() == wanted:
                self.sent += await batch.send(mqtt, second)
                await asyncio.sleep(1)
                mqtt.second()
                second += 1
            mqtt.publish(wanted[4] + "/connected", b"offline", True)
            mqtt.codec.disconnect()
            await mqtt.flush()
            ended.append(ProtocolError("settings changed"))
        except asyncio.CancelledError:
            raise
        except Exception as e:
            ended.append(e)
        mqtt.close()

    def _message(self, topic: bytes, payload: bytes) -> None:
        """Something under Set/ came in. What is not understood changes nothing and is counted."""
        try:
            name = topic.decode()[len(self._prefix) + 5:]
            smartevse_post.act(self.house, topics.order(name, payload.decode()))
            self.heard += 1
        except ValueError as e:  # UnicodeError is one
            self.dropped += 1
            if str(e) != self._refused:  # a feed that comes every second must not fill the log
                self._refused = str(e)
                self.house.say("mqtt: " + self._refused)

    def _say(self, status: str) -> None:
        """Keeps the status; a new one goes to the log."""
        if status != self.status:
            self.status = status
            self.house.say("mqtt " + status)


def _reason(e) -> str:
    """The end of a connection in words that fit a display."""
    if isinstance(e, asyncio.TimeoutError):
        return "no answer"
    if isinstance(e, EOFError):
        return "closed by broker"
    if isinstance(e, ProtocolError):
        return e.args[0]
    if isinstance(e, OSError):
        return "error %s" % e.args[0] if e.args else "error"
    return "fault: %r" % (e,)

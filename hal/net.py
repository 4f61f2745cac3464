"""Wi-Fi as a station. It is asked to join once and keeps trying by itself.

Nothing here waits: the radio does its work beside us, and status() tells how
far it is. Names are not looked up and networks not scanned here; both block
the chip for seconds. The name on the network is SmartEVSE-<serial>.
"""

import network


class Net:
    """serial: the charger's number, part of its name."""

    def __init__(self, serial: int) -> None:
        self.name = "SmartEVSE-%d" % serial
        network.hostname(self.name)  # must be known before the radio is on
        self.wlan = network.WLAN(network.STA_IF)
        self.wlan.active(True)       # takes its memory now, before the application does
        self.wlan.config(pm=network.WLAN.PM_NONE, reconnects=-1)
        self.wanted = 0
        self.refused = 0             # calls the radio answered with an error

    def join(self, ssid: str, password: str) -> None:
        """Leave what we are in and join ssid (1..32 bytes) with password ("" or 8..63)."""
        if not 1 <= len(ssid.encode()) <= 32:
            raise ValueError("ssid must be 1..32 bytes")
        if password and not 8 <= len(password) <= 63:
            raise ValueError("password must be empty or 8..63 characters")
        if self.wanted:
            self.wlan.disconnect()
        self.wanted = 1
        try:
            self.wlan.connect(ssid, password or None)
        except OSError:
            self.refused += 1  # the radio was in the middle of something; the caller sees state 0 and may ask again
            self.wanted = 0

    def status(self) -> tuple:
        """(state, ip): 0 off, 1 joining, 2 up; ip is text, "" when there is none."""
        if self.wlan.isconnected():
            return 2, self.wlan.ifconfig()[0]
        return (1 if self.wanted else 0), ""

    def dns(self) -> str:
        """Address of the name server that the router told, "" when there is none."""
        return self.wlan.ifconfig()[3] if self.wlan.isconnected() else ""

    def rssi(self) -> int:
        """Signal in dBm, 0 when not joined."""
        if not self.wlan.isconnected():
            return 0
        return self.wlan.status("rssi")

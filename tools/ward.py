"""Hard times for a charger on a bench: peers that hang, in the ways that peers hang.

A broker that takes a connection and never says a word, browsers that begin a
request and stop, a visitor that fetches the page again and again. Everything
on loopback, bounded in number, and closed at the end.
"""
import socket
import threading
import time


class BlackHole:
    """A broker that accepts and then is silent. `address` is host:port."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0), backlog=8)
        self.address = "127.0.0.1:%d" % self._server.getsockname()[1]
        self._kept: list = []
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        try:
            while True:
                self._kept.append(self._server.accept()[0])
        except OSError:
            return  # closed

    def close(self) -> None:
        self._server.close()
        for link in self._kept:
            link.close()


def half_open(port: int, count: int) -> list:
    """count connections that have sent half a request; those that were refused are in it too, closed."""
    links = []
    for _ in range(count):
        link = socket.create_connection(("127.0.0.1", port), timeout=5)
        try:
            link.sendall(b"GET /points HTTP/1.1\r\nHost: x")
        except OSError:
            link.close()
        links.append(link)
        time.sleep(0.005)
    return links


class Visitor:
    """Fetches a path of the charger without a pause until stopped; `pages` counts what came, `busy` what was refused."""

    def __init__(self, rig, path: str = "/") -> None:
        self.pages = self.busy = 0
        self._rig, self._path, self._on = rig, path, True
        self._thread = threading.Thread(target=self._visit, daemon=True)
        self._thread.start()

    def _visit(self) -> None:
        while self._on:
            try:
                status, _ = self._rig.ask(self._rig.port, "GET", self._path)
            except OSError:
                status = 0
            if status == 200:
                self.pages += 1
            else:
                self.busy += 1
                time.sleep(0.05)

    def stop(self) -> None:
        self._on = False
        self._thread.join(10)

"""Small named pieces that outlive a power cut. Each is one file with a checksum.

A save writes a second file and renames it over the first; the file system
renames in one piece. So a cut at any point leaves the old or the new, and a
half-written file is known by its checksum. It knows nothing of what it keeps.
On the chip a save may stop everything for some 80 ms (a flash sector is
erased): the caller chooses a moment when no current flows.
"""

import os
from binascii import crc32

MOST = 4096            # bytes; more would cost several erased sectors a save
_SEED = 0x75455653     # so that a file of zeros is not a valid empty one


class Store:
    """folder: "" or "/" for the root of the flash, else a path that exists. stalls: 1 where a save stops the processor."""

    def __init__(self, folder: str = "", stalls: int = 0) -> None:
        self.stalls = stalls
        self.folder = folder if not folder or folder.endswith("/") else folder + "/"
        self.torn = 0  # files found that were not whole

    def save(self, name: str, data: bytes) -> None:
        """Keep data (0..4096 bytes) under name (1..20 of a-z, 0-9, _). OSError: the old one stands."""
        path = self._path(name)
        if len(data) > MOST:
            raise ValueError("data must be 0..4096 bytes")
        with open(path + ".new", "wb") as f:
            f.write(data)
            f.write(crc32(data, _SEED).to_bytes(4, "little"))
        os.rename(path + ".new", path)

    def load(self, name: str) -> "bytes | None":
        """What was saved last, or None."""
        path = self._path(name)
        data = self._whole(path)
        if data is None:
            data = self._whole(path + ".new")  # cut between the first save and its rename
        return data

    def _whole(self, path: str) -> "bytes | None":
        try:
            with open(path, "rb") as f:
                raw = f.read(MOST + 5)
        except OSError:
            return None  # never saved
        if 4 <= len(raw) <= MOST + 4:
            data = raw[:-4]
            if crc32(data, _SEED).to_bytes(4, "little") == raw[-4:]:
                return data
        self.torn += 1
        return None

    def _path(self, name: str) -> str:
        if not 1 <= len(name) <= 20:
            raise ValueError("name must be 1..20 characters")
        for c in name:
            if not ("a" <= c <= "z" or "0" <= c <= "9" or c == "_"):
                raise ValueError("name must be of a-z, 0-9 and _")
        return self.folder + name

"""The firmware's files on a PC: a folder, each file with a checksum in front, replaced whole or not at all."""
import binascii
import os
import struct


class Folder:
    """`path` is made if it is missing; files are small and read in one piece."""

    def __init__(self, path: str) -> None:
        self.path = path
        try:
            os.mkdir(path)
        except OSError:
            pass   # it is there already; a save will say if it is not

    def load(self, name: str) -> "bytes | None":
        """What was saved, None where nothing was or where it is damaged."""
        try:
            with open(self.path + "/" + name, "rb") as file:
                data = file.read()
        except OSError:
            return None
        if len(data) < 4 or struct.unpack("<I", data[:4])[0] != binascii.crc32(data[4:]) & 0xFFFFFFFF:
            return None
        return data[4:]

    def save(self, name: str, data: bytes) -> None:
        path = self.path + "/" + name
        with open(path + ".tmp", "wb") as file:
            file.write(struct.pack("<I", binascii.crc32(data) & 0xFFFFFFFF))
            file.write(data)
        os.rename(path + ".tmp", path)

"""A disk whose power fails after a given number of steps.

Opening, each byte, closing and renaming are one step each. Put its `open` and
`os` into a module that keeps files, and count how many steps a save takes.
"""

import os


class Cut(BaseException):
    """The power failed."""


class CutDisk:
    """steps: how many still succeed."""

    def __init__(self, steps):
        self.steps = steps
        self.os = self

    def step(self):
        if self.steps <= 0:
            raise Cut
        self.steps -= 1

    def open(self, path, mode):
        if "w" not in mode:
            return open(path, mode)
        self.step()
        return CutFile(self, open(path, mode, buffering=0))

    def rename(self, a, b):
        self.step()
        os.rename(a, b)

    def mkdir(self, path):
        os.mkdir(path)


class CutFile:
    def __init__(self, disk, file):
        self.disk, self.file = disk, file

    def write(self, data):
        for b in data:
            self.disk.step()
            self.file.write(bytes((b,)))

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.file.close()
        if kind is None:
            self.disk.step()

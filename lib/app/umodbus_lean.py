"""The master of umodbus, as it comes, without the parts of it that we do not need.

Importing it whole would also bring its module of type names (7 kB of empty
classes) and its slave (6 kB) into the heap. Two stubs stand in for them while
it is imported; its code is not touched. Nothing else is in here.
"""
import sys


class _Nothing:
    """Stands in for the names that umodbus imports only to annotate with."""

    def __getitem__(self, key):
        return self


class _Stub:
    """Stands in for both modules, as far as the master asks for them."""

    List = Optional = Union = Tuple = _Nothing()
    Modbus = object


sys.modules["umodbus.typing"] = sys.modules["umodbus.modbus"] = _Stub  # type: ignore
from umodbus.serial import Serial  # noqa: E402

__all__ = ("Serial",)

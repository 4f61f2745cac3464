"""`import unfold`: gives tests on the device-like interpreter the constants that tools/fold.py left out of its image.

Each module gets them when it is imported. Where nothing was folded, nothing
is done. Only for tests: the firmware itself needs none of these names.
"""
import builtins
import sys

try:
    from folded_names import TABLE  # type: ignore[import-not-found]
except ImportError:
    TABLE = ()

_RELATIVE = ("asyncio", "umodbus", "app.umodbus_lean")  # what imports by names relative to its package
_import = builtins.__import__
_given: set = set()


def _give() -> None:
    """The constants of all modules that have come since the last look."""
    for name, pairs in TABLE:
        if name in sys.modules and name not in _given:
            _given.add(name)
            for i in range(0, len(pairs), 2):
                setattr(sys.modules[name], pairs[i], pairs[i + 1])


def _import_whole(name, scope=None, local=None, wanted=None, level=0):
    if level:  # asyncio fetches its own parts when they are asked for; a stand-in cannot say whose they are
        return _import("asyncio." + name if name else "asyncio", scope, local, wanted)
    if name in _RELATIVE:
        builtins.__import__ = _import
    try:
        return _import(name, scope, local, wanted)
    finally:
        builtins.__import__ = _import_whole
        _give()


if TABLE:
    builtins.__import__ = _import_whole

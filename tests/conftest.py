"""Every test on CPython starts with what CPython lacks of MicroPython."""
import shim  # noqa: F401

"""Every test on CPython starts with what CPython lacks of MicroPython. Hypothesis repeats itself and is never timed."""
import hypothesis
import shim  # noqa: F401

hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("house")

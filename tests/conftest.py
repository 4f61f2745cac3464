"""Every test on CPython starts with what CPython lacks of MicroPython. Hypothesis repeats itself and is never timed.

A file whose tests run in real time beside a peer, and wait more than they
work, says so: `pytest.mark.live(seconds)`, of its longest test; or of all of
them, with `together=True`, where they share a charger, a browser or a port.
The longest begin first. With `--dist loadscope` each live test goes to the
worker that is free, those of a file that keeps together to one.
"""
import functools
import pathlib

import hypothesis
import pytest
import shim  # noqa: F401

hypothesis.settings.register_profile("house", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("house")


def _seconds(item) -> int:
    mark = item.get_closest_marker("live")
    return mark.args[0] if mark else 0


def pytest_collection_modifyitems(items) -> None:
    items.sort(key=_seconds, reverse=True)


@functools.cache
def _alone(path: pathlib.Path) -> bool:
    """Whether each test of a file may go to another worker. Who hands them out has not imported them."""
    text = path.read_text()
    return "pytest.mark.live(" in text and "together=True" not in text


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getvalue("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Spread(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.split("::", 1)[0]
            return nodeid if _alone(config.rootpath / file) else file
    return Spread(config, log)

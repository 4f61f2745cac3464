"""Runs shared tests under MicroPython: micropython tests/run.py FILE...

Stands in for pytest, as far as the shared tests go: raises, approx,
mark.parametrize, skip, and tests that are coroutines. A frozen module is
preferred to its source, so the device-like interpreter tests what is in the
image. The last line counts as pytest counts. It runs from the project's root.
"""
import gc
import sys

sys.path[:] = [".frozen", "tools/host", "lib", ".", "build/vendor", "build/page", "tests"]
HEAP_THRESHOLD = 16384  # as on the board: collect early, so the heap does not fall to pieces
ROOM_THRESHOLD = 131072  # where there is more room than on a board that costs a third of the time, and shows nothing

_rows: dict = {}  # id of a function -> its parameters
_kept: list = []  # the functions, so that no id is used twice


class Skipped(Exception):
    pass


class Raises:
    """The context of pytest.raises: the error is in .value afterwards."""

    def __init__(self, *errors, match=None):
        self.errors, self.match, self.value = errors[0] if isinstance(errors[0], tuple) else errors, match, None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            raise AssertionError("did not raise %r" % (self.errors,))
        self.value = error
        if not issubclass(kind, self.errors):
            return False
        if self.match:
            import re
            assert re.search(self.match, str(error)), "%r does not match %r" % (str(error), self.match)
        return True


class Approx:
    """A number, or a list of them, that equals what is near it."""

    def __init__(self, value, rel=1e-5, abs=1e-9):
        self.value, self.rel, self.abs = value, rel, abs

    def _near(self, want, got):
        slack = max(self.rel * (want if want >= 0 else -want), self.abs)
        return want - slack <= got <= want + slack

    def __eq__(self, other):
        if isinstance(self.value, (list, tuple)):
            return len(self.value) == len(other) and all(self._near(w, g) for w, g in zip(self.value, other))
        return self._near(self.value, other)

    def __repr__(self):
        return "approx(%r)" % (self.value,)


class Mark:
    def parametrize(self, names, rows, ids=None):
        single = isinstance(names, str) and "," not in names or not isinstance(names, str) and len(names) == 1

        def keep(function):
            new = [((r,) if single else tuple(r)) for r in rows]
            old = _rows.get(id(function))
            _rows[id(function)] = [n + o for o in old for n in new] if old else new
            _kept.append(function)
            return function
        return keep


class Pytest:
    raises, approx, mark = Raises, Approx, Mark()

    def skip(self, reason=""):
        raise Skipped(reason)

    def fail(self, reason=""):
        raise AssertionError(reason)


def call(function, row):
    """Runs one test; a coroutine in an event loop of its own."""
    result = function(*row)
    if hasattr(result, "send"):
        import asyncio
        asyncio.new_event_loop()
        asyncio.run(result)


def run(path, count):
    """Runs the tests of one file; count is [passed, failed, skipped]."""
    folder, _, file = path.rpartition("/")
    if folder not in sys.path:
        sys.path.append(folder)
    try:
        module = __import__(file[:-3])
    except Skipped as e:
        count[2] += 1
        print("SKIPPED %s %s" % (path, e))
        return
    for name in sorted(n for n in dir(module) if n.startswith("test_")):
        function = getattr(module, name)
        for row in _rows.get(id(function), ((),)):
            gc.collect()
            try:
                call(function, row)
                count[0] += 1
            except Skipped as e:
                count[2] += 1
                print("SKIPPED %s::%s %s" % (path, name, e))
            except Exception as e:
                count[1] += 1
                print("FAILED %s::%s%s" % (path, name, row or ""))
                sys.print_exception(e)


def main(paths):
    sys.modules["pytest"] = Pytest()
    gc.threshold(HEAP_THRESHOLD if gc.mem_free() < 250000 else ROOM_THRESHOLD)
    import shim  # noqa: F401
    import unfold  # noqa: F401
    count = [0, 0, 0]
    for path in paths:
        try:
            run(path, count)
        except Exception as e:
            count[1] += 1
            print("FAILED %s, at import" % path)
            sys.print_exception(e)
    print("%d passed, %d failed, %d skipped" % tuple(count))
    return 1 if count[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""When the sun is asked, and what the balance tells it."""
from test_balance import Bench


def test_normal_forgets_what_ran():
    bench = Bench("Solar", stop_min=1)
    bench.go(20, -10000)
    bench.charge(0, 6000)
    bench.go(70, 3000)
    bench.cfg.put("mode", "Normal")
    bench.go(1, 3000)
    balance = bench.balance
    assert (balance.sun.stop_s, balance.sun.dark_s, balance.stale, balance.grace_ms) == (0, 0, 0, 0)

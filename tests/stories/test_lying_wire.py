"""A wire on which four answers in ten are not what they should be: nothing wrong is believed, and the mains are still measured."""
import pytest
from lying import Lying
from tools.plant.liar import KINDS


@pytest.mark.parametrize("seed, meters", ((1, 3), (2, 3), (3, 1)))
def test_four_faults_in_ten_answers_and_nothing_wrong_is_taken(seed, meters):
    site = Lying(400, seed, meters).run(120)
    assert site.wrong == 0 and site.stale == 0, (site.wrong, site.stale)
    assert site.liar.lies() > 100 and min(site.liar.counts) > 0, site.told()
    assert site.taken > 150 and site.worst_ms < 11000   # no charge stops for it
    assert site.gap_ms == 10


@pytest.mark.parametrize("late_ms", (260, 460, 530, 700, 1000, 1500, 4000))
def test_a_meter_that_is_always_late_by_the_same_time_is_never_believed(late_ms):
    """Its answers have the right length, address and checksum, and are about the same registers: only too old."""
    site = Lying(1000, 1, 1, kinds=("late",))
    site.liar._spoiled = lambda kind, k, reply: site.liar._held.append([site.wire.now_us + 1000 * late_ms, k, reply])
    site.run(120)
    assert site.liar.asked > 50 and site.taken == site.wrong == 0


def test_a_wire_that_does_not_lie_loses_nothing():
    site = Lying(0, 1).run(60)
    assert site.liar.lies() == site.wrong == site.stale == 0
    assert site.taken > 60 * 8 - 5 and site.worst_ms <= 400
    assert site.roles.mains.errors == site.roles.ev.errors == 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_lie_alone(kind):
    site = Lying(300, 5, 1, kinds=(kind,)).run(45)
    assert site.wrong == site.stale == 0 and site.taken > 20 and site.liar.lies() > 10, (site.wrong, site.stale, site.taken)
    assert "doubt" in site.roles.mains.counted() if kind == "jump" else site.roles.mains.errors > 0

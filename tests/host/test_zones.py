"""Six zones, through a spring and an autumn change, against the PC's own table of zones."""
import datetime
import zoneinfo

import pytest
from energy.calendar import Zone
from hypothesis import given, settings
from hypothesis import strategies as st

ZONES = {
    "Europe/Amsterdam": "CET-1CEST,M3.5.0,M10.5.0/3", "Europe/London": "GMT0BST,M3.5.0/1,M10.5.0", "America/New_York": "EST5EDT,M3.2.0,M11.1.0",
    "Australia/Sydney": "AEST-10AEDT,M10.1.0,M4.1.0/3", "Australia/Lord_Howe": "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "Asia/Kolkata": "IST-5:30",
    "Europe/Dublin": "IST-1GMT0,M10.5.0,M3.5.0/1",
}


def local(name, utc_s):
    return datetime.datetime.fromtimestamp(utc_s, zoneinfo.ZoneInfo(name))


@pytest.mark.parametrize("name", ZONES)
def test_every_half_hour_of_two_years_has_the_right_offset(name):
    zone = Zone(ZONES[name])
    began = int(datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc).timestamp())
    for utc_s in range(began, began + 2 * 366 * 86400, 1800):
        for s in (utc_s - 1, utc_s):
            assert zone.offset_s(s) == local(name, s).utcoffset().total_seconds(), local(name, s)


@pytest.mark.parametrize("name", ZONES)
@given(utc_s=st.integers(1767225600, 2208988800))
@settings(max_examples=300, deadline=None)
def test_a_moment_is_found_again_by_its_local_time_or_the_first_that_reads_so(name, utc_s):
    zone = Zone(ZONES[name])
    there = local(name, utc_s)
    found = zone.utc_of(utc_s + zone.offset_s(utc_s))
    assert found == (utc_s if not there.fold else utc_s - int((there.replace(fold=0).utcoffset() - there.utcoffset()).total_seconds()))
    assert zone.week_minute(utc_s) == there.weekday() * 1440 + there.hour * 60 + there.minute

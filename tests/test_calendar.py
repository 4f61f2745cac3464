"""Local time: summer time comes and goes, and nobody's night tariff shifts."""
import pytest
from energy.calendar import Zone, date_of, days_of

AMSTERDAM = "CET-1CEST,M3.5.0,M10.5.0/3"
SYDNEY = "AEST-10AEDT,M10.1.0,M4.1.0/3"
LORD_HOWE = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"
INDIA = "IST-5:30"


def utc(year, month, day, hour=0, minute=0):
    return days_of(year, month, day) * 86400 + hour * 3600 + minute * 60


def test_dates_and_days_agree_over_four_centuries():
    for days in range(0, 146097, 97):
        assert days_of(*date_of(days)) == days
    assert date_of(days_of(2028, 2, 29)) == (2028, 2, 29)
    assert days_of(2026, 1, 1) == 20454 and days_of(1970, 1, 1) == 0


def test_summer_time_begins_on_the_last_sunday_of_march_at_one_utc():
    zone = Zone(AMSTERDAM)
    assert zone.offset_s(utc(2026, 3, 29, 0, 59)) == 3600
    assert zone.offset_s(utc(2026, 3, 29, 1, 0)) == 7200
    assert zone.offset_s(utc(2026, 10, 25, 0, 59)) == 7200
    assert zone.offset_s(utc(2026, 10, 25, 1, 0)) == 3600


def test_in_the_south_summer_lasts_over_the_new_year():
    zone = Zone(SYDNEY)
    assert zone.offset_s(utc(2026, 1, 1)) == 11 * 3600
    assert zone.offset_s(utc(2026, 7, 1)) == 10 * 3600
    assert zone.offset_s(utc(2026, 12, 31, 23)) == 11 * 3600


def test_zones_of_half_an_hour_and_of_no_summer():
    assert Zone(INDIA).offset_s(utc(2026, 7, 1)) == 19800
    assert Zone(LORD_HOWE).offset_s(utc(2026, 7, 1)) == 37800
    assert Zone(LORD_HOWE).offset_s(utc(2026, 1, 1)) == 39600


def test_the_minute_of_the_week_follows_the_clock_on_the_wall():
    zone = Zone(AMSTERDAM)
    assert zone.week_minute(utc(2026, 11, 23, 0, 0)) == 60            # Monday 1:00
    assert zone.week_minute(utc(2026, 3, 29, 0, 59)) == 6 * 1440 + 119
    assert zone.week_minute(utc(2026, 3, 29, 1, 0)) == 6 * 1440 + 180  # 2:00 to 3:00 is not there
    assert zone.week_minute(utc(2026, 11, 22, 22, 59)) == 7 * 1440 - 1


def test_a_planned_time_is_found_on_both_sides_of_the_change():
    zone = Zone(AMSTERDAM)
    assert zone.utc_of(utc(2026, 3, 28, 7)) == utc(2026, 3, 28, 6)
    assert zone.utc_of(utc(2026, 3, 30, 7)) == utc(2026, 3, 30, 5)


def test_half_past_two_when_it_is_left_out_is_half_past_three_and_when_it_comes_twice_the_first():
    zone = Zone(AMSTERDAM)
    assert zone.utc_of(utc(2026, 3, 29, 2, 30)) == utc(2026, 3, 29, 1, 30)   # 3:30 on the wall
    assert zone.utc_of(utc(2026, 10, 25, 2, 30)) == utc(2026, 10, 25, 0, 30)


@pytest.mark.parametrize("text", ["", "C-1", "CET", "CET-25", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,J60,J300",
                                  "<+1030-10:30", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1:60", "CET-1CEST,M3.5.0,M10.5.0,M1.1.1", "CET-1x"])
def test_what_is_no_zone_is_refused_with_an_example(text):
    with pytest.raises(ValueError) as e:
        Zone(text)
    assert "timezone must be like CET-1CEST,M3.5.0,M10.5.0/3" in str(e.value)

"""Local time: summer time comes and goes, and nobody's night tariff shifts."""
import pytest
from energy.calendar import Zone, date_of, days_of, local_minutes

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


LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def test_every_month_of_four_centuries_ends_where_the_next_begins():
    days = days_of(1999, 12, 1)
    for year in range(2000, 2402):
        for month in range(1, 13):
            if year == 2000 and month == 1:
                days += 31
            leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
            length = LENGTHS[month - 1] + (1 if leap else 0)
            assert date_of(days) == (year, month, 1) and days_of(year, month, 1) == days
            for day in (28, length - 1, length):
                assert date_of(days + day - 1) == (year, month, day)
            days += length


@pytest.mark.parametrize("text, minutes", [
    ("2026-11-21T10:28", (20454 + 324) * 1440 + 628), ("2020-01-01T00:00", 18262 * 1440), ("2099-12-31T23:59", 47482 * 1440 - 1),
    ("2028-02-29T07:05", 21243 * 1440 + 425)])
def test_a_local_time_as_it_is_written_in_a_request(text, minutes):
    assert local_minutes(text) == minutes


@pytest.mark.parametrize("text", [
    "", "2026-11-21", "2026-11-21 10:28", "2026-11-21T10", "2026-11T10:28", "2026-11-21T10:28:00", "226-11-21T10:28", "02026-11-21T10:28", "2026-1-21T10:28",
    "2026-011-21T10:28", "2026-11-1T10:28", "2026-11-021T10:28", "2026-11-21T1:28", "2026-11-21T010:28", "2026-11-21T10:2", "2026-11-21T10:028",
    "2026-+1-21T10:28", "2019-12-31T23:59", "2100-01-01T00:00", "2026-00-21T10:28", "2026-13-21T10:28", "2026-04-31T10:28", "2026-02-29T10:28",
    "2026-11-00T10:28", "2026-11-21T24:00", "2026-11-21T10:60"])
def test_what_is_no_local_time_is_refused(text):
    with pytest.raises((ValueError, IndexError)):
        local_minutes(text)


def test_america_changes_on_the_second_sunday_of_march_and_the_first_of_november():
    zone = Zone("EST5EDT,M3.2.0,M11.1.0")
    assert zone.offset_s(utc(2026, 3, 8, 7) - 1) == -5 * 3600 and zone.offset_s(utc(2026, 3, 8, 7)) == -4 * 3600
    assert zone.offset_s(utc(2026, 11, 1, 6) - 1) == -4 * 3600 and zone.offset_s(utc(2026, 11, 1, 6)) == -5 * 3600


def test_to_the_second_in_the_north_and_in_the_south():
    north, south = Zone(AMSTERDAM), Zone(SYDNEY)
    assert north.offset_s(utc(2026, 3, 29, 1) - 1) == 3600 and north.offset_s(utc(2026, 10, 25, 1) - 1) == 7200
    assert south.offset_s(utc(2026, 4, 4, 16) - 1) == 39600 and south.offset_s(utc(2026, 4, 4, 16)) == 36000
    assert south.offset_s(utc(2026, 10, 3, 16) - 1) == 36000 and south.offset_s(utc(2026, 10, 3, 16)) == 39600


def test_the_first_of_a_weekday_may_be_the_first_of_the_month_and_the_day_before_is_none():
    zone = Zone("AAA0BBB,M3.1.0,M8.1.5")            # 1 March 2026 is a Sunday, 31 July a Friday
    assert zone.offset_s(utc(2026, 3, 1, 2) - 1) == 0 and zone.offset_s(utc(2026, 3, 1, 2)) == 3600
    assert zone.offset_s(utc(2026, 8, 7, 1) - 1) == 3600 and zone.offset_s(utc(2026, 8, 7, 1)) == 0


def test_the_last_of_a_weekday_in_months_that_have_four_and_at_the_end_of_the_year():
    zone = Zone("AAA0BBB,M11.5.6,M12.5.0/0")        # 28 November and 27 December 2026
    assert zone.offset_s(utc(2026, 11, 28, 2) - 1) == 0 and zone.offset_s(utc(2026, 11, 28, 2)) == 3600
    assert zone.offset_s(utc(2026, 12, 26, 23) - 1) == 3600 and zone.offset_s(utc(2026, 12, 26, 23)) == 0


def test_a_rule_of_new_years_day_counts_by_the_local_year():
    zone = Zone("AAA-10BBB,M1.1.4,M6.1.0")          # 1 January 2026 is a Thursday
    assert zone.offset_s(utc(2025, 12, 31, 16) - 1) == 36000 and zone.offset_s(utc(2025, 12, 31, 16)) == 39600


def test_a_zone_without_summer_plans_too():
    assert Zone(INDIA).utc_of(utc(2026, 7, 1, 5, 30)) == utc(2026, 7, 1)


@pytest.mark.parametrize("text, ahead_s", [("UTC0", 0), ("AAA-24", 86400), ("AAA-1:59:59", 7199), ("AAA-1:00:00", 3600), ("AAA1:01:01", -3661),
                                           ("<-03>3", -10800), ("CET-1CEST,M1.1.6,M12.5.0", 3600), ("CET-1CEST,M3.5.0/167,M10.5.0/-167", 3600)])
def test_what_a_zone_may_look_like(text, ahead_s):
    assert Zone(text).std_s == ahead_s


@pytest.mark.parametrize("text", ["CE-1", "CET-1CE,M3.5.0,M10.5.0/3", "AAA-1:-1", "AAA-1:00:-1", "AAA-1:00:60", "CET-1CEST,M0.5.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0",
                                  "CET-1CEST,M3.5.-1,M10.5.0", "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0/-168,M10.5.0"])
def test_what_it_may_not(text):
    with pytest.raises(ValueError):
        Zone(text)


def test_the_last_sunday_may_be_the_last_of_the_month():
    zone = Zone(AMSTERDAM)
    assert zone.offset_s(utc(2027, 10, 31, 1) - 1) == 7200 and zone.offset_s(utc(2027, 10, 31, 1)) == 3600


def test_a_summer_that_ends_when_it_begins_is_none():
    zone = Zone("EST5EDT,M3.2.0,M3.2.0/3")   # as the C library of a PC reads it
    assert zone.offset_s(utc(2026, 2, 1)) == zone.offset_s(utc(2026, 7, 1)) == -5 * 3600

"""The week's windows, as an owner writes them."""
import pytest
from energy import week
from energy.week import active, change_min, limit_ma, mode, parse

MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4 * 1440, 5 * 1440, 6 * 1440


def at(day, hour, minute=0):
    return day + hour * 60 + minute


def test_a_night_that_begins_on_friday_ends_on_saturday():
    w = parse("Mo-Fr 23:00-07:00 Smart 16")
    assert active(w, at(FRIDAY, 22, 59)) == -1 and active(w, at(FRIDAY, 23)) == 0
    assert active(w, at(SATURDAY, 6, 59)) == 0 and active(w, at(SATURDAY, 7)) == -1
    assert active(w, at(SATURDAY, 23)) == -1
    assert mode(w, 0) == "smart" and limit_ma(w, 0) == 16000


def test_sunday_night_reaches_into_monday():
    w = parse("Su 22:00-02:00 Normal")
    assert active(w, at(MONDAY, 1, 59)) == 0 and active(w, at(MONDAY, 2)) == -1
    assert limit_ma(w, 0) == 0


def test_the_first_of_two_that_overlap_counts():
    w = parse("Sa,Su 10:00-16:00 Solar; Mo-Su 00:00-24:00 Smart 10A")
    assert active(w, at(SUNDAY, 12)) == 0 and active(w, at(SUNDAY, 16)) == 1 and active(w, at(MONDAY, 12)) == 1


def test_days_may_run_over_the_end_of_the_week():
    w = parse("fr-mo 08:00-09:00 off")
    assert [active(w, at(d * 1440, 8, 30)) for d in range(7)] == [0, -1, -1, -1, 0, 0, 0]


def test_how_long_until_something_changes():
    w = parse("Mo-Fr 23:00-07:00 Smart")
    assert change_min(w, at(FRIDAY, 22)) == 60
    assert change_min(w, at(SATURDAY, 6)) == 60
    assert change_min(w, at(SATURDAY, 7)) == 2 * 1440 + 16 * 60
    assert change_min(parse("Mo-Su 00:00-24:00 Smart"), at(MONDAY, 5)) == 0
    assert change_min(b"", 5) == 0
    assert change_min(parse("Mo 01:00-02:00 Smart"), at(MONDAY, 1)) == 60


def test_a_week_may_be_empty_and_have_eight_windows_but_not_nine():
    assert parse("") == b"" and parse(" ; ") == b""
    one = "Mo 01:00-02:00 Smart;"
    assert len(parse(one * 8)) == 8 * week.SIZE
    with pytest.raises(ValueError) as e:
        parse(one * 9)
    assert "at most 8" in str(e.value)


@pytest.mark.parametrize("text", ["Mo", "Mo 1-2 Smart", "Xx 01:00-02:00 Smart", "Mo 01:00-02:00", "Mo 01:00-02:00 Fast", "Mo 25:00-02:00 Smart", "Mo 24:00-02:00 Smart",
                                  "Mo 01:60-02:00 Smart", "Mo 01:00-02:00 Smart 5", "Mo 01:00-02:00 Smart 81", "Mo 01:00-02:00 Smart 0", "Mo 01:00-02:00 Smart 16 A",
                                  "Mo 01:00 Smart", "Mo 1:0-2:00 Smart", "Mo- 01:00-02:00 Smart", "Mo 24:01-02:00 Smart", "Mo -1:00-02:00 Smart"])
def test_a_window_that_cannot_be_read_is_shown_back_with_an_example(text):
    with pytest.raises(ValueError) as e:
        parse("Tu 01:00-02:00 Smart; " + text)
    assert text[:10] in str(e.value) and "Mo-Fr 23:00-07:00 Smart 16" in str(e.value)


def test_a_window_of_one_minute_and_one_of_a_whole_day():
    w = parse("Mo 01:01-01:02 Smart; Tu 02:00-02:01 Smart; We 08:00-08:00 Normal")
    assert [active(w, at(MONDAY, 1, m)) for m in range(3)] == [-1, 0, -1]
    assert [active(w, at(1440, 2, m)) for m in range(2)] == [1, -1]
    assert [active(w, at(2 * 1440, 7, 59)), active(w, at(2 * 1440, 8)), active(w, at(3 * 1440, 7, 59)), active(w, at(3 * 1440, 8))] == [-1, 2, 2, -1]


def test_the_second_window_has_its_own_mode_limit_and_words():
    text = "Mo 01:59-02:00 Smart 6; ; Tu 03:00-04:00 off 80a ;"
    w = parse(text)
    assert [mode(w, 0), mode(w, 1)] == ["smart", "off"] and [limit_ma(w, 0), limit_ma(w, 1)] == [6000, 80000]
    assert [week.text_of(text, i) for i in range(3)] == ["Mo 01:59-02:00 Smart 6", "Tu 03:00-04:00 off 80a", ""]


def test_days_are_bits_from_monday():
    assert parse("fr-mo 08:00-09:00 off")[0] == 16 + 32 + 64 + 1 and parse("we,su 08:00-09:00 off")[0] == 4 + 64


def test_a_change_on_sunday_is_found_from_monday():
    w = parse("Su 10:00-11:00 Smart")
    assert change_min(w, at(MONDAY, 10)) == 6 * 1440 and change_min(w, at(SUNDAY, 11)) == 6 * 1440 + 23 * 60


def test_no_more_than_forty_letters_are_shown_back():
    with pytest.raises(ValueError) as e:
        parse("x" * 60)
    assert "'" + "x" * 40 + "'" in str(e.value)

from evse import limits, why


def test_every_code_has_a_name_and_a_sentence():
    assert len(why.NAME) == len(why.TEXT) == why.DONE + 1
    assert len(why.LIMIT) == len(why.LACK) == len(limits.NAME)


def test_every_language_has_every_text():
    for key, text, limit, lack in why.LANGUAGES:
        assert (len(text), len(limit), len(lack)) == (len(why.NAME), len(limits.NAME), len(limits.NAME)), key


def test_a_language_that_is_not_here_is_english_and_one_that_is_speaks():
    assert why.sentence(why.OFF, 0, 0, "", "tlh") == why.sentence(why.OFF, 0, 0, "") == "Charging is switched off."
    was = why.LANGUAGES
    why.LANGUAGES = was + (("xx", ("{by}!",) * len(why.NAME), ("wegen",) * len(limits.NAME), ("fehlt",) * len(limits.NAME)),)
    try:
        assert why.sentence(why.NO_CURRENT, 0, limits.MAX, "", "xx") == "fehlt!" and why.sentence(why.CHARGING, 0, limits.MAX, "", "xx") == "wegen!"
        assert why.sentence(why.OFF, 0, 0, "", "tlh") == "Charging is switched off."
    finally:
        why.LANGUAGES = was


def test_sentences_read_well():
    assert why.sentence(why.CHARGING, 9640, limits.MAINS, "") == "9.6 A offered, set by the mains."
    assert why.sentence(why.CHARGING, 12996, limits.MAX, "") == "13.0 A offered, set by MAX."
    assert why.sentence(why.CHARGING, 12950, limits.MAX, "")[:4] == "13.0"
    assert why.sentence(why.CHARGING, 12949, limits.MAX, "")[:4] == "12.9"
    assert why.sentence(why.NO_CURRENT, 0, limits.SURPLUS, "") == "Not enough current: waiting for sun."
    assert why.sentence(why.FAULT, 0, 0, "Too hot inside") == "Too hot inside."
    assert why.needs(16250) == " It takes 16.2 A of export, since START is less than the least a car takes."
    assert [why.needs(ma).split()[2] for ma in (9990, 10000, 15999, 16000, 16100, 16099)] == ["9.9", "10.0", "15.9", "16.0", "16.1", "16.0"]
    for code in range(len(why.TEXT)):
        assert "{" not in why.sentence(code, 6000, limits.MAX, "x")

from evse import limits, why


def test_every_code_has_a_name_and_a_sentence():
    assert len(why.NAME) == len(why.TEXT) == why.RANDOM + 1
    assert len(why.LIMIT) == len(why.LACK) == len(limits.NAME)


def test_sentences_read_well():
    assert why.sentence(why.CHARGING, 9640, limits.MAINS, "") == "9.6 A offered, set by the mains."
    assert why.sentence(why.CHARGING, 12996, limits.MAX, "") == "13.0 A offered, set by MAX."
    assert why.sentence(why.NO_CURRENT, 0, limits.SURPLUS, "") == "Not enough current: waiting for sun."
    assert why.sentence(why.FAULT, 0, 0, "Too hot inside") == "Too hot inside."
    for code in range(len(why.TEXT)):
        assert "{" not in why.sentence(code, 6000, limits.MAX, "x")

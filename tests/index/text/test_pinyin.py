"""Names are spelled in pinyin as the list has them; what several share is told apart."""

from index.text.pinyin import names_spelled, shares_spelling, spelling


def test_a_spelling_may_be_shared() -> None:
    assert names_spelled(["yichun"]) == {"yichun": ["伊春", "宜春"]}
    assert shares_spelling("伊春")
    assert not shares_spelling("哈尔滨")
    assert not shares_spelling("乙乙乙")  # no name at all


def test_only_latin_words_spell_a_name_together() -> None:
    assert names_spelled(["卫星", "beidou", "2016"]) == {"beidou": ["北斗"]}


def test_two_provinces_are_spelled_as_on_maps() -> None:
    assert names_spelled(["shanxi"]) == {"shanxi": ["山西"]}
    assert spelling("山西省") == "shanxisheng"
    [province] = names_spelled(["shaanxi"])["shaanxi"]
    assert province != "山西"
    assert not shares_spelling(province)

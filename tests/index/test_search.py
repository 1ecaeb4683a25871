"""Two rankings become one, and a hit is the passage it says it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalogue import Filter
from index.folding import fold
from index.search import coverage, fuse
from tests.index.tiny import House

SCORES = st.floats(-50, 50, allow_nan=False)
LEG = st.dictionaries(st.integers(1, 30), SCORES, max_size=12).map(
    lambda leg: sorted(leg.items(), key=lambda item: -item[1])
)


@given(LEG, LEG, st.floats(0, 1))
def test_a_fusion_ranks_what_either_leg_found_between_0_and_1(
    dense: list[tuple[int, float]], lexical: list[tuple[int, float]], matched: float
) -> None:
    fused = fuse((dense, 1.0), (lexical, matched))
    assert {number for number, _ in fused} == {number for number, _ in [*dense, *lexical]}
    assert len({number for number, _ in fused}) == len(fused)
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 + 1e-9 for score in scores)


@given(LEG, LEG)
def test_a_leg_without_weight_changes_nothing(
    dense: list[tuple[int, float]], lexical: list[tuple[int, float]]
) -> None:
    alone = {number: score for number, score in fuse((dense, 1.0), (lexical, 0.0)) if score}
    assert alone == {number: score for number, score in fuse((dense, 1.0)) if score}


def test_a_worked_fusion() -> None:
    dense, lexical = [(1, 0.9), (2, 0.7), (3, 0.5)], [(3, 8.0), (4, 4.0)]
    assert [number for number, _ in fuse((dense, 0.1), (lexical, 0.9))] == [3, 1, 2, 4]
    assert [number for number, _ in fuse((dense, 1.0), (lexical, 0.0))] == [1, 2, 3, 4]
    fused = dict(fuse((dense, 1.0), (lexical, 1.0)))
    assert fused == pytest.approx({1: 0.5, 3: 0.5, 2: 0.25, 4: 0.0})
    assert fuse(([], 0.5), ([], 0.5)) == []
    assert fuse((dense, 0.0)) == [(1, 0.0), (2, 0.0), (3, 0.0)]


@given(
    st.dictionaries(st.sampled_from("甲 乙 nist 2016 投资".split()), st.floats(0.01, 9)), st.text()
)
def test_coverage_is_a_share(weights: dict[str, float], text: str) -> None:
    assert 0 <= coverage(weights, fold(text)) <= 1
    assert coverage(weights, " ".join(weights)) == (1.0 if weights else 0.0)


def test_a_worked_coverage() -> None:
    assert coverage({"nist": 3.0, "投资": 1.0}, "nist说") == 0.75
    assert coverage({}, "nist") == 0.0
    assert coverage({"nist": 0.0}, "nist") == 0.0


@pytest.fixture
def news(house: House) -> House:
    house.put_lines(
        "news.jsonl",
        {
            "id": "uk",
            "title": "甲国的大桥",
            "text": "大桥在2016年通车。",
            "source": "桥报",
            "published": "2016",
        },
        {
            "id": "us",
            "title": "乙国的地铁",
            "text": "NIST投资了地铁。",
            "source": "铁报",
            "published": "2018-05-01",
        },
        {"id": "fr", "title": "", "text": "丙国的城市很安静。", "source": "桥报"},
    )
    house.rebuild()
    return house


def test_the_passage_with_the_words_comes_first(news: House) -> None:
    searcher = news.searcher()
    for question, best in [
        ("NIST投资了什么?", "us"),
        ("大桥何时通车?", "uk"),
        ("丙国的城市", "fr"),
    ]:
        hits = searcher.search(question)
        assert (hits[0].place.article_id, hits[0].lexical_rank) == (best, 1)


def test_hits_are_the_text_at_their_offsets_with_the_ranks_of_both_legs(news: House) -> None:
    searcher = news.searcher()
    hits = searcher.search("NIST投资了地铁吗?", 2)
    assert len(hits) == 2
    for hit in hits:
        article = searcher.catalogue.article(hit.place.article_id)
        assert article
        assert article.text[hit.place.start : hit.place.end] == hit.place.text
        assert 0 <= hit.score <= 1
    dense = [number for number, _ in searcher.dense("NIST投资了地铁吗?", 9)]
    places = searcher.catalogue.places(dense)
    assert hits[0].dense_rank == 1 + [places[n].article_id for n in dense].index("us")
    assert hits[1].lexical_rank is None


def test_a_filter_leaves_only_what_it_lets_through(news: House) -> None:
    searcher = news.searcher()
    for chosen, ids in [
        (Filter(source="桥报"), {"uk", "fr"}),
        (Filter(published_from="2017"), {"us"}),
        (Filter(published_to="2016-03"), {"uk"}),
        (Filter(source="无"), set()),
        (Filter(), {"uk", "us", "fr"}),
        (None, {"uk", "us", "fr"}),
    ]:
        hits = searcher.search("NIST投资了地铁吗?", 9, chosen)
        assert {hit.place.article_id for hit in hits} == ids


@pytest.mark.parametrize("question", ["", "？", "的", "\ud800", "a" * 2000, "\0", "AND OR ( \"'"])
def test_no_question_makes_a_search_fail(news: House, question: str) -> None:
    assert len(news.searcher().search(question)) == 3


def test_rare_words_weigh_more(news: House) -> None:
    weights = news.searcher().weights("丙国的NIST在2016年?")
    assert set(weights) >= {"nist", "2016"}
    assert all(weight > 0 for weight in weights.values())

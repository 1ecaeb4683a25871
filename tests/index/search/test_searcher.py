"""Dense and lexical candidates become one ranking, and hits are exact passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.listing.article_filter import Filter
from index.search.query import QueryTerms
from index.text.folding import fold
from tests.support.small_index import SmallIndex, query, search


@given(
    st.dictionaries(st.sampled_from("甲 乙 nist 2016 投资".split()), st.floats(0.01, 9)), st.text()
)
def test_coverage_is_a_share(weights: dict[str, float], text: str) -> None:
    assert 0 <= QueryTerms(weights).coverage(fold(text)) <= 1
    assert QueryTerms(weights).coverage(" ".join(weights)) == (1.0 if weights else 0.0)


def test_a_worked_coverage() -> None:
    assert QueryTerms({"nist": 3.0, "投资": 1.0}).coverage("nist说") == 0.75
    assert QueryTerms({}).coverage("nist") == 0.0
    assert QueryTerms({"nist": 0.0}).coverage("nist") == 0.0


@pytest.fixture
def news(corpus: SmallIndex) -> SmallIndex:
    corpus.put_lines(
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
    corpus.rebuild()
    return corpus


def test_the_passage_with_the_questions_words_comes_first(news: SmallIndex) -> None:
    searcher = news.searcher()
    for question, best in [
        ("NIST投资了什么?", "us"),
        ("大桥何时通车?", "uk"),
        ("丙国的城市", "fr"),
    ]:
        hits = search(searcher, question)
        assert (hits[0].passage.article_id, hits[0].lexical_rank) == (best, 1)


def test_hits_are_the_text_at_their_offsets_with_both_ranks(news: SmallIndex) -> None:
    searcher = news.searcher()
    hits = search(searcher, "NIST投资了地铁吗?", 2)
    assert len(hits) == 2
    for hit in hits:
        article = searcher.catalogue.article(hit.passage.article_id)
        assert article
        assert article.text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert 0 <= hit.score <= 1
    dense = [number for number, _ in searcher.dense(query(searcher, "NIST投资了地铁吗?"), 9)]
    places = searcher.catalogue.passages(dense)
    assert hits[0].dense_rank == 1 + [places[n].article_id for n in dense].index("us")
    assert hits[1].lexical_rank is None


def test_a_filter_leaves_only_what_it_lets_through(news: SmallIndex) -> None:
    searcher = news.searcher()
    for chosen, ids in [
        (Filter(source="桥报"), {"uk", "fr"}),
        (Filter(published_from="2017"), {"us"}),
        (Filter(published_to="2016-03"), {"uk"}),
        (Filter(source="无"), set()),
        (Filter(articles=("us", "fr", "unknown")), {"us", "fr"}),
        (Filter("桥报", articles=("us", "fr")), {"fr"}),
        (Filter(articles=("unknown",)), set()),
        (Filter(), {"uk", "us", "fr"}),
        (None, {"uk", "us", "fr"}),
    ]:
        hits = searcher.search(query(searcher, "NIST投资了地铁吗?"), 9, chosen)
        assert {hit.passage.article_id for hit in hits} == ids


def test_a_text_under_two_ids_is_found_under_the_one_asked(corpus: SmallIndex) -> None:
    corpus.put_lines("twins.jsonl", *({"id": name, "text": "大桥通车了。"} for name in "ab"))
    corpus.rebuild()
    searcher = corpus.searcher()
    for articles, name in [((), "a"), (("b",), "b"), (("b", "a"), "a")]:
        [hit] = searcher.search(query(searcher, "大桥"), 9, Filter(articles=articles))
        assert hit.passage.article_id == name


@pytest.mark.parametrize("question", ["", "？", "的", "\ud800", "a" * 2000, "\0", "AND OR ( \"'"])
def test_no_question_makes_a_search_fail(news: SmallIndex, question: str) -> None:
    assert len(search(news.searcher(), question)) == 3


def test_rare_words_weigh_more(news: SmallIndex) -> None:
    weights = query(news.searcher(), "丙国的NIST在2016年?").weights
    assert set(weights) >= {"nist", "2016"}
    assert all(weight > 0 for weight in weights.values())

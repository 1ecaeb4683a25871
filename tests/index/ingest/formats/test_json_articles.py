"""A JSON file is an array of articles, in one of the shapes that exports have."""

import json

import pytest

from index.article import Failure
from index.errors import ArticleError
from index.ingest.formats.json_articles import read_json
from index.ingest.formats.jsonl import read_jsonl

RECORD = {"title": "灯塔", "text": "海边有一座灯塔。\n", "published": "2011-05-06"}


@pytest.mark.parametrize(
    "value", [[RECORD], RECORD, {"articles": [RECORD]}, {"n": 1, "data": [RECORD]}]
)
def test_an_article_is_that_of_the_same_json_line(value: object) -> None:
    [article], failed = read_json("a.json", json.dumps(value).encode())
    [same], _ = read_jsonl("a.json", json.dumps(RECORD).encode())
    assert (article, failed) == (same, [])
    assert article.id.startswith("a.json#")


def test_each_record_that_is_no_article_is_told_and_of_one_id_the_first_is_taken() -> None:
    records = [{"id": "x", "text": "甲。"}, {"text": 3}, "乙", {"id": "x", "text": "丙。"}, {}]
    articles, failed = read_json("a.json", json.dumps(records).encode())
    assert [article.text for article in articles] == ["甲。"]
    assert failed == [
        Failure("a.json:2", 'has a "text" that is not a string.'),
        Failure("a.json:3", 'is not a JSON object with a "text".'),
        Failure("a.json:4", "has the id “x” of line 1; give it another one."),
        Failure("a.json:5", 'has no "text"; every article needs one.'),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "is not valid JSON: "),
        (b"[" * 100_000, "is no article: its JSON is nested too deeply."),
        (b"[]", "holds no articles: "),
        (b'{"name": "x", "version": "1"}', "holds no articles: "),
        (b"7", "holds no articles: "),
    ],
)
def test_what_holds_no_articles_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError) as refused:
        read_json("a.json", data)
    assert str(refused.value).startswith(reason)

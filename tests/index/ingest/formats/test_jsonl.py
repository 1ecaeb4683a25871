"""Articles given as JSON: verbatim, and each bad line fails alone."""

import hashlib
import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Failure, Span
from index.errors import ArticleError
from index.ingest.formats.jsonl import article_of_record, lines_in, read_jsonl


def words_at(span: Span | None, text: str) -> str:
    """The words at a span that must be there."""
    assert span is not None
    return span.of(text)


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def test_text_is_stored_verbatim_under_an_id_from_its_digest() -> None:
    text = "  标题 \r\n\r\n\r\n版权所有\u2028 正文。\t\n"
    (article,), failures = read_jsonl("a/b.jsonl", lines({"text": text}))
    assert failures == []
    assert article.text == text
    assert article.id == "a/b.jsonl#" + hashlib.sha256(text.encode()).hexdigest()[:8]
    assert article.removed == ()


def test_what_is_given_is_taken() -> None:
    record = {
        "id": "x/1",
        "title": "智慧城市",
        "text": "智慧城市\n近年来，各国投入很大，成果很多。",
        "source": "百方网",
        "published": "2016年9月30日",
        "url": "https://a.example",
    }
    (article,), _ = read_jsonl("a.jsonl", lines(record))
    assert (article.id, article.title, article.source) == ("x/1", "智慧城市", "百方网")
    assert (article.published, article.url) == ("2016-09-30", "https://a.example")
    assert words_at(article.title_at, article.text) == "智慧城市"
    assert (article.source_at, article.published_at) == (None, None)


def test_what_is_not_given_is_looked_for_in_the_text() -> None:
    byline, prose = "2016-09-30 来源：新华社", "近年来，各国投入很大，成果很多。"
    text = f"智慧城市\n{byline}\n\n{prose}\n\n背景\n\n{prose}"
    article = article_of_record({"text": text, "title": None})
    assert (article.title, article.source, article.published) == (
        "智慧城市",
        "新华社",
        "2016-09-30",
    )
    assert [section.title for section in article.sections] == ["背景"]
    assert article.id.startswith("#")


def test_an_author_is_taken_verbatim_or_looked_for_in_the_byline() -> None:
    text = "智慧城市\n作者：张三\n\n近年来，各国投入很大，成果很多。"
    for given_author, author in (("李 四 ", "李 四 "), (None, "张三"), ("", "张三")):
        assert article_of_record({"text": text, "author": given_author}).author == author
    assert article_of_record({"text": "近年来，各国投入很大。"}).author is None


@given(st.text("{}甲\n\r\u2028 ", max_size=30), st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_lines_end_at_line_feeds_alone_and_a_mark_of_utf8_is_none_of_them(
    text: str, mark: bytes
) -> None:
    data = text.encode()
    assert list(lines_in(BytesIO(mark + data))) == data.split(b"\n")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not valid JSON: Expecting property name enclosed in double quotes."),
        ("[1]", 'is not a JSON object with a "text".'),
        ("{}", 'has no "text"; every article needs one.'),
        ('{"text": " \\n"}', 'has an empty "text".'),
        ('{"text": 5}', 'has a "text" that is not a string.'),
        ('{"text": "x", "title": []}', 'has a "title" that is not a string.'),
        ('{"text": "x", "id": 7}', 'has a "id" that is not a string.'),
        ('{"text": "a\\u0000b"}', 'has a NUL character in "text"; remove it.'),
        ('{"text": "\\ud800"}', 'has half a character (a lone surrogate) in "text"; remove it.'),
        ('{"text": "x", "url": "\\udc00"}',
         'has half a character (a lone surrogate) in "url"; remove it.'),
        ('{"text": "x", "published": "soon"}',
         'has a "published" that is no date: “soon”; write it as 2016-09-30.'),
        ("[" * 100_000, "is not an article: its JSON is nested too deeply."),
        ('{"text": ' + "9" * 5000 + "}", "is not valid JSON: a number is too long."),
        ('{"text": "a\0b"}', "is not valid JSON: Invalid control character at."),
    ],
    ids=range(14),
)  # fmt: skip
def test_a_bad_line_fails_by_its_number_and_the_others_survive(line: str, reason: str) -> None:
    data = b'{"text": "\xe5\x89\x8d"}\n\n' + line.encode() + b'\n{"text": "\xe5\x90\x8e"}\n'
    articles, failures = read_jsonl("a.jsonl", data)
    assert [article.text for article in articles] == ["前", "后"]
    assert failures == [Failure("a.jsonl:3", reason)]


def test_a_line_that_is_no_utf8_fails_alone() -> None:
    data = lines({"text": "前一行"}, {"text": "后一行"}) + b'\n{"text": "\xff\xfe\xfd"}'
    articles, failures = read_jsonl("a.jsonl", data)
    assert [article.text for article in articles] == ["前一行", "后一行"]
    assert failures == [Failure("a.jsonl:3", "is not valid UTF-8; save the file as UTF-8.")]


def test_of_two_lines_with_one_id_the_first_is_taken() -> None:
    data = lines({"id": "x", "text": "一"}, {"id": "x", "text": "二"}, {"id": "y", "text": "三"})
    articles, failures = read_jsonl("a.jsonl", data)
    assert [article.text for article in articles] == ["一", "三"]
    assert failures == [Failure("a.jsonl:2", "has the id “x” of line 1; give it another one.")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_other_encodings_are_read(encoding: str) -> None:
    data = lines({"text": "智慧城市的国际合作正在展开。"}).decode().encode(encoding)
    articles, failures = read_jsonl("a.jsonl", data)
    assert failures == []
    assert [article.text for article in articles] == ["智慧城市的国际合作正在展开。"]


@pytest.mark.parametrize(
    "blank", ["", "  ", "\u200b", "N/A", "null", "-", "无", "0000-00-00 00:00:00"]
)
def test_a_field_that_an_export_left_blank_is_not_given(blank: str) -> None:
    text = "高架桥检修\n2019-04-02 来源：路桥所\n\n高架桥每三年检修一次，由路桥所安排。"
    fields = dict.fromkeys(("source", "author", "published", "url"), blank)
    assert article_of_record({"text": text, **fields}) == article_of_record({"text": text})


def test_a_blank_id_or_title_is_not_given() -> None:
    text = "高架桥检修\n\n高架桥每三年检修一次，由路桥所安排。"
    (article,), failures = read_jsonl("a.jsonl", lines({"id": " ", "title": "", "text": text}))
    assert failures == []
    assert article == article_of_record({"text": text}, "a.jsonl")
    assert article.title == "高架桥检修"
    assert article_of_record({"text": text, "title": "无"}).title == "无"


@pytest.mark.parametrize(
    "published", ["20190402", "Tue, 02 Apr 2019 08:30:00 +0800", "2019年4月2日 10:20", "2019/4/2"]
)
def test_a_date_is_read_as_exports_write_it(published: str) -> None:
    assert article_of_record({"text": "正文。", "published": published}).published == "2019-04-02"


def test_a_record_that_cannot_be_stored_is_refused() -> None:
    with pytest.raises(ArticleError, match="every article needs one"):
        article_of_record({"title": "x"})


@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=5
    )
)
def test_every_text_with_something_to_see_comes_back(texts: list[str]) -> None:
    records = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    articles, failures = read_jsonl("a.jsonl", lines(*records))
    kept = {article.id: article.text for article in articles}
    assert all(texts[int(key)] == text for key, text in kept.items())
    assert len(kept) + len(failures) == len(texts)

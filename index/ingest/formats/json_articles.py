"""Read a `.json` file: an array of articles, or an object that is one or holds such an array.

The shape of an article is that of a line of `.jsonl`, and so are the ids of those without one.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from index.article import Article, Failure
from index.errors import ArticleError
from index.ingest.formats.jsonl import article_of_record, first_of_each
from index.ingest.sources.encoding import decode

_ARRAYS = ("articles", "data", "items", "records", "results", "docs")
_NO_ARTICLES = (
    'holds no articles: an array of objects with a "text" is read; save other data as .txt.'
)


def read_json(file_id: str, data: bytes) -> tuple[list[Article], list[Failure]]:
    """Return the articles of a file, and a failure under `FILE:NUMBER` for each that is none.

    >>> [article.text for article in read_json("a.json", b'[{"text": "Two boats."}]')[0]]
    ['Two boats.']

    Raises:
        ArticleError: it isn't JSON, or holds no articles.
    """
    outcomes = _outcomes(file_id, _records(decode(data)))
    return first_of_each(file_id, outcomes, lambda article: article.id)


def _records(text: str) -> Sequence[Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        reason = getattr(error, "msg", "a number is too long")
        raise ArticleError(f"is not valid JSON: {reason}.") from error
    except RecursionError as error:
        raise ArticleError("is no article: its JSON is nested too deeply.") from error
    if isinstance(value, dict) and "text" not in value:
        value = next((value[key] for key in _ARRAYS if isinstance(value.get(key), list)), None)
    records = [value] if isinstance(value, dict) else value
    if not isinstance(records, list) or not any(_is_article(record) for record in records):
        raise ArticleError(_NO_ARTICLES)
    return records


def _is_article(record: object) -> bool:
    return isinstance(record, dict) and "text" in record


def _outcomes(file_id: str, records: Sequence[Any]) -> Iterator[tuple[int, Article | Failure]]:
    for number, record in enumerate(records, 1):
        try:
            if not isinstance(record, dict):
                raise ArticleError('is not a JSON object with a "text".')
            yield number, article_of_record(record, file_id)
        except ArticleError as error:
            yield number, Failure(f"{file_id}:{number}", str(error))

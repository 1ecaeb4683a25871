"""Makes an article ready for the library, so that storing it is all that is left to do."""

import hashlib
import json
from dataclasses import asdict, astuple, dataclass

from index.article import Article, Passage
from index.minhash import bands
from index.passages import split


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article, the name of its content, its layout as JSON, its passages with their hashes.

    `bands` are those of its MinHash signature, see `minhash`.
    """

    article: Article
    content: str
    layout: str
    passages: list[tuple[Passage, bytes]]
    bands: list[bytes]


def prepare(article: Article) -> Prepared:
    """Names, lays out and cuts an article."""
    text, layout = article.text, layout_of(article)
    passages = [(one, _digest(one.of(text))) for one in split(text, article.sections)]
    return Prepared(article, _named(article, layout), layout, passages, bands(text))


def content_hash(article: Article) -> str:
    """The name of an article's content: equal for equal words, whatever the file is called."""
    return _named(article, layout_of(article))


def layout_of(article: Article) -> str:
    """All that an article has beside its words, as JSON."""
    places = (article.title_at, article.source_at, article.published_at)
    return json.dumps(
        {
            "sections": [asdict(section) for section in article.sections],
            "removed": [asdict(removed) for removed in article.removed],
            "pages": article.pages,
            "places": [astuple(place) if place else None for place in places],
        },
        ensure_ascii=False,
    )


def _named(article: Article, layout: str) -> str:
    told_with_it = [article.title, article.source, article.author, article.published, article.url]
    packed = json.dumps([*told_with_it, article.text, layout], ensure_ascii=False)
    return hashlib.sha256(packed.encode("utf-8")).hexdigest()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()

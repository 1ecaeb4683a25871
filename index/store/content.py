"""Makes an article ready for the library, so that storing it is all that is left to do."""

import hashlib
import json
from dataclasses import asdict, astuple, dataclass, field, replace
from urllib.parse import urlsplit

from index.article import Article, Passage
from index.ingest.boilerplate.edge_lines import edge_lines
from index.text.minhash import bands
from index.text.splitter import split


@dataclass(frozen=True, slots=True)
class ContentRecord:
    """An article, the name of its content, its layout as JSON, its passages with their hashes.

    `bands` are those of its MinHash signature, see `minhash`. `edges` are hashes of the lines at
    its edges, and `source` names whose articles have lines in common with it; an article whose text
    is to be kept as it is has none.
    """

    article: Article
    content: str
    layout: str
    passages: list[tuple[Passage, bytes]]
    bands: list[bytes]
    source: str = ""
    edges: list[bytes] = field(default_factory=list)


def prepare(article: Article, folder: str | None = None) -> ContentRecord:
    """Names, lays out and cuts an article.

    One that was cleaned gives its `folder`: where it tells no source, that stands for one.
    """
    text, layout = article.text, layout_of(article)
    passages = [(one, _digest(one.of(text))) for one in split(text, article.sections)]
    ready = ContentRecord(article, _named(article, layout), layout, passages, bands(text))
    if folder is None:
        return ready
    edges = [line_hash(line) for line in edge_lines(article)]
    return replace(ready, source=article.source or _host(article.url) or folder, edges=edges)


def line_hash(line: str) -> bytes:
    """What a line at an edge is known by: its words without white space, 8 bytes."""
    return _digest("".join(line.split()))[:8]


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


def _host(url: str | None) -> str:
    return (urlsplit(url).hostname or "") if url else ""


def _named(article: Article, layout: str) -> str:
    told_with_it = [article.title, article.source, article.author, article.published, article.url]
    packed = json.dumps([*told_with_it, article.text, layout], ensure_ascii=False)
    return hashlib.sha256(packed.encode("utf-8")).hexdigest()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()

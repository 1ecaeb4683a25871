"""Read an OpenDocument text: make an article of the lines of its body."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from index.article import Article, unread_of
from index.errors import ArticleError
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft
from index.ingest.formats.odt.list_forms import META, OFFICE, STYLE, list_forms, list_styles_of
from index.ingest.formats.odt.text_walk import TextWalk, alignments_of_spans, title_styles
from index.ingest.sources.office_package import OfficePackage
from index.ingest.structure.properties import author_in, title_in

_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_EDGES = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


def read_odt(file_id: str, data: bytes) -> Article:
    """Read the article in an OpenDocument text; heads and feet of pages are in `removed`.

    Raises:
        ArticleError: it needs a password, is damaged, unpacks to too much or has no words.
    """
    package = OfficePackage(data, "odt")
    if b"encryption-data" in package.part("META-INF/manifest.xml"):
        raise ArticleError("needs a password; save a copy without one.")
    content, styles = package.tree("content.xml"), package.tree("styles.xml")
    text = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if content is None or text is None:
        raise package.damaged()
    roots = [root for root in (styles, content) if root is not None]
    alignments: dict[str, int] = {}
    for root in roots:
        alignments |= alignments_of_spans(root)
    titles = frozenset({"Title"}.union(*map(title_styles, roots)))
    walk = TextWalk(list_forms(roots), list_styles_of(roots), alignments, titles)
    try:
        lines = (*walk.lines(text), *_edges(styles, walk))
    except RecursionError as error:  # nested deeper than any program writes
        raise package.damaged() from error
    if not any(line.text and not line.cut for line in lines):
        raise ArticleError("is empty: the document holds no text.")
    metadata = package.tree("meta.xml")
    article = article_of_draft(
        Draft(id=file_id, lines=lines, title=_title(lines, _declared(metadata, f"{_DUBLIN}title")))
    )
    author = _declared(metadata, f"{META}initial-creator") or _declared(
        metadata, f"{_DUBLIN}creator"
    )
    return replace(
        article, author=article.author or author_in(author), unread=unread_of(walk.unread)
    )


def _edges(styles: etree._Element | None, walk: TextWalk) -> Iterator[DraftLine]:
    """Yield the heads and feet of pages, each line once, to be cut."""
    tags = [f"{STYLE}{name}" for name in _EDGES]
    texts = (
        line.text
        for edge in (() if styles is None else styles.iter(*tags))
        for line in walk.lines(edge)
        if line.text
    )
    yield from (DraftLine(text, cut=True) for text in dict.fromkeys(texts))


def _title(lines: tuple[DraftLine, ...], declared: str) -> str:
    """Return the first heading if the text begins with it, else the title that is declared."""
    first = next((line for line in lines if line.text and not line.cut), None)
    return first.text if first is not None and first.heading else title_in(declared) or ""


def _declared(metadata: etree._Element | None, tag: str) -> str:
    return "" if metadata is None else metadata.findtext(f".//{tag}") or ""

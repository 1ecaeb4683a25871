"""Plain text reader: join wrapped lines, cut boilerplate, and find title, byline and sections.

The rules are left to `boilerplate` and `structure`.
"""

from collections.abc import Sequence

from index.article import Article
from index.bounds import check_text
from index.ingest.boilerplate.classify import kept_lines
from index.ingest.boilerplate.edge_rules import assemble, boilerplate_lines
from index.ingest.boilerplate.line_features import FIRM_CLUES
from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.sources.encoding import decode
from index.ingest.structure.byline import read_byline
from index.ingest.structure.headings import sections_of, split_lines, title_of
from index.ingest.structure.line_shapes import is_blank
from index.ingest.structure.wrapped_lines import unwrapped
from index.text.odd_characters import without_idle_marks

# Lines with a site's words, and kinds of words that only sites have: no statute has as many.
_MIN_CLUED_LINES, _MIN_FIRM_KINDS = 5, 3


def read_plain(file_id: str, data: bytes) -> Article:
    r"""Read the article in a text file.

    >>> page = "首页 > 新闻\n\n智慧城市\n2016-09-30 来源:百方网\n近年来，投入很大，成果很多。"
    >>> article = read_plain("a.txt", page.encode())
    >>> article.title, article.source, article.published, article.removed[0].text
    ('智慧城市', '百方网', '2016-09-30', '首页 > 新闻')

    Raises:
        ArticleError: it isn't text, or too much of it.
    """
    decoded = decode(data)
    check_text(decoded)
    lines = split_lines(without_idle_marks(decoded))
    scraped = _is_scraped(lines)
    lines = lines if scraped else unwrapped(lines)
    cleaned = assemble(lines, _boilerplate(lines, scraped=scraped))
    text = cleaned.text
    title_at = title_of(text)
    byline = read_byline(text)
    return Article(
        id=file_id,
        title=title_at.of(text) if title_at else "",
        text=text,
        source=byline.source,
        published=byline.published,
        author=byline.author,
        sections=sections_of(text, title_at),
        removed=cleaned.removed,
        title_at=title_at,
        source_at=byline.source_at,
        published_at=byline.published_at,
    )


def _boilerplate(lines: Sequence[str], *, scraped: bool) -> frozenset[int]:
    """Return the numbers of the lines to cut.

    A text full of a site's words is the scrape of a page and classified line by line; of any other
    only the edges are cut, so that an article loses nothing.
    """
    visible = [i for i, line in enumerate(lines) if not is_blank(line)]
    kept = kept_lines([lines[i] for i in visible]) if scraped else None
    if kept is None:
        return boilerplate_lines(lines)
    return frozenset(at for number, at in enumerate(visible) if number not in kept)


def _is_scraped(lines: Sequence[str]) -> bool:
    """Return whether a text is what a browser showed of a page."""
    clues = [line_clues for line in lines if (line_clues := clues_of(line))]
    firm_kinds = {kind for line_clues in clues for kind in line_clues & FIRM_CLUES}
    return len(clues) >= _MIN_CLUED_LINES and len(firm_kinds) >= _MIN_FIRM_KINDS

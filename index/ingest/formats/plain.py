"""Plain text files: cleaned of a page's furniture, with title, byline and sections found.

The rules that find them stand in `boilerplate`, `verdict`, `outline` and `byline`.
"""

from collections.abc import Sequence

from index.article import Article
from index.ingest.boilerplate.classify import kept_lines
from index.ingest.boilerplate.edge_rules import assemble, boilerplate_lines
from index.ingest.boilerplate.line_features import FIRM_CLUES
from index.ingest.boilerplate.site_clues import clues_of
from index.ingest.sources.encoding import decode
from index.ingest.structure.byline import read_byline
from index.ingest.structure.headings import sections_of, split_lines, title_of
from index.ingest.structure.line_shapes import is_blank

# Lines with words of sites, and kinds of words that stand on sites only: no statute has as many.
_CLUED, _KINDS = 5, 3


def read_plain(file_id: str, data: bytes) -> Article:
    r"""The article in a text file.

    `首页 > 新闻\n\n标题\n2016-09-30 来源:百方网\n正文……` → text `标题\n2016-09-30 …`, title
    `标题`, source `百方网`, published `2016-09-30`. Raises `ArticleError` for what isn't text.
    """
    lines = split_lines(decode(data))
    cleaned = assemble(lines, _furniture(lines))
    text = cleaned.text
    title_at = title_of(text)
    byline = read_byline(text)
    return Article(
        id=file_id,
        title=title_at.of(text) if title_at else "",
        text=text,
        source=byline.source,
        published=byline.published,
        sections=sections_of(text, title_at),
        removed=cleaned.removed,
        title_at=title_at,
        source_at=byline.source_at,
        published_at=byline.published_at,
    )


def _furniture(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines to cut.

    A text full of the words of sites is the scrape of a page and judged as a whole; of any other
    only the edges are, so that an article loses nothing.
    """
    shown = [i for i, line in enumerate(lines) if not is_blank(line)]
    kept = kept_lines([lines[i] for i in shown]) if _is_scraped(lines) else None
    if kept is None:
        return boilerplate_lines(lines)
    return frozenset(at for number, at in enumerate(shown) if number not in kept)


def _is_scraped(lines: Sequence[str]) -> bool:
    """Whether a text is what a browser showed of a page."""
    clues = [found for line in lines if (found := clues_of(line))]
    kinds = {kind for found in clues for kind in found & FIRM_CLUES}
    return len(clues) >= _CLUED and len(kinds) >= _KINDS

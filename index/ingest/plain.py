"""Plain text files: cleaned of a page's furniture, with title, byline and sections found.

The rules that find them stand in `boilerplate`, `outline` and `byline`.
"""

from index.article import Article
from index.ingest.boilerplate import clean
from index.ingest.byline import read_byline
from index.ingest.decoding import decode
from index.ingest.outline import sections_of, split_lines, title_of


def read_plain(file_id: str, data: bytes) -> Article:
    r"""The article in a text file.

    `首页 > 新闻\n\n标题\n2016-09-30 来源:百方网\n正文……` → text `标题\n2016-09-30 …`, title
    `标题`, source `百方网`, published `2016-09-30`. Raises `ArticleError` for what isn't text.
    """
    cleaned = clean(split_lines(decode(data)))
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

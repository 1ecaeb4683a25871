"""Markdown reader: the words without the markup.

`#` headings become lines and sections, links keep their words, list items their number or dash,
table rows read `header: cell, header: cell`. Front matter gives title, source, author, date and
URL, and is cut from the text; what a reader asks for of it is told below the title.
"""

from dataclasses import replace

from index.article import Article
from index.bounds import check_text, fitting
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft
from index.ingest.formats.markdown.front_matter import front_matter
from index.ingest.formats.markdown.markdown_blocks import lines_of_markdown
from index.ingest.sources.encoding import decode
from index.ingest.structure.headings import split_lines


def read_markdown(file_id: str, data: bytes) -> Article:
    r"""Read the article in a Markdown file.

    >>> read_markdown("a.md", "# 智慧城市\n\n**近年来**，[欧盟](https://a.test)投入。".encode()).text
    '智慧城市\n\n近年来，欧盟投入。'

    Raises:
        ArticleError: it isn't text, or too much of it.
    """
    text = "\n".join(split_lines(decode(data)))
    check_text(text)
    about = front_matter(text)
    front_lines = [DraftLine(line, cut=True) for line in text[: about.end].splitlines()]
    lines = lines_of_markdown(text[about.end :])
    heading = next((line.text.strip() for line in lines if line.heading), "")
    article = article_of_draft(
        Draft(
            id=file_id,
            lines=(*front_lines, *lines),
            title=about.title or heading,
            source=about.source,
            published=about.published,
            url=about.url,
            about=about.stated,
            authoritative=True,
        )
    )
    return replace(article, author=fitting("author", about.author) or article.author)

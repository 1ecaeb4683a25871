"""Markdown reader: the words without the markup.

`#` headings become lines and sections, links keep their words, list items their number or dash,
table rows read `header: cell, header: cell`. Front matter (`key: value` lines between two `---`)
gives title, source, date and URL, and is cut from the text.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.article import Article
from index.bounds import check_text
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft
from index.ingest.sources.encoding import decode
from index.ingest.structure.dates import to_iso
from index.ingest.structure.headings import split_lines
from index.ingest.structure.html_blocks import blocks_of, parse_page
from index.ingest.structure.line_shapes import is_blank
from index.ingest.structure.tables import Grid, grid_rows

_FRONT = re.compile(r"---[ \t]*\n((?:(?!---|\.\.\.).*\n){0,80})(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_PAIR = re.compile(r"([A-Za-z_]+)[ \t]*:[ \t]+(\S.*)")
_WIDE = "\u3000-\u9fff\uff00-\uffef"
# A line's end in the source is a space between English words and nothing between Chinese ones.
_SOFT_IN_CHINESE = re.compile(rf"(?<=[{_WIDE}])\n(?=[{_WIDE}])")
# Marks a line break within a block; no decoded text contains a NUL.
_HARD_BREAK = "\0"
_LISTS = {"bullet_list_open": "bullet_list_close", "ordered_list_open": "ordered_list_close"}


def read_markdown(file_id: str, data: bytes) -> Article:
    r"""Read the article in a Markdown file.

    >>> read_markdown("a.md", "# 智慧城市\n\n**近年来**，[欧盟](https://a.test)投入。".encode()).text
    '智慧城市\n\n近年来，欧盟投入。'

    Raises:
        ArticleError: it isn't text, or too much of it.
    """
    text = "\n".join(split_lines(decode(data)))
    check_text(text)
    front = _FRONT.match(text)
    metadata = _pairs(front[1]) if front else {}
    start = front.end() if front and metadata else 0
    front_lines = [DraftLine(line, cut=True) for line in text[:start].splitlines()]
    lines = list(_blocks(iter(_parser().parse(text[start:]))))
    heading = next((line.text.strip() for line in lines if line.heading), "")
    return article_of_draft(
        Draft(
            id=file_id,
            lines=(*front_lines, *lines),
            title=metadata.get("title") or heading,
            source=metadata.get("source"),
            published=to_iso(metadata.get("published") or metadata.get("date") or ""),
            url=metadata.get("url"),
            authoritative=True,
        )
    )


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _pairs(front: str) -> Mapping[str, str]:
    r"""Return the simple `key: value` lines; YAML's lists and nested values are skipped.

    >>> _pairs("Title: '智慧城市'\ntags:\n  - x")
    {'title': '智慧城市'}
    """
    pairs = (_PAIR.fullmatch(line.rstrip()) for line in front.split("\n"))
    return {pair[1].lower(): value for pair in pairs if pair and (value := _unquoted(pair[2]))}


def _unquoted(value: str) -> str:
    value = " ".join(value.split())
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value


def _blocks(tokens: Iterator[Token], until: str = "") -> Iterator[DraftLine]:
    """Yield the lines of the tokens up to a closing one, a blank line after every block."""
    for token in tokens:
        if token.type == until:
            return
        lines = list(_block(token, tokens))
        yield from lines
        if lines:
            yield DraftLine("")


def _block(token: Token, tokens: Iterator[Token]) -> Iterator[DraftLine]:
    if token.type == "heading_open":
        yield DraftLine(" ".join(_words(next(tokens))), heading=True)
    elif token.type in _LISTS:
        yield from _list(token, tokens)
    elif token.type == "table_open":
        yield from _table(tokens)
    elif token.type == "html_block":
        page = parse_page(token.content)
        blocks = blocks_of(page) if page is not None else []
        yield from (DraftLine(block.text, row=block.kind == "row") for block in blocks)
    elif token.type in ("fence", "code_block"):
        yield from map(DraftLine, token.content.rstrip("\n").split("\n"))
    elif token.type == "inline":
        yield from map(DraftLine, _words(token))


def _list(opening: Token, tokens: Iterator[Token]) -> Iterator[DraftLine]:
    """Yield a list's lines: each item with its mark, what is nested in it indented."""
    number = int(opening.attrGet("start") or 1)
    for token in tokens:
        if token.type == _LISTS[opening.type]:
            return
        mark = "- " if opening.type == "bullet_list_open" else f"{number}. "
        inner = [line.text for line in _blocks(tokens, "list_item_close")]
        texts = [text for text in inner if not is_blank(text)]
        yield from (DraftLine(("  " if place else mark) + text) for place, text in enumerate(texts))
        number += 1


def _table(tokens: Iterator[Token]) -> Iterator[DraftLine]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(" ".join(_words(token)))
    # The markup demands a first row; where it is empty the table has no header.
    named = any(rows[0])
    grid = Grid(tuple(map(tuple, rows if named else rows[1:])), named or None)
    yield from (DraftLine(text, row=True) for text in grid_rows(grid))


def _words(inline: Token) -> list[str]:
    """Return the lines of a block's words, without the inline markup."""
    text = "".join(_token_text(token) for token in inline.children or ())
    joined = _SOFT_IN_CHINESE.sub("", text).replace("\n", " ")
    return [part.strip() for part in joined.split(_HARD_BREAK)]


def _token_text(token: Token) -> str:
    if token.type == "softbreak":
        return "\n"
    if token.type == "hardbreak":
        return _HARD_BREAK
    if token.type == "html_inline":
        return _HARD_BREAK if token.content.lower().startswith("<br") else ""
    return token.content

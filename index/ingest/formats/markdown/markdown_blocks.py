"""Turn a Markdown document into lines: CommonMark, with what people write beside it.

That is tables, definition lists, notes (`[^1]: …`), headings without a space (`#标题`), and line
ends that are meant. Front matter is left to `front_matter`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from index.ingest.formats.draft import DraftLine, table_lines
from index.ingest.formats.markdown.markdown_notes import with_notes_below
from index.ingest.formats.markdown.markdown_words import ParagraphLine, lines_of_inline, words_of
from index.ingest.pages.html_blocks import blocks_of, parse_page
from index.ingest.structure.grid import Grid
from index.ingest.structure.line_shapes import ends_sentence, is_blank, is_prose, width
from index.ingest.structure.tables import grid_rows

_LISTS = {"bullet_list_open": "bullet_list_close", "ordered_list_open": "ordered_list_close"}
# `[label]: destination`, which CommonMark takes for the address of a link, whatever it says.
_DEFINITION = re.compile(r"\[(?P<label>(?:[^\[\]\\]|\\.){1,200})\]:[ \t]*(?P<target>\S*)")
_ADDRESS = re.compile(
    r"<|[a-z][a-z+.-]*://|mailto:|tel:|\.{0,2}/|#|www\."
    r"|[\w./%~-]+(?:/|\.(?:html?|md|pdf|docx?|png|jpe?g|gif|svg|webp|com|cn|org|net|gov|edu))"
    r"(?:[/?#]|$)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:\s*")
_LABELLED = re.compile(r"\[([^\[\]^]{1,20})\]:\s*(?=\S)")
_HASHED = re.compile(r"#{1,6}(?![#\d!])([^\s#][^#]*?)\s*#*")
_MAX_HASHED_WIDTH = 40
_MAX_ROW = 200  # characters of a definition that stands beside its term
_STANDING = re.compile(r"[。；，：,;:]$")


def lines_of_markdown(text: str) -> list[DraftLine]:
    r"""Return the lines of a document, a blank one after each block.

    >>> [line.text for line in lines_of_markdown("# 智慧城市\n\n**近年来**，投入很大。")]
    ['智慧城市', '', '近年来，投入很大。', '']
    """
    parse = _parser().parse
    return list(_blocks(iter(with_notes_below(parse(_without_gaps(text)), parse))))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(deflist_plugin)
    parser.block.ruler.at("reference", _address_of_link)
    return parser


def _address_of_link(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a definition for an address only if it looks like one; others are words of the text."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _DEFINITION.match(line)
    target = match["target"] if match else ""
    if match and (match["label"].startswith("^") or (target and not _ADDRESS.match(target))):
        return False
    return reference(state, start, end, silent)


def _without_gaps(text: str) -> str:
    """Drop blank lines within tables in HTML, at which CommonMark would end them."""
    parts, at = [], 0
    lowered = text.lower() if "<" in text else ""
    while (start := lowered.find("<table", at)) >= 0:
        end = lowered.find("</table", start)
        if end < 0 or len(lowered) != len(text):
            break
        parts += [text[at:start], re.sub(r"\n\s*\n", "\n", text[start:end])]
        at = end
    return "".join(parts) + text[at:]


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
        yield from _heading(token, next(tokens))
    elif token.type in _LISTS:
        yield from _list(token, tokens)
    elif token.type == "table_open":
        yield from _table(tokens)
    elif token.type == "dl_open":
        yield from _definitions(tokens)
    elif token.type == "html_block":
        yield from _page(token.content)
    elif token.type in ("fence", "code_block"):
        yield from map(DraftLine, token.content.rstrip("\n").split("\n"))
    elif token.type == "inline":
        yield from _paragraph(lines_of_inline(token))


def _page(markup: str) -> Iterator[DraftLine]:
    root = parse_page(markup)
    for block in () if root is None else blocks_of(root):
        row = block.kind == "row" and not block.is_caption
        yield DraftLine(block.text, cut=block.hidden, row=row, grid_row=block.grid_row)


def _heading(opening: Token, inline: Token) -> Iterator[DraftLine]:
    """Yield a heading; a sentence above a line of dashes is one, with a rule below it."""
    lines = lines_of_inline(inline)
    underlined = opening.markup in ("-", "=")
    if underlined and (len(lines) > 1 or any(_is_sentence(line.text) for line in lines)):
        yield from _paragraph(lines)
    else:
        yield DraftLine(" ".join(words_of(inline)), heading=True)


def _is_sentence(line: str) -> bool:
    if is_prose(line) or _STANDING.search(line):
        return True
    return ends_sentence(line) and not line.endswith(("？", "?"))


def _paragraph(lines: Sequence[ParagraphLine]) -> Iterator[DraftLine]:
    for line in lines:
        heading = _HASHED.fullmatch(line.text) if line.source.startswith("#") else None
        if heading and width(heading[1]) <= _MAX_HASHED_WIDTH and not _is_sentence(heading[1]):
            yield from (DraftLine(""), DraftLine(heading[1], heading=True), DraftLine(""))
        else:
            yield DraftLine(_LABELLED.sub(r"\1：", _NOTE.sub("", line.text, count=1), count=1))


def _list(opening: Token, tokens: Iterator[Token]) -> Iterator[DraftLine]:
    """Yield a list's lines: each item with its mark, what is nested in it indented."""
    number = int(opening.attrGet("start") or 1)
    for token in tokens:
        if token.type == _LISTS[opening.type]:
            return
        mark = "- " if opening.type == "bullet_list_open" else f"{number}. "
        inner = [line for line in _blocks(tokens, "list_item_close") if not is_blank(line.text)]
        for place, line in enumerate(inner):
            yield DraftLine(line.text, grid_row=line.grid_row).after("  " if place else mark)
        number += 1


def _table(tokens: Iterator[Token]) -> Iterator[DraftLine]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(" ".join(words_of(token)))
    # The markup demands a first row; where it is empty the table has no header.
    named = any(rows[0])
    grid = Grid(tuple(map(tuple, rows if named else rows[1:])), named or None)
    yield from table_lines(grid)


def _definitions(tokens: Iterator[Token]) -> Iterator[DraftLine]:
    """Yield a list of definitions as rows of term and value; longer ones below their term."""
    term = ""
    values: list[list[str]] = []
    for token in tokens:
        if token.type in ("dt_open", "dl_close"):
            yield from _defined(term, values)
            values = []
        if token.type == "dl_close":
            return
        if token.type == "dt_open":
            term = " ".join(words_of(next(tokens)))
        elif token.type == "dd_open":
            inner = [line.text for line in _blocks(tokens, "dd_close")]
            values.append([text for text in inner if not is_blank(text)])


def _defined(term: str, values: Sequence[Sequence[str]]) -> Iterator[DraftLine]:
    texts = [" ".join(lines) for lines in values if lines]
    if sum(map(len, texts)) <= _MAX_ROW and all(len(lines) < 2 for lines in values):
        rows = grid_rows(Grid(((term, " ".join(texts)),), paired=True))
        yield from (DraftLine(text, row=True) for text in rows)
    else:
        lines = [line for value in values for line in value]
        yield from map(DraftLine, [f"{term}: {lines[0]}", *lines[1:]])

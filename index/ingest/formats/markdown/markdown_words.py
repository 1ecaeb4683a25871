"""Words of a Markdown block without the marks: its lines, as they are meant to end.

CommonMark joins the lines of a paragraph. So do we where a line was wrapped, or ends within a
clause; lines that say something each (`电话：…`) stay lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markdown_it.token import Token

from index.ingest.formats.markdown.markdown_notes import NOTE_MARK
from index.ingest.structure.line_joining import joined
from index.ingest.structure.line_shapes import ends_sentence, width
from index.ingest.structure.raised import lowered, raised
from index.ingest.structure.wrapped_lines import is_full, is_label

# Mark the line ends within a block; no decoded text contains a NUL, nor these controls.
_SOFT_BREAK, _HARD_BREAK, _TAG_BREAK = "\x01", "\0", "\x02"
_BREAKS = re.compile(f"([{_SOFT_BREAK}{_HARD_BREAK}{_TAG_BREAK}])")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>sup|sub|rt|rp|rtc|br)\b", re.IGNORECASE)
_INLINE_NOTE = re.compile(r"\^\[([^\[\]]+)\]")
_RAISED = re.compile(r"\^([+\-−]?\d{1,4})\^")
_LOWERED = re.compile(r"(?<=[A-Za-z)\]])~(\d{1,4})~")
_CONTINUES = re.compile(r"[a-z，。；：、！？,.;:!?”’」』》）)】]")
_OPEN_END = re.compile(r"[\w%％℃°）)”’」』》】\]]$")
# In Han characters: lines that are all narrower were not wrapped.
_NARROW = 16
_BEFORE = 3  # pieces of text before a raised character that say what it is


@dataclass(frozen=True, slots=True)
class ParagraphLine:
    """A line's words, and the line of the file that they begin in."""

    text: str
    source: str


def words_of(inline: Token) -> list[str]:
    """Return the lines of a heading's or a cell's words."""
    return [line.text for line in lines_of_inline(inline)]


def lines_of_inline(inline: Token) -> list[ParagraphLine]:
    """Return the lines of a block's words as they are meant, without the marks."""
    parts = _BREAKS.split("".join(_pieces(inline.children or ())))
    texts, breaks = [part.strip() for part in parts[::2]], parts[1::2]
    sources = _sources(inline.content, breaks) or texts
    ends = _ends(sources)
    lines, begins = [[texts[0]]], [sources[0]]
    for number, mark in enumerate(breaks):
        words = texts[number + 1]
        if mark != _SOFT_BREAK or ends[number]:
            lines.append([words])
            begins.append(sources[number + 1])
        elif words:
            # Of the line above only its last piece is looked at: a paragraph may be a book.
            lines[-1][-1] = joined(lines[-1][-1], words)[: -len(words)]
            lines[-1].append(words)
    whole = map("".join, lines)
    return [ParagraphLine(*line) for line in zip(whole, begins, strict=True) if line[0]]


def _sources(content: str, breaks: Sequence[str]) -> list[str] | None:
    """Return the file's line at each break; None if a line ends within code or a tag."""
    lines = [line.strip() for line in content.split("\n")]
    places = list(accumulate((mark != _TAG_BREAK for mark in breaks), initial=0))
    return [lines[place] for place in places] if places[-1] == len(lines) - 1 else None


def _ends(lines: Sequence[str]) -> list[bool]:
    """Return for each line of a paragraph but the last whether it was ended on purpose."""
    wide = max(map(width, lines))
    pairs = list(pairwise(lines))
    opened = [_is_open(above, below) for above, below in pairs]
    full = [is_full(above, below, wide) for above, below in pairs]
    stray = any(is_open and not filled for is_open, filled in zip(opened, full, strict=True))
    listed = (stray or wide < _NARROW) and not ends_sentence(lines[-1])
    return [
        _is_marked(above, below)
        or (is_open and (listed or (is_label(above) and (is_label(below) or not filled))))
        for (above, below), is_open, filled in zip(pairs, opened, full, strict=True)
    ]


def _is_marked(above: str, below: str) -> bool:
    """Return whether a heading without a space, or a note, stands at a line's end."""
    return above.startswith("#") or below.startswith(("#", "[^"))


def _is_open(above: str, below: str) -> bool:
    """Return whether a line has no mark at its end, and the next one may begin anew."""
    return _OPEN_END.search(above) is not None and not _CONTINUES.match(below)


def _pieces(tokens: Sequence[Token]) -> list[str]:
    """Return the words of the tokens piece by piece, raised and lowered ones set apart."""
    pieces: list[str] = []
    opened: list[tuple[str, int]] = []
    for token in tokens:
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        name = tag["name"].lower() if tag else ""
        if not tag:
            pieces += _words(token)
        elif name == "br":
            pieces.append(_TAG_BREAK)
        elif not tag["end"]:
            opened.append((name, len(pieces)))
        elif opened and opened[-1][0] == name:
            start = opened.pop()[1]
            inside = "".join(pieces[start:])
            before = "".join(pieces[max(0, start - _BEFORE) : start])
            pieces[start:] = [_set_apart(name, inside, before)]
    return pieces


def _set_apart(name: str, inside: str, before: str) -> str:
    if name == "sup":
        return raised(inside, before)
    return lowered(inside, before) if name == "sub" else ""


def _words(token: Token) -> Iterator[str]:
    if token.type == "softbreak":
        yield _SOFT_BREAK
    elif token.type == "hardbreak":
        yield _HARD_BREAK
    elif token.type == "text":
        text = _INLINE_NOTE.sub(r"（\1）", NOTE_MARK.sub("", token.content))
        text = _RAISED.sub(lambda run: raised(run[1], _before(run)), text)
        yield _LOWERED.sub(lambda run: lowered(run[1], _before(run)), text)
    elif token.type != "html_inline":
        yield token.content


def _before(run: re.Match[str]) -> str:
    return run.string[max(0, run.start() - 8) : run.start()]

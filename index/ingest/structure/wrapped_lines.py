"""Join the lines of a text that was wrapped at a width, and keep those that end on purpose.

The width is measured: a line was wrapped if the first word of the next one had no room in it.
Verse, addresses, lists and tables are no running text, and end where they end.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.ingest.structure.byline import is_byline
from index.ingest.structure.line_joining import joined
from index.ingest.structure.line_shapes import is_blank, is_item, numbering, width

# In Han characters: nobody wraps text narrower, nor as wide.
_NARROWEST, _WIDEST = 14, 62
# A single line proves that it was wrapped only if it is as wide as a line of a page.
_SURE = 22
_SLACK = 0.1  # of the width: no editor but a terminal fills lines to the last column
_MOST_STRAY = 0.1  # of the lines of a paragraph may end before the width
_CLOSED = re.compile(r"[。！？!?…；：][”’」』》）)\]】\"']*$|[.][”’\"')\]]*$|[|｜\\]$")
_CLAUSE = re.compile(r"[，。；：、！？,;:]\s*(?=\S)|[.!?] ")
_COLUMNS = re.compile(r"\t|\S(?: {2,}|\u3000)\S|\|.*\|")
_INDENT = re.compile(r"\s*")
_OPENING, _HANGING = "“‘「『《（(【[", "，。；：、！？,.;:!?”’」』》）)】]"
_UNIT = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[A-Za-z0-9][\w.%/@:+-]*|\S)[{re.escape(_HANGING)}]*", re.ASCII
)
_CAPITAL = re.compile(r"[“\"'(]*[A-Z]")
_LABEL = re.compile(r"\s*[^\s，。；：:,.;]{1,10}\s*[：:](?!//)\s*\S")


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Return the lines of a text, those that were wrapped joined to one.

    >>> unwrapped(["桥检", "养护所在去年秋天对全部桥梁，包括村道上的十二座小", "桥，做了检查。"])
    ['桥检', '养护所在去年秋天对全部桥梁，包括村道上的十二座小桥，做了检查。']
    """
    column = wrap_column(lines)
    if column is None:
        return list(lines)
    result: list[str] = []
    for paragraph in _paragraphs(lines):
        result += _joined(paragraph, column) if _is_running(paragraph, column) else paragraph
    return result


def wrap_column(lines: Sequence[str]) -> float | None:
    """Return the width at which a text was wrapped; None if it was not, or nothing shows it."""
    title = next((line for line in lines if not is_blank(line)), "")
    opened = [above for above, below in pairwise(lines) if _may_go_on(above, below)]
    # A closing mark may hang over the edge, for it can't open the next line.
    sizes = [(width(line.rstrip(_HANGING)), line is title) for line in opened]
    column = max((size for size, _ in sizes if _NARROWEST <= size <= _WIDEST), default=None)
    if column is None:
        return None
    near = [is_title for size, is_title in sizes if column * (1 - _SLACK) < size <= column]
    return column if len(near) > 1 or (column >= _SURE and near == [False]) else None


def is_open(above: str, below: str) -> bool:
    """Return whether a line ends within a sentence, for all that it and the next one show."""
    if is_blank(above) or is_blank(below) or _CLOSED.search(above.rstrip()):
        return False
    return not (is_item(below) or numbering(below) is not None or _is_indented(below, above))


def is_full(above: str, below: str, column: float) -> bool:
    """Return whether the first word of the next line had hardly room in a line of `column`."""
    unit = _UNIT.match(below.lstrip())
    space = 0.5 if above[-1:].isascii() else 0
    needed = width(above.rstrip()) + space + width(unit[0] if unit else "")
    return needed > column * (1 - _SLACK) and width(below.rstrip()) <= column + 1


def is_label(line: str) -> bool:
    """Return whether a line is a name with its value: `电话：…`.

    >>> is_label("地址：北堤路9号"), is_label("会议决定，自明年起：停止收费")
    (True, False)
    """
    return _LABEL.match(line) is not None


def _may_go_on(above: str, below: str) -> bool:
    if not is_open(above, below) or is_byline(below):
        return False
    columns = _COLUMNS.search(above.strip()) or _COLUMNS.search(below.strip())
    return not (columns or (is_label(above) and is_label(below)))


def _is_indented(line: str, above: str) -> bool:
    """Return whether a line opens a paragraph by its indent; what an item says may be indented."""
    indent = _INDENT.match(line)
    size = len(indent[0]) if indent else 0
    deeper = size > len(above) - len(above.lstrip()) and not is_item(above)
    return line.startswith("\u3000") or (size > 1 and deeper)


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines between blank ones, and each blank line."""
    paragraph: list[str] = []
    for line in lines:
        if not is_blank(line):
            paragraph.append(line)
            continue
        yield paragraph
        yield [line]
        paragraph = []
    yield paragraph


def _is_running(paragraph: Sequence[str], column: float) -> bool:
    """Return whether lines are running text: wrapped at the width, with clauses within them.

    The first line may be a title. Lines that all begin with a capital are verse, or a list.
    """
    ends = [(above, below) for above, below in pairwise(paragraph) if _may_go_on(above, below)]
    if not ends:
        return False
    wrapped = [above for above, below in ends if is_full(above, below, column)]
    stray = len(ends) - len(wrapped)
    if ends[0][0] is paragraph[0] and not is_full(*ends[0], column):
        stray -= 1
    clauses = sum(_CLAUSE.search(line.strip()) is not None for line in wrapped)
    capitals = sum(_CAPITAL.match(line) is not None for line in paragraph)
    ended = len(wrapped) > 2 or _CLOSED.search(paragraph[-1].rstrip()) is not None
    running = 0 < len(wrapped) <= 3 * clauses and ended
    return running and stray <= _MOST_STRAY * len(ends) and not capitals == len(paragraph) > 2


def _joined(paragraph: Sequence[str], column: float) -> list[str]:
    lines = [[paragraph[0].rstrip()]]
    for above, below in pairwise(paragraph):
        if _may_go_on(above, below) and is_full(above, below, column):
            words = below.strip()
            # Of the line above only its last piece is looked at: a paragraph may be a book.
            lines[-1][-1] = joined(lines[-1][-1], words)[: -len(words)]
            lines[-1].append(words)
        else:
            lines.append([below.rstrip()])
    return ["".join(line) for line in lines]

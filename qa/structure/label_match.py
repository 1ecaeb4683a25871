"""Match all labels of a table in a question; of labels that overlap the longest counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from index.article import Span, longest
from qa.structure.labels import AskedLabels
from qa.structure.table_rows import TableCell, TableRow, TextTable

_HALF = 0.5

Found = Mapping[str, tuple[Span, ...]]
"""Labels with the ranges of the question that they stand in."""


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A table's labels that a question has: cells that are keys of rows, and names of columns."""

    asked: AskedLabels
    table: TextTable
    keys: Found
    names: Found

    @property
    def key_spans(self) -> list[Span]:
        """The ranges of the question that name rows."""
        return sorted(set(chain.from_iterable(self.keys.values())), key=lambda span: span.start)

    def is_key(self, cell: TableCell) -> bool:
        """Return whether the question names a row by this cell."""
        return cell.text in self.keys

    def head(self, cells: Sequence[TableCell]) -> TableCell | None:
        """Return the cell whose column's name the others only describe: 电话 in 客服电话."""
        spans = sorted(
            (self.names[cell.name][-1].start, self.names[cell.name][-1].end, number)
            for number, cell in enumerate(cells)
        )
        together = all(before[1] == after[0] for before, after in pairwise(spans))
        return cells[spans[-1][2]] if spans and together else None

    def rows(self) -> list[TableRow]:
        """Return the rows with all keys that the question names.

        If none has them all, but one column has them, it asks for several rows. A single row needs
        no key if the question names one of its columns.
        """
        wanted = {span.of(self.asked.form) for span in self.key_spans}
        if not wanted:
            return list(self.table.rows) if len(self.table.rows) == 1 else self._nearest()
        told = [(row, self._asked_words(row)) for row in self.table.rows]
        complete = [row for row, words in told if words == wanted]
        if complete:
            return complete
        columns = {cell.name for row in self.table.rows for cell in row.cells if self.is_key(cell)}
        return [row for row, words in told if words] if len(columns) == 1 else []

    def _nearest(self) -> list[TableRow]:
        """Return the row of which the question has half a key, if it has as much of no other."""
        named = sorted(set(chain.from_iterable(self.names.values())), key=lambda span: span.start)
        shares = [
            (self.asked.overlap(row.cells[0].text, named), row)
            for row in self.table.rows
            if row.cells
        ]
        best = max((share for share, _ in shares), default=0.0)
        rows = [row for share, row in shares if share]
        return rows if best >= _HALF and len(rows) == 1 else []

    def _asked_words(self, row: TableRow) -> set[str]:
        """Return the words of the question by which it names a row."""
        spans = (span for cell in row.cells for span in self.keys.get(cell.text, ()))
        return {span.of(self.asked.form) for span in spans}


def match_labels(asked: AskedLabels, table: TextTable) -> LabelMatch:
    """Find the labels of a table in a question. Words that are both are names of columns."""
    cells = dict.fromkeys(cell.text for row in table.rows for cell in row.cells)
    columns = dict.fromkeys(cell.name for row in table.rows for cell in row.cells if cell.name)
    keys = {text: asked.mentions(text) for text in cells}
    names = {name: _mentions(asked, name, columns) for name in columns}
    kept = longest(chain(*keys.values(), *names.values()))
    left_names = _left(names, kept)
    left_keys = _left(keys, kept - set(chain(*left_names.values())))
    return LabelMatch(asked, table, left_keys, left_names)


def _mentions(asked: AskedLabels, name: str, columns: Iterable[str]) -> list[Span]:
    """Return where a question has a column's name.

    Of a name from several header rows (`补贴 省内`) it need only have what other names lack.
    """
    spans = asked.mentions(name)
    parts = name.split()
    if spans or len(parts) == 1:
        return spans
    others = [other.split() for other in columns if other != name and " " in other]
    own = [part for part in parts if not others or not all(part in other for other in others)]
    found = [asked.mentions(part) for part in own]
    return list(chain(*found)) if found and all(found) else []


def _left(found: Mapping[str, Iterable[Span]], kept: set[Span]) -> Found:
    pairs = ((text, tuple(span for span in spans if span in kept)) for text, spans in found.items())
    return {text: spans for text, spans in pairs if spans}

"""Pick the cell of a table that a question asks for, by the keys of rows and names of columns.

A key that the question names and the row lacks is a rival: another row's cell is no answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.article import Span
from index.library.catalogue import PassageRecord
from index.search.query import QueryTerms
from index.search.searcher import Hit, Searcher
from index.text.folding import fold
from qa.answer_types import AnswerType
from qa.entities.designators import is_about_another
from qa.language import is_han
from qa.question.understand import Question
from qa.structure.asked_columns import fits_column, fits_measure, fits_value
from qa.structure.coverage import is_asking, missing_share
from qa.structure.label_match import LabelMatch, match_labels
from qa.structure.labels import AskedLabels, codes_in, label_form, label_forms
from qa.structure.newest import Place, asked_place, series_words
from qa.structure.table_rows import TableCell, TableRow, TextTable, tables_in

_WINDOW = 3000
"""Characters around a passage in which its tables are read."""

_CERTAIN, _LIKELY = 0.95, 0.8
_MISSING_AT_MOST = 0.34
_MIN_OVERLAP = 0.5
_MAX_ROWS = 4
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_UNTOLD = frozenset({AnswerType.REASON, AnswerType.YES_NO, AnswerType.DEFINITION})
"""Types whose answer is no cell."""

_GENERIC = frozenset("数量额度率人费用长值")
"""Characters that names of unlike columns share: 高度, 长度."""

_GENERAL = re.compile("[票单售房]价|.[费金]")
"""Words that may well mean a column of another name with the same end: 票价, 学生价."""

# 有没有 and 是不是 only ask; 不锈钢 denies nothing.
_DENIED = re.compile(r"(?<!有)没|未(?!来|知)|(.)不(?!\1|同|锈|动产)|^不(?!同|锈|动产)")
_DENYING = re.compile("[没未不无非缺免]")
_RELATIVE_YEAR = re.compile("[去今前明]年")

_EARLIER = frozenset({Place.PREVIOUS, Place.OLDEST})


@dataclass(frozen=True, slots=True)
class FoundCell:
    """The rows that answer, as ranges of the article's text, and the cell, if it is one."""

    passage: PassageRecord
    text: str
    rows: tuple[TableRow, ...]
    cell: TableCell | None
    confidence: float


@dataclass(frozen=True, slots=True)
class AskedCell:
    """A question as tables are asked: its labels and terms."""

    question: Question
    terms: QueryTerms
    labels: AskedLabels


def find_cell(
    question: Question, terms: QueryTerms, hits: Sequence[Hit], searcher: Searcher
) -> FoundCell | None:
    """Return what the tables around the hits answer; None if they don't, or leave it open.

    Of tables that answer alike the newest is taken, and else the one found first.
    """
    # Of tables that answer alike the newest is taken, never the one before.
    if question.answer_type in _UNTOLD or asked_place(question) in _EARLIER:
        return None
    asked = AskedCell(question, terms, AskedLabels.of_folded(question.forms.folded))
    found = [
        cell
        for passage, text, tables in _tables_of(hits, searcher)
        for table in tables
        if (cell := _in_table(asked, passage, text, table))
    ]
    return max(found, key=_certainty, default=None)


def _certainty(found: FoundCell) -> tuple[float, str]:
    passage = found.passage
    years = _YEAR.findall(f"{passage.title}\n{passage.heading or ''}")
    return found.confidence, passage.published or max(years, default="")


def _tables_of(
    hits: Sequence[Hit], searcher: Searcher
) -> Iterator[tuple[PassageRecord, str, list[TextTable]]]:
    """Yield each passage with tables, the text of its article and the tables around it."""
    seen: dict[str, list[Span]] = {}
    for hit in hits:
        passage = hit.passage
        around = Span(max(0, passage.start - _WINDOW), passage.end + _WINDOW)
        known = seen.setdefault(passage.article_id, [])
        within = Span(passage.start, passage.end)
        if any(span.contains(within) for span in known) or not tables_in(passage.text):
            continue
        known.append(around)
        article = searcher.catalogue.article(passage.article_id)
        if article is not None:
            start = article.text.rfind("\n", 0, around.start) + 1 if around.start else 0
            end = article.text.find("\n", around.end)
            tables = tables_in(article.text, start, end if end >= 0 else None)
            yield passage, article.text, tables


def _in_table(
    asked: "AskedCell", passage: PassageRecord, text: str, table: TextTable
) -> FoundCell | None:
    match = match_labels(asked.labels, table)
    rows = match.rows()
    columns = [_column(asked, match, row) for row in rows]
    if not rows or len(rows) > _MAX_ROWS or None in columns or _is_title(passage, text, table):
        return None
    chosen = [column for column in columns if column is not None]
    told = [cell.text for row in rows for cell in row.cells]
    told += [passage.title, *(column.cell.name for column in chosen if column.cell)]
    share = _missing(asked, _context(passage, text, table, rows), "\n".join(told), chosen)
    if share > (_MISSING_AT_MOST if all(column.named for column in chosen) else 0.0):
        return None
    values = {label_form(column.cell.text) for column in chosen if column.cell}
    single = len(values) == 1 and all(column.cell for column in chosen)
    cell = chosen[0].cell if single and asked.question.answer_type is not AnswerType.LIST else None
    return FoundCell(passage, text, tuple(rows), cell, _LIKELY if share else _CERTAIN)


def _is_title(passage: PassageRecord, text: str, table: TextTable) -> bool:
    """Return whether a line of a name and its value is a title: 长江大桥：一座桥的三十年.

    What it names is the subject of the article, and nothing that is asked of a subject.
    """
    row = table.rows[0]
    if len(table.rows) > 1 or len(row.cells) > 2:
        return False
    title = AskedLabels.of(f"{passage.title}\n{passage.heading or ''}")
    named = [cell.name for cell in row.cells if cell.name]
    opens = not text[: row.span.start].strip()
    return opens or any(title.overlap(name) >= _MIN_OVERLAP for name in named)


@dataclass(frozen=True, slots=True)
class _Column:
    """The cell asked for, None if it may be any of several; whether the question says which."""

    cell: TableCell | None
    named: bool


def _column(asked: "AskedCell", match: LabelMatch, row: TableRow) -> _Column | None:
    """Return the cell of a row that is asked for; None if the row does not answer."""
    folded, answer_type = asked.question.forms.folded, asked.question.answer_type
    left = [cell for cell in row.cells if cell.text and not match.is_key(cell)]
    fitting = [
        cell
        for cell in left
        if fits_value(answer_type, cell.text) and not is_about_another(folded, [fold(cell.name)])
    ]
    if named := [cell for cell in fitting if cell.name in match.names]:
        whole = [cell for cell in named if asked.labels.has_whole(cell.name)]
        chosen = _only(whole or named, folded) or match.head(whole or named)
        return _Column(chosen, named=True)
    if any(cell.name in match.names for cell in left):
        return None
    return _nearest_column(asked, match, fitting) or _unnamed_column(folded, match, row, fitting)


def _nearest_column(
    asked: "AskedCell", match: LabelMatch, cells: Sequence[TableCell]
) -> _Column | None:
    """Return the cell in the column of whose name the question has half and more, and its end.

    The end says what the column is of: 营业利润 is not 营业收入.
    """
    rest = asked.labels.rest(match.key_spans)
    shares = [
        (asked.labels.overlap(cell.name, match.key_spans), cell)
        for cell in cells
        if _has_end(cell.name, rest)
    ]
    best = max((share for share, _ in shares), default=0.0)
    nearest = [cell for share, cell in shares if share == best]
    folded = asked.question.forms.folded
    # Without a row's key all the rest of the question has to be told as well.
    keyed = bool(match.key_spans)
    return _Column(_only(nearest, folded), named=keyed) if best >= _MIN_OVERLAP else None


def _has_end(name: str, asked: str) -> bool:
    """Return whether a question has the last character of one of the forms of a label."""
    return any(form[-1] in asked for form in label_forms(name))


def _unnamed_column(
    folded: str, match: LabelMatch, row: TableRow, cells: Sequence[TableCell]
) -> _Column | None:
    """Return the cell of the kind that is asked for, or the only one beside the row's keys."""
    keyed = bool(match.key_spans)
    for kind in (
        [cell for cell in cells if fits_column(folded, cell.name)],
        [cell for cell in cells if keyed and fits_measure(folded, cell.text)],
    ):
        if kind:
            return _Column(kind[0] if len(kind) == 1 else None, named=keyed)
    # Of a label and its value the label is the key.
    values = [cell for cell in cells if keyed or cell is not row.cells[0]]
    if not values or not (keyed or len(match.table.rows) > 1):
        return None
    return _Column(values[0] if len(values) == 1 else None, named=False)


def _only(cells: Sequence[TableCell], folded: str) -> TableCell | None:
    """Return the only cell, or the only one in a column of the kind that is asked for."""
    if len(cells) > 1:
        cells = [cell for cell in cells if fits_column(folded, cell.name)]
    return cells[0] if len(cells) == 1 else None


def _missing(asked: "AskedCell", context: str, told: str, columns: Sequence[_Column]) -> float:
    """Return the weight share of the question that neither rows nor what is around them say.

    1 if a code or a date is missing: it tells one of many alike from the others; so do a denial, a
    relative year and what stands in another column.
    """
    around = AskedLabels.of(context)
    if not all(map(around.has, codes_in(asked.labels))):
        return 1.0
    names = [fold(column.cell.name) for column in columns if column.cell and column.cell.name]
    if _lacks_sense(asked.question.forms.folded, fold(context), told):
        return 1.0
    missing = [term for term in asked.terms.weights if not asked.terms.occurs(fold(context), term)]
    if any(_is_rival(term, name) for term in missing for name in names):
        return 1.0
    alike = " ".join(term for term in missing if any(_is_alike(term, name) for name in names))
    return missing_share(asked.terms, context, f"{alike} {series_words(asked.question)}")


def _lacks_sense(question: str, context: str, told: str) -> bool:
    """Return whether a question denies or has a relative year, and a table does not."""
    if _DENIED.search(question) and not _DENYING.search(told):
        return True
    return any(year not in context for year in _RELATIVE_YEAR.findall(question))


def _is_alike(term: str, name: str) -> bool:
    """Return whether a term is another word for what a column's name ends with: 价格, 出厂价."""
    return is_han(term) and (term[0] == name[-1] or bool((set(term) & set(name[-2:])) - _GENERIC))


def _is_rival(term: str, name: str) -> bool:
    """Return whether a column's name has another word in place of a term: 值班人, not 负责人."""
    length = len(term)
    telling = length > 1 and is_han(term) and not is_asking(term)
    if not telling or name in term or _GENERAL.fullmatch(term):
        return False
    words = [name[max(0, end - length) : end] for end in range(2, len(name) + 1)]
    return any(word[-1] == term[-1] for word in words)


def _context(passage: PassageRecord, text: str, table: TextTable, rows: Sequence[TableRow]) -> str:
    """Return rows with what holds for them: title, heading, the lines above, names, the year."""
    year = f"{passage.published[:4]}年" if passage.published else ""
    above = [passage.title, passage.heading or "", table.above, table.header, year]
    return "\n".join([*above, *(row.span.of(text) for row in rows)])

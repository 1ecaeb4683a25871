"""Read a table of values separated by commas, tabs, semicolons or bars."""

import csv
import io
from collections import Counter
from pathlib import PurePosixPath

from index.article import Article
from index.bounds import check_text
from index.errors import ArticleError
from index.ingest.formats.draft import Draft, DraftLine, article_of_draft
from index.ingest.formats.sheets.sheet_lines import sheet_lines
from index.ingest.sources.encoding import decode
from index.ingest.structure.properties import title_in

_DELIMITERS = ",\t;|，"
_SAMPLE = 50  # lines
_MAX_CELL = 1_000_000  # characters


def read_csv(file_id: str, data: bytes) -> Article:
    r"""Read the article in a file of separated values: its rows, each with the columns' names.

    >>> read_csv("渡口.csv", "船,座位\n一号,30\n".encode()).text
    '渡口\n\n船: 一号, 座位: 30'

    Raises:
        ArticleError: it isn't text, or too much of it.
    """
    text = decode(data)
    check_text(text)
    lines = list(sheet_lines(_rows(text), headed=True))
    if not any(line.text for line in lines):
        raise ArticleError("is empty.")
    title = title_in(name_of_file(file_id)) or ""
    return article_of_draft(Draft(id=file_id, lines=(DraftLine(""), *lines), title=title))


def name_of_file(file_id: str) -> str:
    """Return a file's name without its ending: what a table without a title is called.

    >>> name_of_file("2024/渡口.csv")
    '渡口'
    """
    return PurePosixPath(file_id).stem


def _rows(text: str) -> list[list[str]]:
    csv.field_size_limit(_MAX_CELL)
    # Excel names the delimiter in a first line of its own.
    if text[:4].lower() == "sep=" and len(text) > 4:
        delimiter, text = text[4], text.partition("\n")[2]
    else:
        delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [[" ".join(cell.split()) for cell in row] for row in reader]
    except csv.Error as error:
        raise ArticleError(f"can't be read as a table ({error}); save it anew as .csv.") from error


def _delimiter(text: str) -> str:
    """Return the delimiter that divides most of the first lines into as many cells."""
    sample = text.split("\n")[:_SAMPLE]

    def regular(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(sample, delimiter=delimiter)
        counts = Counter(len(row) for row in rows if len(row) > 1)
        columns, lines = counts.most_common(1)[0] if counts else (0, 0)
        return lines, columns

    try:
        return max(_DELIMITERS, key=regular)
    except csv.Error:  # told with its reason when all of it is read
        return ","

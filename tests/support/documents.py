"""Make documents for the tests of the readers: real PDFs, Office documents and archives."""

import io
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

# A font that every PDF reader knows by name: no file is needed.
SONG = "STSong-Light"
WIDE, HIGH = 595, 842
LEFT, RIGHT, TOP = 72, 523, 770

SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None,
    reason="needs LibreOffice: apt-get install --no-install-recommends "
    "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui",
)

Draw = Callable[[Any], None]


def pdf(*pages: Draw, **info: str) -> bytes:
    """Return an A4 PDF, each page drawn by a function; `title` and `author` are its metadata."""
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(WIDE, HIGH), invariant=1, encrypt=info.pop("password", None))
    canvas.setTitle(info.get("title", ""))
    canvas.setAuthor(info.get("author", ""))
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def write(
    canvas: Any,  # noqa: ANN401
    text: str,
    x: float,
    y: float,
    size: float = 12,
    *,
    font: str = SONG,
) -> None:
    """Draw a line of text at a position in points from the page's lower left."""
    canvas.setFont(font, size)
    canvas.drawString(x, y, text)


def write_lines(
    canvas: Any,  # noqa: ANN401
    lines: list[str],
    y: float = TOP,
    x: float = LEFT,
    font: str = SONG,
) -> None:
    """Draw lines of 12 points below each other, 18 points apart."""
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip("\u3000"))
        write(canvas, line.strip(), x + 12 * indent, y - 18 * number, font=font)


def table(canvas: Any, rows: list[list[str]], x: float, y: float) -> None:  # noqa: ANN401
    """Draw a ruled table, each cell 100 by 24 points."""
    for row in range(len(rows) + 1):
        canvas.line(x, y - 24 * row, x + 100 * len(rows[0]), y - 24 * row)
    for column in range(len(rows[0]) + 1):
        canvas.line(x + 100 * column, y, x + 100 * column, y - 24 * len(rows))
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            write(canvas, cell, x + 100 * column + 6, y - 24 * number - 16)


def docx(fill: Callable[[Any], None], **properties: Any) -> bytes:  # noqa: ANN401
    """Return a Word document, filled by a function, without the template's properties."""
    document = Document()
    for name, value in ({"title": "", "author": "", "comments": ""} | properties).items():
        setattr(document.core_properties, name, value)
    fill(document)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def archive(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive of files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return data.getvalue()


def replaced(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive with one of its files changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        files = {member: zipped.read(member) for member in zipped.namelist()}
    return archive(files | {name: change(files.get(name, b""))})


def lines_pdf(*lines: str) -> bytes:
    """Return a PDF of one page with lines on it."""
    return pdf(lambda canvas: write_lines(canvas, list(lines)))


W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def office(
    main: str,
    xml: str,
    parts: Mapping[str, bytes | str] | None = None,
    related: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """Return an Office document of XML: its main part, others, and relations of the main part.

    `related` has kind and target of each relation by its id.
    """
    folder, _, file = main.rpartition("/")
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations({"r": ("officeDocument", main)}),
            main: xml,
            f"{folder}/_rels/{file}.rels": relations(related or {}),
            **(parts or {}),
        }
    )


def relations(related: Mapping[str, tuple[str, str]]) -> str:
    """Return the part with the relations of another one."""
    elements = "".join(
        f'<Relationship Id="{name}" Type="{R_NS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in related.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{elements}</Relationships>'


def word(
    body: str,
    parts: Mapping[str, bytes | str] | None = None,
    related: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """Return a Word document with a body of XML."""
    spaces = (
        f'xmlns:w="{W_NS}" xmlns:r="{R_NS}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    xml = f"<w:document {spaces}><w:body>{body}</w:body></w:document>"
    return office("word/document.xml", xml, parts, related)


def word_paragraph(*runs: str, properties: str = "") -> str:
    """Return a paragraph of Word: text, or runs where they are XML already."""
    inner = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def saved_as(suffix: str, data: bytes, source: str) -> bytes:
    """Return a document of the kind `source` as LibreOffice saves it in another kind."""
    assert SOFFICE is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"a{source}").write_bytes(data)
        subprocess.run(
            [
                *(SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
                *("--convert-to", suffix[1:], "--outdir", name, str(folder / f"a{source}")),
            ],
            capture_output=True,
            check=True,
        )
        return (folder / f"a{suffix}").read_bytes()


def in_its_place(path: Path, script: str) -> Path:
    """Write a program of the shell that is started in place of LibreOffice."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path

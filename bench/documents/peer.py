"""Read documents with another reader, in its own environment: `python peer.py NAME DOCUMENT…`.

Imports nothing of Yiju, since what docling requires excludes what Yiju is tested with. Prints JSON
lines: the reader's version and the formats that it knows, then each document's text, or its error.
"""

import contextlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

_ALL = ("csv", "docx", "html", "md", "pdf", "xlsx")


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of documents, which gives their text in Markdown."""

    version: str
    read: Callable[[Path], str]
    formats: Sequence[str] = _ALL


def markitdown() -> Reader:
    """Return markitdown with its defaults."""
    from markitdown import MarkItDown

    converter = MarkItDown()
    return Reader(version("markitdown"), lambda path: str(converter.convert(path).text_content))


def docling() -> Reader:
    """Return docling with what needs no model: of a PDF, the lines in the order of the file.

    The models that find tables and columns in a PDF are downloaded from a hub.
    """
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.pipeline_options import NativePdfPipelineOptions
    from docling.document_converter import DocumentConverter, PdfFormatOption
    from docling.pipeline.native_pdf_pipeline import NativePdfPipeline

    without_pictures = NativePdfPipelineOptions(
        generate_page_images=False, generate_picture_images=False
    )
    pdf = PdfFormatOption(pipeline_cls=NativePdfPipeline, pipeline_options=without_pictures)
    converter = DocumentConverter(format_options={InputFormat.PDF: pdf})
    return Reader(
        f"{version('docling')} without models",
        lambda path: str(converter.convert(path).document.export_to_markdown()),
    )


def pandoc() -> Reader:
    """Return pandoc, which reads no PDF; tables that Markdown can't hold it writes in HTML."""
    import pypandoc

    return Reader(
        pypandoc.get_pandoc_version(),
        lambda path: str(pypandoc.convert_file(path, "gfm", extra_args=["--wrap=none"])),
        [name for name in _ALL if name != "pdf"],
    )


READERS: Mapping[str, Callable[[], Reader]] = {
    "markitdown": markitdown,
    "docling": docling,
    "pandoc": pandoc,
}


def main(name: str, *documents: str) -> None:
    """Read the documents of the formats that the reader knows."""
    lines = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):  # where readers may print what they like
        reader = READERS[name]()
        _print({"version": reader.version, "formats": reader.formats}, lines)
        for path in map(Path, documents):
            if path.suffix.removeprefix(".") in reader.formats:
                _print({"document": path.name, **_read(reader, path)}, lines)


def _read(reader: Reader, path: Path) -> dict[str, str]:
    try:
        return {"text": reader.read(path)}
    except Exception as error:  # noqa: BLE001 - whatever a reader raises, it did not read this one
        return {"error": f"{type(error).__name__}: {' '.join(str(error).split())}"}


def _print(value: Mapping[str, object], lines: TextIO) -> None:
    print(json.dumps(value), file=lines, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

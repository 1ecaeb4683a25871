"""Read the articles of an upload: one as JSON, or files in a multipart form.

Nothing is written to disk here, and a file's name is only used as an id and for display. The files
are read in another process, by `index.ingest.upload_reader`.
"""

import re
import unicodedata
from io import BytesIO
from typing import Any

from flask import Request, abort
from pydantic import ValidationError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from index.article import Failure
from index.build.edits import Upload
from index.ingest.upload_reader import OneUpload, UploadReader
from web.problems import problem, validation_problem
from web.request_body import json_object, limit_body
from web.requests import ArticleBody

_FIELD = "files"
_MAX_FILES = 1000
_MAX_FIELD = 500_000  # bytes of a field that is no file, or of a file's header


def read_upload(request: Request, limit: int, reader: UploadReader) -> Upload:
    """Read the articles in a body of at most `limit` bytes; abort for a malformed request.

    Raises:
        OccupiedError: another upload is being read.
    """
    limit_body(request, limit, "YIJU_MAX_UPLOAD")
    if request.mimetype == "multipart/form-data":
        files = _form_files(request)
        with reader.upload() as upload:
            return _read_files(files, upload)
    if not request.is_json:
        detail = "Send an article as application/json, or files as multipart/form-data."
        abort(problem(415, detail))
    return read_record(_record(request), reader)


def read_record(record: dict[str, Any], reader: UploadReader) -> Upload:
    """Read an article in the fields of `ArticleBody`.

    Raises:
        OccupiedError: another upload is being read.
    """
    with reader.upload() as upload:
        return Upload(*upload.read(record["id"] or "article", record))


def printable_name(name: str) -> str:
    r"""Return the last part of a file's path, with printable characters only.

    >>> printable_name("C:\\new\\a\u202eb.txt")
    'ab.txt'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return "".join(char for char in re.sub(r"\s+", " ", last) if char.isprintable()).strip()


def _record(request: Request) -> dict[str, Any]:
    try:
        return ArticleBody.model_validate(json_object(request)).model_dump()
    except ValidationError as error:
        abort(validation_problem(error))


def _read_files(files: list[FileStorage], reading: OneUpload) -> Upload:
    upload = Upload([], [])
    for file in files:
        with file.stream as stream:
            name = printable_name(file.filename or "")
            if not name.strip("."):
                upload.failed.append(Failure(name, "has no file name; give it one."))
                continue
            articles, failed = reading.read(name, stream.read())
            upload.articles.extend(articles)
            upload.failed.extend(failed)
            if not articles and not failed:
                upload.failed.append(Failure(name, "holds no articles."))
    return upload


def _in_memory(*_: object, **__: object) -> BytesIO:
    """Return where a file of a form is kept; werkzeug would put a large one on the disk."""
    return BytesIO()


def _form_files(request: Request) -> list[FileStorage]:
    parser = FormDataParser(
        stream_factory=_in_memory,
        max_form_memory_size=_MAX_FIELD,
        max_form_parts=_MAX_FILES,
        silent=False,
    )
    try:
        _, fields, files = parser.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
    except ValueError:
        abort(problem(422, "The form can't be read: it is not whole, or no multipart."))
    except RequestEntityTooLarge:
        detail = f"The form holds more than {_MAX_FILES:,} files, or a text that is too long."
        abort(problem(413, detail))
    for name in (*fields, *files):
        if name != _FIELD or name in fields:
            abort(problem(422, f"Send files, each with its name, in the field “{_FIELD}” alone."))
    if not files:
        abort(problem(422, f"There is no file in the form; send some in the field “{_FIELD}”."))
    return files.getlist(_FIELD)

"""The page's scripts and styles, compressed once, at an address that changes with them.

The address has a digest of all files: `/static/@3f2a…/js/main.js`. Scripts import each other by
relative addresses, so that all of them are at it, and a browser never asks again for what it has.
"""

import gzip
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path, PurePosixPath

from flask import Request, Response, abort

_COMPRESSED = frozenset({".js", ".css", ".svg", ".webmanifest", ".html"})
_FOREVER = "public, max-age=31536000, immutable"
# The views that are not needed for the first question are loaded when they are opened.
_FIRST = ("core", "chat", "conversations")


class StaticFiles:
    """The files of a folder, as they were when the server started."""

    def __init__(self, folder: Path) -> None:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        self._files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        self._compressed = {
            name: gzip.compress(data, mtime=0)
            for name, data in self._files.items()
            if PurePosixPath(name).suffix in _COMPRESSED
        }
        names = sha256()
        for name, data in self._files.items():
            names.update(name.encode() + b"\0" + sha256(data).digest())
        self.digest = names.hexdigest()[:16]

    @property
    def root(self) -> str:
        """The address of the files, as seen from the page; without a slash at its end."""
        return f"static/@{self.digest}"

    @property
    def names(self) -> list[str]:
        """The names of the files, below the root."""
        return list(self._files)

    @property
    def preloaded(self) -> list[str]:
        """The scripts that the first view needs, but for the languages, of which one is loaded."""
        scripts = (PurePosixPath(name) for name in self._files if name.endswith(".js"))
        return [str(path) for path in scripts if len(path.parts) == 3 and path.parts[1] in _FIRST]

    def response(self, request: Request, digest: str, name: str) -> Response:
        """Answer with a file; those of another digest are not here (404)."""
        data = self._files.get(name)
        if data is None or digest != self.digest:
            abort(404)
        headers = {"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"}
        if name in self._compressed and request.accept_encodings["gzip"] > 0:
            data = self._compressed[name]
            headers["Content-Encoding"] = "gzip"
        kind = guess_type(name)[0] or "application/octet-stream"
        return Response(data, headers=headers, mimetype=kind)

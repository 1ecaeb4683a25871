"""The page: its document, its scripts and styles, what makes it an app, and its widget."""

from collections.abc import Sequence
from pathlib import Path

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.sansio.response import Response as AnyResponse

from web.page.static_files import StaticFiles
from web.problems import error_response

# The page has no inline script or style, and loads nothing from other sites.
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
_SCRIPT = "text/javascript"


def register_page(app: Flask, ancestors: Sequence[str]) -> None:
    """Add the page's routes; `ancestors` are the sites that may show it in a frame."""
    folder = Path(app.static_folder or "")
    files = StaticFiles(folder)
    framing = " ".join(ancestors) or "'none'"
    policy = f"{POLICY}; frame-ancestors {framing}"

    def page() -> Response:
        html = render_template("index.html", root=files.root, preloaded=files.preloaded)
        response = _never_stale(Response(html, mimetype="text/html"))
        response.headers["Content-Security-Policy"] = policy
        return response

    def worker() -> Response:
        script = render_template("worker.js", root=files.root, names=files.names)
        response = _never_stale(Response(script, mimetype=_SCRIPT))
        response.headers["Content-Security-Policy"] = POLICY  # its own: what it may fetch
        return response

    def manifest() -> Response:
        text = render_template("manifest.json", root=files.root)
        return _never_stale(Response(text, mimetype="application/manifest+json"))

    def widget() -> Response:
        script = (folder / "widget.js").read_text(encoding="utf-8")
        response = _never_stale(Response(script, mimetype=_SCRIPT))
        # Pages of other sites are to load it; it holds nothing of the articles.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    app.add_url_rule("/", "page", page)
    app.add_url_rule("/worker.js", "worker", worker)
    app.add_url_rule("/manifest.webmanifest", "manifest", manifest)
    app.add_url_rule("/widget.js", "widget", widget)
    app.add_url_rule(
        "/static/@<digest>/<path:name>",
        "static_files",
        lambda digest, name: files.response(request, digest, name),
    )
    app.register_error_handler(404, _not_found)


def _never_stale(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    return response


def _not_found(error: NotFound) -> AnyResponse:
    """Answer a browser with a page, and a program with a problem."""
    # What the API itself answers has its own words.
    if error.response is None and _is_for_a_page():
        html = render_template("not_found.html")
        response = Response(html, 404, mimetype="text/html")
        response.headers["Content-Security-Policy"] = f"{POLICY}; frame-ancestors 'none'"
        return response
    return error_response(error)


def _is_for_a_page() -> bool:
    """Return whether a request is for a page, which programs do not ask for by name."""
    return "text/html" in request.headers.get("Accept", "")

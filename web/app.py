"""The application factory: registers the blueprints, error handlers and security headers.

The blueprints are in `ask`, `suggestions`, `articles`, `index`, `feedback` and `openai`, the route
for assistants in `mcp`; who may use them is up to `access`, running the app to `serving`.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from flask import Response, redirect, request
from flask_openapi3 import Info, OpenAPI
from flask_openapi3_swagger.plugins import RegisterPlugin
from pydantic import ValidationError
from werkzeug.routing import BaseConverter

from web import articles, ask, index, problems, suggestions
from web.access import session_routes
from web.access.access_description import SECURITY_SCHEMES, describe_access
from web.access.gate import GATE, Gate
from web.feedback import feedback_routes
from web.hosts import AllowedHosts
from web.markdown import llms_routes
from web.mcp.mcp_route import register_mcp
from web.observing import metrics_routes
from web.observing.metrics_routes import Metrics
from web.observing.noted_requests import note_refusal, note_route
from web.openai import openai_routes
from web.openai.openai_errors import convert_problem, openai_validation_error, speaks_openai
from web.page.page_routes import POLICY, register_page
from web.reach.forwarding import Forwarding
from web.reach.public_address import link_root
from web.reach.reach import Reach
from web.same_origin import refuse_cross_site
from web.security_headers import add_security_headers
from web.services import Services

_DIRECTLY = Reach()
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class IdConverter(BaseConverter):
    """URL converter for article ids: any text (werkzeug's `path` refuses a leading slash)."""

    regex = ".+"
    part_isolating = False


def create_app(  # noqa: PLR0913, PLR0917 - three have a default that fits
    services: Services,
    hosts: AllowedHosts,
    gate: Gate,
    ancestors: Sequence[str] = (),
    reach: Reach = _DIRECTLY,
    metrics: Metrics | None = None,
) -> OpenAPI:
    """Create and configure the Flask application, which answers to the names in `hosts`.

    `gate` lets requests in. Sites in `ancestors` may show the page in a frame; `reach` tells of
    proxies and other sites, `metrics` of what is counted, if it is.
    """
    app = OpenAPI(
        "web",
        info=Info(
            title="Yiju",
            version=services.version,
            description="Ask questions of your own articles.",
        ),
        doc_ui=False,
        security_schemes=SECURITY_SCHEMES,
        validation_error_callback=_validation_error,
    )
    app.config["MAX_CONTENT_LENGTH"] = services.limits.body
    app.url_map.merge_slashes = False  # an article's id may contain any slashes
    app.url_map.converters["id"] = IdConverter
    app.before_request(lambda: hosts.check(request))
    app.before_request(note_route)
    app.before_request(lambda: reach.cross_origin.preflight(request))
    app.before_request(lambda: refuse_cross_site(request, reach.own_origin, reach.cross_origin.has))
    app.before_request(lambda: gate.check(request))
    app.extensions[GATE] = gate  # the server asks it before it receives what is large
    for module in (
        ask, suggestions, articles, index, feedback_routes, openai_routes, llms_routes,
    ):  # fmt: skip
        app.register_api(module.blueprint(services))
    app.register_api(session_routes.blueprint(gate, services.limits.body))
    if metrics:
        app.register_api(metrics_routes.blueprint(services, metrics))
    _serve_documentation(app, gate)
    register_mcp(app, services)
    problems.register_handlers(app)
    register_page(app, ancestors)
    app.after_request(convert_problem)
    app.after_request(add_security_headers)
    app.after_request(lambda response: reach.cross_origin.add_headers(request, response))
    app.after_request(note_refusal)
    app.wsgi_app = Forwarding(app.wsgi_app, reach)
    return app


def _validation_error(error: ValidationError) -> Response:
    """Tell what is wrong with a request in the shape that its address speaks."""
    if speaks_openai(request.path):
        return openai_validation_error(error)
    return problems.validation_problem(error)


def _serve_documentation(app: OpenAPI, gate: Gate) -> None:
    """Serve the OpenAPI document, and Swagger UI for it with the assets of its package."""
    app.add_url_rule(
        "/openapi.json",
        "openapi",
        lambda: {
            **describe_access(app, app.api_doc, gate.without_key),
            "servers": [{"url": link_root(request)}],
        },
    )
    pages = RegisterPlugin.register(doc_url="../../openapi.json")
    pages.after_request(_add_documentation_policy)
    app.register_blueprint(pages, url_prefix="/api/docs")
    app.add_url_rule(
        "/api/docs", "docs", lambda: redirect(f"{request.script_root}/api/docs/swagger")
    )


def _add_documentation_policy(response: Response) -> Response:
    """Allow a page of Swagger UI its own scripts, those in the page by their hashes."""
    if response.mimetype == "text/html":
        scripts = _INLINE_SCRIPT.findall(response.get_data(as_text=True))
        hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
        response.headers["Content-Security-Policy"] = (
            f"{POLICY}; frame-ancestors 'none'; "
            f"script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'"
        )
    return response


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()

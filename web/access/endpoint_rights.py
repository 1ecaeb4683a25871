"""The right that each route needs."""

from index.access.access_key import Right

_OPEN = (
    # Asked by what watches over servers, and the page itself, which has nothing of the articles.
    "state.healthz", "state.readyz", "page", "worker", "manifest", "widget", "static",
    "static_files", "session.session", "session.sign_in", "session.sign_out",
    # It has a setting of its own.
    "observing.numbers",
    # The documentation.
    "openapi", "docs", "swagger.static", "swagger.swagger", "swagger.oauth2-redirect",
)  # fmt: skip
_READ = (
    "articles.listing", "articles.article", "articles.article_as_markdown", "asking.search",
    "suggesting.suggestions", "state.index", "introducing.llms", "openai.models", "openai.model",
    # Each tool asks for a right of its own.
    "mcp",
)  # fmt: skip
_ASK = ("asking.ask", "asking.stream", "openai.completions", "feedback.feedback")
_WRITE = (
    "articles.add", "articles.remove", "state.rebuild", "feedback.unanswered", "feedback.answer",
    "feedback.remove",
)  # fmt: skip

RIGHTS: dict[str, Right] = {
    endpoint: right
    for right, endpoints in (
        (Right.NONE, _OPEN), (Right.READ, _READ), (Right.ASK, _ASK), (Right.WRITE, _WRITE),
    )
    for endpoint in endpoints
}  # fmt: skip

QUESTIONS = frozenset({"asking.ask", "asking.stream", "asking.search", "openai.completions", "mcp"})
"""What counts as a question: it takes a processor for as long as one."""

UPLOADS = frozenset({"articles.add", "mcp"})
"""What may bring articles, and is counted by its bytes."""


def right_needed(endpoint: str | None, method: str) -> Right:
    """Return the right that a request needs; one that is for no route will find nothing.

    A browser asks by OPTIONS, without a key, what it may ask.
    """
    if endpoint is None or method == "OPTIONS":
        return Right.NONE
    return RIGHTS.get(endpoint, Right.WRITE)


def large_body_right(method: str, path: str) -> Right:
    """Return the right to send a large body to a path: where there is no other, it is an upload."""
    is_upload = method == "POST" and f"/{path.lstrip('/')}".startswith("/api/articles")
    return Right.WRITE if is_upload else Right.READ

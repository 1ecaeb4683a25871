"""Answers that need no application: refused requests, and requests that can't be read."""

from dataclasses import dataclass, replace
from http import HTTPStatus

from waitress.task import ErrorTask

from web.openai.openai_errors import error_of, speaks_openai
from web.problems import problem
from web.responses import Problem
from web.security_headers import add_security_headers
from web.serving.observed_task import ObservedTask

_DETAILS = {
    431: "The head of the request is too large: its address and headers together.",
    501: "The body has a transfer encoding that is not understood; send it chunked or with its "
    "length.",
    500: "Something went wrong in the server; its log tells what.",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A whole answer. waitress takes it in place of its own errors."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    reason: str = "unreadable"
    """In a word, for the metrics."""

    @classmethod
    def of(
        cls,
        status: int,
        detail: str,
        retry_after: int | None = None,
        reason: str = "unreadable",
    ) -> "Refusal":
        """Make the problem that the application would answer."""
        response = problem(status, detail)
        if retry_after is not None:
            response.headers["Retry-After"] = str(retry_after)
        add_security_headers(response)
        headers = tuple(item for item in response.headers if item[0] != "Content-Length")
        return cls(f"{status} {HTTPStatus(status).phrase}", headers, response.get_data(), reason)

    def about(self, request_id: str) -> "Refusal":
        """Return the same answer with the id of the request that it refuses."""
        told = Problem.model_validate_json(self.body).model_copy(update={"request_id": request_id})
        return replace(self, body=told.model_dump_json().encode())

    def in_openai_shape(self) -> "Refusal":
        """Return the same answer as programs expect it that speak to language models."""
        body = error_of(Problem.model_validate_json(self.body)).model_dump_json().encode()
        others = (item for item in self.headers if item[0] != "Content-Type")
        return replace(self, headers=(*others, ("Content-Type", "application/json")), body=body)

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:  # noqa: ARG002
        """Return status, headers and body."""
        return self.status, list(self.headers), self.body


class RefusalTask(ObservedTask, ErrorTask):  # type: ignore[misc]
    """Answers a request that has an error: a refusal, or one of waitress, which becomes one."""

    def execute(self) -> None:
        """Write the answer; the connection is closed after it."""
        error = self.request.error
        if not isinstance(error, Refusal):
            detail = _DETAILS.get(error.code) or f"The request can't be read: {error.body}."
            # 501 is for what a server may learn one day; this one will not.
            reason = "" if error.code == 500 else "unreadable"
            error = Refusal.of(400 if error.code == 501 else error.code, detail, reason=reason)
        self.exchange.refusal = error.reason
        error = error.about(self.exchange.id)
        reach, headers = self.channel.server.reach, self.request.headers
        self.response_headers.extend(reach.cross_origin.headers(headers.get("ORIGIN")).items())
        self.exchange.client = reach.proxies.client(
            self.exchange.client, headers.get("X_FORWARDED_FOR", "")
        )
        if speaks_openai(self.request.path):
            error = error.in_openai_shape()
        self.request.error = error
        super().execute()

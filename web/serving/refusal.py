"""Answers that need no application: refused requests, and requests that can't be read."""

from dataclasses import dataclass
from http import HTTPStatus

from waitress.task import ErrorTask

from web.openai.openai_errors import error_of, speaks_openai
from web.problems import problem
from web.responses import Problem
from web.security_headers import add_security_headers

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

    @classmethod
    def of(cls, status: int, detail: str, retry_after: int | None = None) -> "Refusal":
        """Make the problem that the application would answer."""
        response = problem(status, detail)
        if retry_after is not None:
            response.headers["Retry-After"] = str(retry_after)
        add_security_headers(response)
        headers = tuple(item for item in response.headers if item[0] != "Content-Length")
        return cls(f"{status} {HTTPStatus(status).phrase}", headers, response.get_data())

    def in_openai_shape(self) -> "Refusal":
        """Return the same answer as programs expect it that speak to language models."""
        body = error_of(Problem.model_validate_json(self.body)).model_dump_json().encode()
        others = (item for item in self.headers if item[0] != "Content-Type")
        return Refusal(self.status, (*others, ("Content-Type", "application/json")), body)

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:  # noqa: ARG002
        """Return status, headers and body."""
        return self.status, list(self.headers), self.body


class RefusalTask(ErrorTask):  # type: ignore[misc]
    """Answers a request that has an error: a refusal, or one of waitress, which becomes one."""

    def execute(self) -> None:
        """Write the answer; the connection is closed after it."""
        error = self.request.error
        if not isinstance(error, Refusal):
            detail = _DETAILS.get(error.code) or f"The request can't be read: {error.body}."
            # 501 is for what a server may learn one day; this one will not.
            error = Refusal.of(400 if error.code == 501 else error.code, detail)
        if speaks_openai(self.request.path):
            error = error.in_openai_shape()
        self.request.error = error
        super().execute()

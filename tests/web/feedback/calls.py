"""Calls of the API that the tests of feedback share."""

from typing import Any

import httpx


def asked(client: httpx.Client, question: str) -> str:
    """Ask a question and return the answer's id."""
    response = client.post("/api/ask", json={"question": question})
    assert response.status_code == 200, response.text
    return str(response.json()["id"])


def judge(client: httpx.Client, answer: str, *, helpful: bool, **more: str) -> httpx.Response:
    """Say whether an answer helped."""
    body = {"answer_id": answer, "helpful": helpful, **more}
    return client.post("/api/feedback", json=body)


def listed(client: httpx.Client) -> dict[str, Any]:
    """Return the questions that need their owner, by their text."""
    page = client.get("/api/unanswered").json()
    return {question["question"]: question for question in page["questions"]}

"""The sample questions, and checks of answers over HTTP."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from index.eval_cases import read_cases

DATA = Path(__file__).parents[1] / "data"
CASES = list(read_cases(DATA / "sample-questions.jsonl"))
ANSWER_KEYS = [
    "id", "answered", "answer", "short_answer", "confidence", "interpreted_question",
    "index_version", "citations", "entries", "passages", "possible",
    "kind", "follow_ups", "written", "rewriting", "timings_ms",
]  # fmt: skip


def sse(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the events of a stream, as name and data."""
    events = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        events.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return events


def quote_is_exact(client: httpx.Client, citation: dict[str, Any]) -> bool:
    """Return whether a quote is the article's text in its range."""
    article = client.get(f"/api/articles/{quote(citation['article_id'], safe='')}").json()
    text: str = article["text"]
    return bool(text[citation["start"] : citation["end"]] == citation["quote"])

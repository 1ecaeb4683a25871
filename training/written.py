"""Questions that we wrote in everyday words about articles of the data folder.

`written-questions.jsonl` has a line for each article: its source and id, who learns from it (the
reader or the rankers), and the questions with the range of the answer in the article's text. The
range is empty if the article doesn't answer. No text of an article is in the file.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.article import Span
from training.articles import TrainingArticle, articles
from training.leakage import HeldOut

FILE = Path(__file__).with_name("written-questions.jsonl")

Part = Literal["reader", "rankers"]


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question about an article; the span is empty if the article doesn't answer."""

    article: TrainingArticle
    source: str
    question: str
    answer: Span
    kind: str

    @property
    def text(self) -> str:
        """The answer as the article writes it."""
        return self.answer.of(self.article.text)


def written(data: Path, part: Part) -> list[WrittenQuestion]:
    """Return the questions of a part, those left out that share anything with what is measured.

    Articles that the data folder lacks are passed over: it may be a part of the whole.
    """
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    by_source: dict[str, dict[str, list[dict[str, object]]]] = defaultdict(dict)
    for line in lines:
        if line["part"] == part:
            by_source[line["source"]][line["article"]] = line["questions"]
    held_out = HeldOut(data.parent)
    found = []
    for source, asked in by_source.items():
        for article in articles(data, source):
            if article.id in asked and not held_out(f"{article.title}\n{article.text}"):
                found += [_question(article, source, item) for item in asked.pop(article.id)]
    return [item for item in found if not held_out(item.question)]


def _question(article: TrainingArticle, source: str, item: dict[str, object]) -> WrittenQuestion:
    start, end = item["start"], item["end"]
    if not isinstance(start, int) or not isinstance(end, int):
        raise TypeError(f"The range of an answer has to be two integers: {item}.")
    answer = Span(start, end)
    return WrittenQuestion(article, source, str(item["question"]), answer, str(item["kind"]))

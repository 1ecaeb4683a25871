"""The reader alone: its likeliest span in the one passage that is given with a question.

The passage is an article, cut and its sentences chosen as for any question, by a search in which
no other article takes part. What ranks evidence and decides is not asked.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from bench.answers.records import Ask, SetResult
from bench.answers.workbench import Workbench
from index.listing.article_filter import Filter
from index.search.searcher import Searcher
from qa.entities.names import Names
from qa.evaluation.metrics import auroc, character_f1, exact_match
from qa.evaluation.squad import GoldQuestion, read_set
from qa.evaluation.temporary_store import article_id
from qa.evidence.candidates import CandidateFinder
from qa.evidence.sentence_ranker import SentenceReader
from qa.question.understand import understand
from qa.reader.sentence_selection import likeliest
from qa.reader.span_reader import piece_of
from qa.retrieval import READ

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class BestSpan:
    """The likeliest span, its sentence, and the probability that there is an answer at all."""

    text: str
    sentence: str
    any: float


def robust(bench: Workbench) -> SetResult:
    """Read what people really search, each with a passage that answers."""
    return _read(bench, "dureader-robust", "dureader-robust-dev")


def checklist(bench: Workbench) -> SetResult:
    """Read the same with passages of which half don't answer."""
    return _read(bench, "dureader-checklist", "dureader-checklist-dev")


def _read(bench: Workbench, name: str, file: str) -> SetResult:
    gold = read_set(bench.measure / f"{file}.json.gz")
    whole = len(gold.questions) + len(gold.unanswerable)
    answerable, others = bench.sampled(gold.questions), bench.sampled(gold.unanswerable)
    questions = [*answerable, *others]
    searcher = bench.searcher([_articles(bench.new_folder(), gold.contexts)])
    names, reader = Names(bench.analyzer), bench.reader()
    asks, exact, near = [], [], []
    for done, question in enumerate(questions):
        bench.progress(f"reading {name}", done, len(questions))
        span = _span(question, searcher, names, reader)
        asks.append(_ask(question, span))
        exact.append(_score(exact_match(span.text, question.answers), question, span))
        near.append(_score(character_f1(span.text, question.answers), question, span))
    bench.progress(f"reading {name}", len(questions), len(questions))
    count = len(answerable)
    figures: dict[str, float | None] = {
        "f1": sum(character_f1(ask.short_answer, ask.expected) for ask in asks[:count]) / count,
        "exact_match": sum(exact_match(ask.short_answer, ask.expected) for ask in asks[:count])
        / count,
        "sentence": sum(ask.likely_right for ask in asks[:count]) / count,
        "f1_with_null": sum(near) / len(near),
        "exact_match_with_null": sum(exact) / len(exact),
        "auroc_any": auroc([ask.confidence for ask in asks], [ask.answerable for ask in asks]),
    }
    return SetResult(name, figures, asks, [f"{len(questions)} of {whole} questions"])


def _articles(folder: Path, contexts: tuple[str, ...]) -> Path:
    """Write each context as an article with a source of its own, by which it can be asked alone."""
    file = folder / "contexts.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for text in contexts:
            key = article_id(text)
            lines.write(json.dumps({"id": key, "text": text, "source": key}) + "\n")
    return file


def _span(gold: GoldQuestion, searcher: Searcher, names: Names, reader: SentenceReader) -> BestSpan:
    question = understand(gold.question, (), names)
    alone = Filter(source=article_id(gold.context))
    hits = searcher.search(searcher.query(question.forms), READ, alone)
    sentences, finder = likeliest(hits), CandidateFinder(question, names)
    if not sentences:
        return BestSpan("", "", 0.0)
    pieces = [piece_of(sentence, finder.spans(sentence.quote)) for sentence in sentences]
    reading = reader.read(question.forms, pieces)
    best = max(
        ((read.best, read.span.of(piece.text), piece.text)
         for read, piece in zip(reading.sentences, pieces, strict=True) if read),
    )  # fmt: skip
    return BestSpan(best[1], best[2], 1 - math.exp(min(reading.none, 0.0)))


def _score(score: float, gold: GoldQuestion, span: BestSpan) -> float:
    """Return the score of a span where no answer is an answer too."""
    if not gold.answers:
        return float(span.any < _HALF)
    return score if span.any >= _HALF else 0.0


def _ask(gold: GoldQuestion, span: BestSpan) -> Ask:
    answered = span.any >= _HALF
    is_exact = exact_match(span.text, gold.answers) > 0
    passed = answered and is_exact if gold.answers else not answered
    return Ask(
        gold.id,
        gold.question,
        "zh",
        "passage given",
        answerable=bool(gold.answers),
        answered=answered,
        passed=passed,
        passed_by_text=passed,
        likely_right=any(answer in span.sentence for answer in gold.answers),
        confidence=span.any,
        expected=gold.answers,
        short_answer=span.text,
        quote=span.sentence,
        reason="" if passed else "another span" if gold.answers else "a span where none answers",
    )

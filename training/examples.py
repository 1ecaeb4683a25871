"""Training examples of reader and rankers: questions with their articles and answer spans.

The encoder performs too well on questions it was trained on: they are for training alone, and only
fresh questions, which it has not seen, validate a network, fold by fold. Nothing of the measuring
sets is among them.
"""

import random
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Span
from index.text.folding import FoldedText
from qa.answer_types import AnswerType
from qa.entities.names import Name
from qa.question.asked.asked_type import classify
from training import sources
from training.leakage import Leakage, measuring
from training.translate import Translator

FOLDS = 4
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_ARTICLE_SENTENCES = 5  # adjacent English sentences that make an article
RANKED = 800
"""The number of questions of each set known to the encoder from which the rankers learn, about as
many in all as fresh ones. The reader learns from the others, so that the rankers see its output on
questions new to it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question, its context, and the span of the answer in it.

    `answer_type` is that of the question before translation. `fold` is the validation fold of a
    fresh question, None if the encoder has seen it. `group` is the pair of languages of question
    and article: `zh→zh`, `en→zh`, `en→en` or `zh→en`.
    """

    question: str
    context: str
    answer: Span
    answer_type: AnswerType
    group: str
    fold: int | None


@dataclass(frozen=True, slots=True)
class ExampleSet:
    """Contexts of one language, with examples for the rankers and for the reader."""

    contexts: list[str]
    examples: list[Example]
    reading: list[Example]


def chinese(data: Path, translator: Translator) -> ExampleSet:
    """Return Chinese articles with Chinese questions and their word-by-word translations."""
    fresh = list(sources.questions(data, sources.HELD_OUT))
    known = [list(sources.questions(data, name)) for name in sources.READING]
    folded = zip(_folds(len(fresh)), fresh, strict=True)
    ranking = [_example(item, fold) for fold, item in folded]
    ranking += [_example(item) for part in known for item in part[:RANKED]]
    reading = [_example(item) for part in known for item in part[RANKED:]]
    contexts = [example.context for example in (*ranking, *reading)]
    filtered = _Filter(data, contexts, "en→zh", translator.english)
    return filtered(ranking, reading)


def english(data: Path, translator: Translator) -> ExampleSet:
    """Return English articles with English questions and their word-by-word translations.

    Questions for names are left out: the set is in lower case, so none are recognized.
    """
    pairs = [(_cased(text), _cased(question)) for text, question in sources.english_questions(data)]
    lines = list(dict.fromkeys(text for text, _ in pairs))
    order = {text: at for at, text in enumerate(lines)}
    starts = range(0, len(lines), _ARTICLE_SENTENCES)
    contexts = [" ".join(lines[at : at + _ARTICLE_SENTENCES]) for at in starts]
    folds = [*_folds(sources.ENGLISH_HELD_OUT), *[None] * (len(pairs) - sources.ENGLISH_HELD_OUT)]
    examples = []
    for (text, question), fold in zip(pairs, folds, strict=True):
        context = contexts[order[text] // _ARTICLE_SENTENCES]
        start = context.index(text)
        answer, answer_type = Span(start, start + len(text)), classify(FoldedText.of(question))
        examples.append(Example(question, context, answer, answer_type, "en→en", fold))
    kept = [example for example in examples if example.answer_type not in _NAMED]
    fresh = [example for example in kept if example.fold is not None]
    known = [example for example in kept if example.fold is None]
    filtered = _Filter(data, contexts, "zh→en", translator.chinese)
    return filtered([*fresh, *known[:RANKED]], known[RANKED:])


_NAMED = frozenset({AnswerType.PERSON, AnswerType.ORG, AnswerType.WHO, AnswerType.PLACE})


def _example(item: sources.Question, fold: int | None = None) -> Example:
    answer, answer_type = Span(item.start, item.end), classify(FoldedText.of(item.question))
    return Example(item.question, item.paragraph, answer, answer_type, "zh→zh", fold)


class _Filter:
    """Drops examples that share text with a measuring set, and adds translations to the rest."""

    def __init__(
        self, data: Path, contexts: Iterable[str], group: str, translate: Callable[[str], str]
    ) -> None:
        """`group` is that of the translated questions."""
        self._leaks = Leakage(measuring(data))
        self._contexts = {text for text in dict.fromkeys(contexts) if not self._leaks(text)}
        self._group = group
        self._translate = translate

    def __call__(self, ranking: Sequence[Example], reading: Sequence[Example]) -> ExampleSet:
        """Return the set; the reader gets no article that the rankers learn from."""
        unread = self._contexts - {example.context for example in ranking}
        return ExampleSet(
            list(self._contexts), self._kept(ranking, self._contexts), self._kept(reading, unread)
        )

    def _kept(self, examples: Sequence[Example], contexts: Collection[str]) -> list[Example]:
        kept = [
            example
            for example in examples
            if example.context in contexts and not self._leaks(example.question)
        ]
        translations = [
            replace(example, question=self._translate(example.question), group=self._group)
            for example in kept
        ]
        return [*kept, *(example for example in translations if example.question.strip())]


def near_miss(
    example: Example,
    names: Sequence[Name],
    pool: Mapping[AnswerType, Sequence[str]],
    chance: random.Random,
) -> Example | None:
    """Return the question about another year or party, which its article does not answer.

    Args:
        example: An example whose article answers it.
        names: The names in its question.
        pool: Names in other questions, by type.
        chance: Source of randomness.

    Returns:
        None if the question has neither year nor name, or the article contains the replacement.
    """
    years = list(_YEAR.finditer(example.question))
    if years:
        year = chance.choice(years)
        start, end = year.span()
        other = str(int(year.group()) + chance.choice([-7, -4, -3, -2, -1, 1, 2, 3, 4, 7]))
    elif names:
        name = max(names, key=lambda name: len(name.text))
        start, end = name.span.start, name.span.end
        other = chance.choice(pool[name.answer_type])
    else:
        return None
    if other in example.context:
        return None
    return replace(example, question=example.question[:start] + other + example.question[end:])


def _folds(count: int) -> Iterator[int]:
    """Yield the fold of each position; adjacent examples, which share an article, share a fold."""
    return (at * FOLDS * 5 // count % FOLDS for at in range(count))


def _cased(text: str) -> str:
    """Return lower-case tokens as a text.

    >>> _cased("in paris , france .")
    'In paris, france.'
    """
    for token, mark in (("-lrb- ", "("), (" -rrb-", ")"), ("`` ", '"'), (" ''", '"')):
        text = text.replace(token, mark)
    joined = re.sub(r" ([.,;:?!'])", r"\1", text)
    return joined[:1].upper() + joined[1:]

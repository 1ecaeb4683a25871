"""The questions that the networks learn from, each with its article and where the answer stands.

What the encoder was trained on it finds too well: those questions teach, but only questions that
it has not seen (`fresh`) tell how good a network is, fold by fold. Nothing of the measuring sets is
among them.
"""

import random
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Span
from qa.answer_types import AnswerType, classify
from qa.entities.names import Name
from training import sources
from training.leakage import Leakage, measuring
from training.translate import Translator

Translated = Callable[[str], str]

FOLDS = 4
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_TOGETHER = 5  # neighbouring English sentences make an article
JUDGED = 800
"""The first so many questions of each set that the encoder has seen teach the networks that judge,
as many in all as fresh ones; the reader learns from the others, so that it is judged where it has
seen nothing."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the context that answers it, and the range of the answer in it.

    `kind` is that of the question before any translation. `fold` numbers the part of the fresh
    questions that it is tested in, None for one that the encoder has seen. `group` names the
    direction: `zh→zh`, `en→zh`, `en→en`, `zh→en`.
    """

    question: str
    context: str
    answer: Span
    answer_type: AnswerType
    group: str
    fold: int | None


@dataclass(frozen=True, slots=True)
class Shelved:
    """Contexts of one language, and questions about them: those to judge by, those to read."""

    contexts: list[str]
    examples: list[Example]
    reading: list[Example]


def chinese(data: Path, translator: Translator) -> Shelved:
    """Chinese articles, asked in Chinese and, word by word, in English."""
    fresh = list(sources.questions(data, sources.HELD_OUT))
    seen = [list(sources.questions(data, name)) for name in sources.READING]
    folded = zip(_folds(len(fresh)), fresh, strict=True)
    judged = [_example(one, fold) for fold, one in folded]
    judged += [_example(one) for part in seen for one in part[:JUDGED]]
    reading = [_example(one) for part in seen for one in part[JUDGED:]]
    contexts = [one.context for one in (*judged, *reading)]
    return _both(data, contexts, judged, reading, "en→zh", translator.english)


def english(data: Path, translator: Translator) -> Shelved:
    """English articles of neighbouring sentences, asked in English and, word by word, in Chinese.

    All is in small letters, so that what asks for a name is left out: none can be told there.
    """
    pairs = [(_cased(text), _cased(asked)) for text, asked in sources.english_questions(data)]
    lines = list(dict.fromkeys(text for text, _ in pairs))
    order = {text: at for at, text in enumerate(lines)}
    parts = [lines[at : at + _TOGETHER] for at in range(0, len(lines), _TOGETHER)]
    folds = [*_folds(sources.ENGLISH_HELD_OUT), *[None] * (len(pairs) - sources.ENGLISH_HELD_OUT)]
    found = []
    for (text, asked), fold in zip(pairs, folds, strict=True):
        context = " ".join(parts[order[text] // _TOGETHER])
        start = context.index(text)
        place = Span(start, start + len(text))
        found.append(Example(asked, context, place, classify(asked), "en→en", fold))
    kept = [one for one in found if one.answer_type not in _NAMED]
    fresh = [one for one in kept if one.fold is not None]
    seen = [one for one in kept if one.fold is None]
    contexts = [" ".join(part) for part in parts]
    judged, reading = [*fresh, *seen[:JUDGED]], seen[JUDGED:]
    return _both(data, contexts, judged, reading, "zh→en", translator.chinese)


_NAMED = frozenset({AnswerType.PERSON, AnswerType.ORG, AnswerType.WHO, AnswerType.PLACE})


def _example(one: sources.Question, fold: int | None = None) -> Example:
    answer = Span(one.start, one.end)
    return Example(one.question, one.paragraph, answer, classify(one.question), "zh→zh", fold)


def _both(  # noqa: PLR0913, PLR0917 - one argument a part of what is shelved
    data: Path,
    contexts: Iterable[str],
    judged: Sequence[Example],
    reading: Sequence[Example],
    across: str,
    translated: Translated,
) -> Shelved:
    """The examples and their translations, without what shares text with a measuring set.

    What is asked of an article to judge by is not read.
    """
    leaks = Leakage(measuring(data))
    clean = {text for text in dict.fromkeys(contexts) if not leaks(text)}

    def both(examples: Sequence[Example], articles: Collection[str]) -> list[Example]:
        kept = [one for one in examples if one.context in articles and not leaks(one.question)]
        other = [replace(one, question=translated(one.question), group=across) for one in kept]
        return [*kept, *(one for one in other if one.question.strip())]

    unread = clean - {one.context for one in judged}
    return Shelved(list(clean), both(judged, clean), both(reading, unread))


def near_miss(
    example: Example,
    names: Sequence[Name],
    pool: Mapping[AnswerType, Sequence[str]],
    chance: random.Random,
) -> Example | None:
    """The same question of another year or party, which its article does not answer; or None.

    `names` are those of the question, `pool` the names of other questions by kind.
    """
    years = list(_YEAR.finditer(example.question))
    if years:
        place = chance.choice(years)
        start, end = place.span()
        other = str(int(place.group()) + chance.choice([-7, -4, -3, -2, -1, 1, 2, 3, 4, 7]))
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
    """Neighbours, which share their article, are tested together."""
    return (at * FOLDS * 5 // count % FOLDS for at in range(count))


def _cased(text: str) -> str:
    """Tokens in small letters as a text: `"in paris , france ."` → `"In paris, france."`."""
    for token, mark in (("-lrb- ", "("), (" -rrb-", ")"), ("`` ", '"'), (" ''", '"')):
        text = text.replace(token, mark)
    joined = re.sub(r" ([.,;:?!'])", r"\1", text)
    return joined[:1].upper() + joined[1:]

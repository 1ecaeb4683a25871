"""What the reader learns from: reading sets and news, in one store like a user's."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.article import Span
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText
from qa.evaluation.temporary_store import article_id
from qa.question.asked.asked_type import classify
from training import sources
from training.articles import NEWS, TrainingArticle, news_for_reader
from training.examples import Example, chinese, english
from training.leakage import HeldOut
from training.translate import Translator
from training.written import WrittenQuestion, written

_OWN, _TRANSLATED, _ENGLISH, _CHILDREN = 8_000, 3_000, 1_500, 200  # questions
_MORE = ("drcd-train-subset", "dureader-checklist-train")
_SEED = 11


@dataclass(frozen=True, slots=True)
class Material:
    """Contexts of the reading sets with their examples, articles, and questions about these."""

    contexts: list[str]
    examples: list[Example]
    articles: list[TrainingArticle]
    news: list[TrainingArticle]
    written: list[WrittenQuestion]


def gathered(data: Path, analyzer: Analyzer) -> Material:
    """Gather everything; nothing shares a run of text with a measuring set.

    Articles of the news that questions are measured over are left out.
    """
    chance = random.Random(_SEED)
    translator = Translator(data, analyzer, chance)
    leaks = HeldOut(data.parent)
    zh, en = chinese(data, translator), english(data, translator)
    own = [example for example in zh.reading if example.group == "zh→zh"]
    translated = [example for example in zh.reading if example.group == "en→zh"]
    examples = chance.sample(own, min(_OWN, len(own)))
    examples += chance.sample(translated, min(_TRANSLATED, len(translated)))
    examples += [example for name in _MORE for example in _questions(data, name, leaks)]
    children = list(_questions(data, "cmrc2017-user-valid", leaks))
    examples += chance.sample(children, min(_CHILDREN, len(children)))
    examples += list(_questions(data, "nq-qed-dev-en", leaks))
    weak = chance.sample(en.reading, min(_ENGLISH, len(en.reading)))
    chance.shuffle(examples)
    contexts = dict.fromkeys(example.context for example in (*examples, *weak))
    asked, news = written(data, "reader"), news_for_reader(data)
    others = (item.article for item in asked if item.source != NEWS)
    articles = {article.id: article for article in (*others, *news)}
    known = {article_id(context) for context in contexts}
    more = [article for article in articles.values() if article.id not in known]
    return Material(list(contexts), examples + weak, more, news, asked)


def _questions(data: Path, name: str, leaks: HeldOut) -> Sequence[Example]:
    """Return a set's questions; those without an answer have an empty span."""
    group = "en" if name.endswith("-en") else name.split("-", maxsplit=1)[0]
    return [
        Example(
            item.question,
            item.paragraph,
            Span(item.start, item.end),
            classify(FoldedText.of(item.question)),
            group,
            None,
        )
        for item in sources.all_questions(data, name)
        if not leaks(item.paragraph) and not leaks(item.question)
    ]

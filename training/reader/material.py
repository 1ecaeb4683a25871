"""What the reader learns from: reading sets and news, in one store like a user's."""

import json
import lzma
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.article import Span
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText
from qa.question.asked.asked_type import classify
from training import sources
from training.examples import Example, chinese, english
from training.leakage import HeldOut
from training.reader.cloze import NewsArticle
from training.translate import Translator

_NEWS = 24_000  # articles in the store
_NEWS_FOR_RANKERS = 3_000
_TRANSLATED, _ENGLISH, _CHILDREN = 7_000, 3_000, 200  # questions
_MORE = ("drcd-train-subset", "dureader-checklist-train")
_SEED = 11


@dataclass(frozen=True, slots=True)
class Material:
    """Contexts of the reading sets with their examples, and articles of news."""

    contexts: list[str]
    examples: list[Example]
    news: list[NewsArticle]


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
    examples = own + chance.sample(translated, min(_TRANSLATED, len(translated)))
    examples += [example for name in _MORE for example in _questions(data, name, leaks)]
    children = list(_questions(data, "cmrc2017-user-valid", leaks))
    examples += chance.sample(children, min(_CHILDREN, len(children)))
    examples += list(_questions(data, "nq-qed-dev-en", leaks))
    weak = chance.sample(en.reading, min(_ENGLISH, len(en.reading)))
    chance.shuffle(examples)
    contexts = dict.fromkeys(example.context for example in (*examples, *weak))
    return Material(list(contexts), examples + weak, news_for_reader(data))


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


def _news(data: Path, begin: int, count: int) -> list[NewsArticle]:
    """Return articles of news, neighbours kept together, without those that are measured over.

    Nor are there any that share a run of text with a measuring question or its evidence.
    """
    held_out = HeldOut(data.parent)
    articles = []
    with lzma.open(data / "text" / "news.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            if item["id"] not in held_out.news_ids:
                articles.append(NewsArticle(item["id"], item["title"], item["text"]))
            if len(articles) == begin + count:
                break
    chosen = articles[begin:]
    return [article for article in chosen if not held_out(f"{article.title}\n{article.text}")]


def news_for_reader(data: Path) -> list[NewsArticle]:
    """Return articles of news that the reader learns from."""
    return _news(data, 0, _NEWS)


def news_for_rankers(data: Path) -> list[NewsArticle]:
    """Return articles of news that the reader does not learn from."""
    return _news(data, _NEWS, _NEWS_FOR_RANKERS)


def write_news(articles: Sequence[NewsArticle], path: Path) -> Path:
    """Write articles as JSON lines that a rebuild reads."""
    lines = (
        json.dumps({"id": item.id, "title": item.title, "text": item.text}) for item in articles
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path

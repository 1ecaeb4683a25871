"""Questions made from news: a span is taken out of a sentence and asked for in other articles.

The span counts as the answer wherever the product's own search finds it in an article that says
something alike. Most stories are told by many articles, so the questions meet other words than
their own, as those of users do; half of them have no question word.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.article import Span
from index.progress import Progress, counted
from index.text.analyzer import Analyzer
from index.text.folding import FoldedText
from index.text.sentences import sentences
from qa.answer_types import PATTERNS, AnswerType
from qa.entities.amounts import candidates
from qa.entities.names import Names
from qa.question.understand import Question, understand
from qa.reader.sentence_selection import Sentence
from training.articles import TrainingArticle
from training.reader.examples import ExampleMaker, ReaderExample
from training.written_answers import ALIKE, shared_bigrams

_SENTENCE = range(15, 121)  # characters
_QUESTION = range(6, 91)
_CLAUSES = (14, 40)  # characters of the question, about
_BESIDE = 8  # characters at least beside the span
_SAME = 0.75  # share of bigrams from which a sentence repeats the source
_OTHERS = 2  # other articles, at least
_UNANSWERED = 0.35  # share kept of the questions whose answer was not found
_WITH_SOURCE = 0.25  # share of questions whose own article may answer
_TYPE_SHOWN = 0.5  # share of keyword questions whose type the classifier is taken to know
_TITLE_WORDS = 0.4
_QUOTED = re.compile(r"《[^》《]{2,20}》|“[^”“]{2,12}”")
_CLAUSE_END = re.compile(r"[，,：:；;]")
_ASKING = {
    AnswerType.MONEY: ("多少钱", "多少", "多少资金", "多少元"),
    AnswerType.PERCENT: ("多少", "百分之几", "百分之多少"),
    AnswerType.NUMBER: ("多少", "几", "多少{unit}", "几{unit}"),
    AnswerType.DATE: ("什么时候", "哪一天", "何时", "哪天", "几号"),
    AnswerType.PERIOD: ("多久", "多长时间", "多少"),
    AnswerType.PERSON: ("谁", "哪位"),
    AnswerType.PLACE: ("哪里", "什么地方", "哪个地方", "哪儿"),
    AnswerType.ORG: ("哪个机构", "哪家公司", "谁", "哪个单位"),
    AnswerType.OTHER: ("什么", "哪个", "哪部"),
}
_COURTESY = ("请问", "请问一下，", "麻烦问一下，", "想问下", "您好，请问", "帮我查一下，")
_THANKS = ("，谢谢", "？谢谢", "？谢谢！", "，多谢")


@dataclass(frozen=True, slots=True)
class Cloze:
    """A question made from a sentence, and the span that answers it."""

    article: TrainingArticle
    sentence: str
    question: str
    answer: str
    answer_type: AnswerType
    has_asking_word: bool

    def is_alike(self, text: str) -> bool:
        """Return whether a sentence says something alike: then the answer in it is the answer."""
        return shared_bigrams(self.sentence, text) >= ALIKE


class ClozeMaker:
    """Makes questions, and finds their answers in other articles."""

    def __init__(self, maker: ExampleMaker, names: Names, analyzer: Analyzer, seed: int) -> None:
        self._maker = maker
        self._names = names
        self._analyzer = analyzer
        self._chance = random.Random(seed)

    def examples(
        self, articles: Sequence[TrainingArticle], progress: Progress
    ) -> Iterator[ReaderExample]:
        """Yield an example for each article that gives one."""
        for article in counted(articles, len(articles), "making questions", progress):
            cloze = self.cloze(article)
            example = cloze and self._example(cloze)
            if example:
                yield example

    def cloze(self, article: TrainingArticle) -> Cloze | None:
        """Return a question about a random sentence, if the article gives one."""
        spans = [span.of(article.text).strip() for span in sentences(article.text)]
        usable = [text for text in spans if len(text) in _SENTENCE]
        if not usable:
            return None
        sentence = self._chance.choice(usable)
        typed = self._spans(sentence)
        if not typed:
            return None
        answer_type = self._chance.choice(sorted(typed))
        span = self._chance.choice(typed[answer_type])
        return self._asked(article, sentence, span, answer_type)

    def _spans(self, sentence: str) -> dict[AnswerType, list[Span]]:
        """Return what can be asked for in a sentence, by answer type."""
        nothing = FoldedText.of("")
        typed = {kind: candidates(kind, sentence, nothing) for kind in PATTERNS}
        for name in self._names.find(sentence):
            typed.setdefault(name.answer_type, []).append(name.span)
        typed[AnswerType.OTHER] = [
            Span(match.start() + 1, match.end() - 1) for match in _QUOTED.finditer(sentence)
        ]
        return {kind: spans for kind, spans in typed.items() if spans and kind in _ASKING}

    def _asked(
        self, article: TrainingArticle, sentence: str, span: Span, answer_type: AnswerType
    ) -> Cloze | None:
        """Return a question that a part of the sentence answers, if it makes one."""
        answer = span.of(sentence)
        around = self._around(sentence, span)
        if around is None:
            return None
        left, right = around
        asking = self._chance.choice(_ASKING[answer_type])
        unit = re.search(r"[^\d.,万亿千百十]{1,3}$", answer)
        asking = asking.format(unit=unit[0] if unit else "")
        style = self._chance.random()
        if style < 0.4:
            question = left + asking + right
        elif style < 0.5:
            question = f"{self._dropped(left + right)}是{asking}"
        else:
            question = self._dropped(left) + self._chance.choice((" ", "")) + self._dropped(right)
        if self._chance.random() < _TITLE_WORDS:
            question = f"{self._dropped(article.title)[:20]} {question}"
        question = question.strip("，,。；;：:！! 、“”")
        if answer in question or len(question) not in _QUESTION:
            return None
        if self._chance.random() < 0.5 and style < 0.5:
            question += "？"
        if self._chance.random() < 0.08:
            question = self._chance.choice(_COURTESY) + question + self._chance.choice(_THANKS)
        return Cloze(article, sentence, question, answer, answer_type, style < 0.5)

    def _around(self, sentence: str, span: Span) -> tuple[str, str] | None:
        """Return what stands left and right of a span, in its clause and some beside it."""
        ends = [match.end() for match in _CLAUSE_END.finditer(sentence)]
        clauses = list(zip([0, *ends], [*ends, len(sentence)], strict=True))
        own = next((at for at, (a, b) in enumerate(clauses) if a <= span.start < b), None)
        if own is None or span.end > clauses[own][1]:
            return None
        first = last = own
        wanted = self._chance.randint(*_CLAUSES)
        while clauses[last][1] - clauses[first][0] < wanted and last - first + 1 < len(clauses):
            if first > 0 and (last == len(clauses) - 1 or self._chance.random() < 0.6):
                first -= 1
            else:
                last += 1
        left = sentence[clauses[first][0] : span.start]
        right = sentence[span.end : clauses[last][1]]
        return (left, right) if len(left) + len(right) >= _BESIDE else None

    def _dropped(self, text: str) -> str:
        """Return keywords of a text: most words, few that are of one character."""
        words = (word for word, _ in self._analyzer.tagged(text))
        kept = (
            word
            for word in words
            if word.strip() and self._chance.random() > (0.5 if len(word) == 1 else 0.2)
        )
        return "".join(kept)

    def understood(self, cloze: Cloze) -> Question:
        """Return the question as understood; without a question word its type may be shown."""
        question = understand(cloze.question, (), self._names)
        if not cloze.has_asking_word and self._chance.random() < _TYPE_SHOWN:
            return replace(question, answer_type=cloze.answer_type)
        return question

    def _example(self, cloze: Cloze) -> ReaderExample | None:
        question = self.understood(cloze)
        found = self._maker.sentences(question)
        if self._chance.random() >= _WITH_SOURCE:
            found = [item for item in found if not self._repeats(item, cloze)]
        if len({item.hit.passage.article_id for item in found}) < _OTHERS:
            return None
        example = self._maker.of_many(
            "news", question, found, cloze.answer, lambda _, quote: cloze.is_alike(quote)
        )
        if not len(example.right) and self._chance.random() > _UNANSWERED:
            return None
        return example

    @staticmethod
    def _repeats(sentence: Sentence, cloze: Cloze) -> bool:
        """Return whether a sentence is of the source, or of an article that copies it."""
        if sentence.hit.passage.article_id == cloze.article.id:
            return True
        return shared_bigrams(cloze.sentence, sentence.quote) > _SAME

"""Choose among the questions that articles surely answer: to begin with, or to go on with.

They were made when the index was made (`qa.suggestions`); nothing is asked here.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from index.library.catalogue import ArticleCatalogue, SuggestedQuestions
from index.library.content import Suggestion
from index.text.folding import fold, fold_answer
from qa.language import has_han

FEWEST, MOST = 4, 8
OF_ARTICLE = 4
"""Most questions of one article."""

_FOLLOW_UPS = 3
_MARKS = re.compile(r"[\s?？。.!！,，、“”\"'《》]")


def suggested(catalogue: ArticleCatalogue, *, chinese: bool | None = None) -> list[str]:
    """Return up to eight questions, each of another article while there are articles.

    Sources and types of answers take turns. Those in the language asked for come first, and others
    only fill up to four.
    """
    articles = catalogue.suggestions()
    if chinese is None:
        return chosen(articles, MOST)
    questions = chosen(_in_language(articles, chinese=chinese), MOST)
    others = chosen(_in_language(articles, chinese=not chinese), FEWEST - len(questions))
    return questions + others


def suggested_of(catalogue: ArticleCatalogue, article_id: str) -> list[str]:
    """Return up to four questions that one article answers."""
    return chosen(catalogue.suggestions(article_id), OF_ARTICLE)


def follow_ups(
    catalogue: ArticleCatalogue, article_id: str, asked: Sequence[str], answer: str | None
) -> list[str]:
    """Return up to three further questions that an article answers, those about the same first.

    Args:
        catalogue: The articles.
        article_id: The article that answered.
        asked: The question that was asked, and those before it.
        answer: Its short answer: another wording of the same question has the same.
    """
    questions = [
        suggestion
        for article in catalogue.suggestions(article_id)
        for suggestion in article.questions
    ]
    if not questions:
        return []
    said = {_plain(text) for text in asked}
    known = fold_answer(answer) if answer else None
    further = [
        suggestion
        for suggestion in questions
        if _plain(suggestion.question) not in said and fold_answer(suggestion.answer) != known
    ]
    about = fold(asked[0])
    further.sort(key=lambda suggestion: fold(suggestion.subject) not in about)
    return [suggestion.question for suggestion in further[:_FOLLOW_UPS]]


def _in_language(
    articles: Iterable[SuggestedQuestions], *, chinese: bool
) -> list[SuggestedQuestions]:
    return [
        SuggestedQuestions(article.article, article.source, questions)
        for article in articles
        if (questions := [q for q in article.questions if has_han(q.question) == chinese])
    ]


def chosen(articles: Sequence[SuggestedQuestions], most: int) -> list[str]:
    """Return questions of as many articles as there are, then further ones up to four."""
    taken: dict[str, Suggestion] = {}
    used: Counter[str | None] = Counter()
    rounds = (_round(articles, taken, used) for _ in range(OF_ARTICLE))
    for number, questions in enumerate(rounds):
        enough = most if number == 0 else min(most, FEWEST)
        for suggestion in questions:
            if len(taken) >= enough:
                break
            taken[_plain(suggestion.question)] = suggestion
    return [suggestion.question for suggestion in taken.values()]


def _round(
    articles: Sequence[SuggestedQuestions],
    taken: Collection[str],
    used: Counter[str | None],
) -> Iterator[Suggestion]:
    """Yield a question of each article that is not chosen yet, sources taking turns."""
    left = list(articles)
    while left:
        article = min(left, key=lambda entry: used[f"source {entry.source}"])
        left.remove(article)
        fresh = [q for q in article.questions if _plain(q.question) not in taken]
        if fresh:
            suggestion = min(fresh, key=lambda question: used[question.answer_type])
            used.update([f"source {article.source}", suggestion.answer_type])
            yield suggestion


def _plain(question: str) -> str:
    """Return a question without marks and spaces, to compare it with others."""
    return _MARKS.sub("", fold(question))

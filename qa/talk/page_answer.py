"""Answer small talk, and questions about the collection from its catalogue."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.article import Article
from index.library.catalogue import PassageRecord
from index.listing.article_filter import Filter
from index.listing.article_table import Tally
from index.search.searcher import Searcher
from index.text.folding import FoldedText, fold
from qa.language import Language, language_of
from qa.talk import wordings
from qa.talk.inquiries import Inquiry, Wanted, inquiry_of
from qa.talk.phrases import Topic
from qa.talk.small_talk import topic_of, without_small_talk
from qa.talk.wordings import ListedArticle
from qa.titles import head_of, says_across

_LONGEST = 160  # characters
_EXAMPLES = 3
_LISTED = 20
_ABOUT = 10
_SEARCHED = 50  # passages
_COVERED = 0.99
"""Share of a subject's term weight that an article about it has, in one passage and its title."""

_QUOTES = " \"'“”‘’「」『』《》〈〉"
_NOUN = re.compile(
    r"[这那该此本]?一?[篇则份条]?的?(?:文章|报道|新闻|稿子|稿件|稿|帖子|文)$|[这那]一?篇$|^(?:this|that)$"
    r"|^(?:the |this |that |an? )?(?:article|report|story|piece|text)s?\b"
    r"(?: (?:about|on|called|titled|entitled|named)\b)? ?"
)
_ABOUT_WORD = re.compile(r"^(?:关于|有关|讲|介绍)|的$")


@dataclass(frozen=True, slots=True)
class Collection:
    """The articles that a question is asked of, and the language to speak of them in."""

    searcher: Searcher
    articles: Filter | None
    language: Language

    def newest(self, limit: int, offset: int = 0) -> list[ListedArticle]:
        """Return articles, newest first and those without a date last."""
        table = self.searcher.articles
        rows = table.newest(self.articles)[offset : offset + limit]
        listings = self.searcher.catalogue.listings([table.ids[row] for row in rows.tolist()])
        return list(map(ListedArticle.of, listings))


def page_answer(
    message: FoldedText, earlier: Sequence[str], searcher: Searcher, articles: Filter | None
) -> str | None:
    """Return what Yiju itself says to a message; None if it is a question to the articles.

    `earlier` are the user's questions before it. What is the title of an article asks for it.
    """
    if len(message.text) > _LONGEST:
        return None
    collection = Collection(searcher, articles, language_of(message))
    topic = topic_of(message, has_history=bool(earlier))
    if topic is not None:
        return None if _is_title(message, searcher) else _small_talk(topic, collection)
    inquiry = inquiry_of(without_small_talk(message), has_history=bool(earlier))
    if inquiry is None or _is_title(message, searcher):
        return None
    return _of_collection(inquiry, message, earlier, collection)


def _is_title(message: FoldedText, searcher: Searcher) -> bool:
    """Return whether an article bears the message as its title."""
    text = message.text.strip()
    return bool(text) and searcher.catalogue.has_title(text)


def _small_talk(topic: Topic, collection: Collection) -> str:
    language = collection.language
    said = wordings.SMALL_TALK[topic][language]
    if topic is not Topic.HELP:
        return said
    examples = collection.newest(_EXAMPLES)
    if not examples:
        return said
    separator = ", " if language is Language.ENGLISH else ""
    titles = separator.join(wordings.titled(language, article) for article in examples)
    return f"{said}\n{wordings.EXAMPLES[language]}{titles}"


def _of_collection(
    inquiry: Inquiry, message: FoldedText, earlier: Sequence[str], collection: Collection
) -> str | None:
    if inquiry.wanted is Wanted.ABOUT:
        return _about(inquiry.about, message, collection)
    if inquiry.wanted is Wanted.AUTHOR:
        return _author(inquiry.about, earlier, collection)
    tally = collection.searcher.articles.tally(collection.articles)
    if not tally.articles:
        return wordings.NO_ARTICLES[collection.language]
    return _FIGURES[inquiry.wanted](collection, tally)


def _count(collection: Collection, tally: Tally) -> str:
    return wordings.counted(collection.language, tally.articles)


def _list(collection: Collection, tally: Tally) -> str:
    return wordings.listed(collection.language, collection.newest(_LISTED), tally.articles)


def _sources(collection: Collection, tally: Tally) -> str:
    unnamed = tally.articles - sum(tally.sources.values())
    return wordings.sources(collection.language, tally.sources, unnamed)


def _newest(collection: Collection, tally: Tally) -> str:
    return _at(0, wordings.NEWEST, collection, tally)


def _oldest(collection: Collection, tally: Tally) -> str:
    return _at(tally.dated - 1, wordings.OLDEST, collection, tally)


def _at(offset: int, leads: dict[Language, str], collection: Collection, tally: Tally) -> str:
    """Say which article comes at an offset, counted from the newest one."""
    language = collection.language
    if not tally.dated:
        return wordings.NO_DATES[language]
    [article] = collection.newest(1, offset)
    return wordings.dated(language, article, leads[language])


_FIGURES: dict[Wanted, Callable[[Collection, Tally], str]] = {
    Wanted.COUNT: _count,
    Wanted.LIST: _list,
    Wanted.SOURCES: _sources,
    Wanted.NEWEST: _newest,
    Wanted.OLDEST: _oldest,
}


def _about(subject: str, message: FoldedText, collection: Collection) -> str:
    """List the articles of which a passage, with the title, has all words of a subject."""
    subject = subject.strip(_QUOTES)
    passages = dict[str, PassageRecord]()
    for passage in _passages_about(subject, collection):
        passages.setdefault(passage.article_id, passage)
    nearest = [ListedArticle.of(passage) for passage in list(passages.values())[:_ABOUT]]
    is_all = len(nearest) == len(passages)
    as_written = _as_written(subject, message)
    return wordings.about(collection.language, as_written, nearest, is_all=is_all)


def _passages_about(subject: str, collection: Collection) -> Iterator[PassageRecord]:
    """Yield passages that, with their title, have all words of a subject, or its translation."""
    searcher = collection.searcher
    query = searcher.query(FoldedText.of(subject))
    passages = [hit.passage for hit in searcher.search(query, _SEARCHED, collection.articles)]
    across = says_across(subject, [passage.title for passage in passages], searcher)
    for passage, says in zip(passages, across, strict=True):
        context = fold(f"{passage.title}\n{passage.text}")
        if says or query.terms.coverage(context) >= _COVERED:
            yield passage


def _as_written(subject: str, message: FoldedText) -> str:
    """Return a folded subject as the message writes it, if its folding kept the length."""
    at = message.lowered.find(subject)
    return message.text[at : at + len(subject)] if at >= 0 else subject


def _author(about: str, earlier: Sequence[str], collection: Collection) -> str | None:
    """Say who wrote the article meant; None if a work is meant, which only the articles know."""
    subject = _NOUN.sub("", about.strip()).strip(_QUOTES)
    subject = _ABOUT_WORD.sub("", subject).strip(_QUOTES)
    if subject:
        names_article = _NOUN.search(about.strip()) is not None
        article = _article_on(subject, collection, names_article=names_article)
        return wordings.author(collection.language, ListedArticle.of(article)) if article else None
    article = _last_asked_about(earlier, collection)
    if article is None:
        return wordings.WHICH[collection.language]
    return wordings.author(collection.language, ListedArticle.of(article))


def _article_on(subject: str, collection: Collection, *, names_article: bool) -> Article | None:
    """Return the article with a title, or on a subject if the question speaks of an article."""
    passages = list(_passages_about(subject, collection))
    for passage in passages:
        title, head = fold(passage.title), head_of(passage.title)
        article = collection.searcher.catalogue.article(passage.article_id)
        # An article headed by the title of a work may tell who wrote that.
        is_work = article is not None and f"《{subject}》" in fold(article.text)
        if title == subject or (head == subject and not is_work):
            return article
    if not names_article or not passages:
        return None
    return collection.searcher.catalogue.article(passages[0].article_id)


def _last_asked_about(earlier: Sequence[str], collection: Collection) -> Article | None:
    """Return the only article, or else the best one for the last question."""
    searcher = collection.searcher
    rows = searcher.articles.newest(collection.articles).tolist()
    if len(rows) == 1:
        return searcher.catalogue.article(searcher.articles.ids[rows[0]])
    if not earlier:
        return None
    hits = searcher.search(searcher.query(FoldedText.of(earlier[-1])), 1, collection.articles)
    return searcher.catalogue.article(hits[0].passage.article_id) if hits else None

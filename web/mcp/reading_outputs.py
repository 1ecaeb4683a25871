"""What the tools that ask, search and read return. Docstrings are shown to assistants."""

from typing import Literal, Self

from pydantic import BaseModel

from qa.answer import Answer, Citation, FoundPassage, Kind, SearchResult
from web.mcp.article_addresses import Link, TextPlace
from web.mcp.article_reading import ArticleRange
from web.mcp.tool_output import ToolOutput, described


class QuoteOutput(BaseModel):
    """A range of an article; `quote` is exactly its text, `link` opens it.

    `recognised` is how surely it was read from a scan, 0 to 1; null if it is no scan.
    """

    article_id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    heading: str | None
    page: int | None
    start: int
    end: int
    quote: str
    recognised: float | None
    link: str

    @classmethod
    def of(cls, citation: Citation, version: str, link: Link) -> Self:
        """Describe a citation."""
        place = TextPlace(citation.article_id, citation.start, citation.end, version)
        return cls.model_validate(
            {name: getattr(citation, name) for name in cls.model_fields if name != "link"}
            | {"link": link(place)}
        )


class AskOutput(ToolOutput):
    """What the articles answer, quoted from them; the first quote is the most important one.

    `outcome` is `sure`; `possible` for the best there is, which may be wrong; or `not found`.
    `short_answer` is the words that answer, where they are clear. `kind` is `page` for what Yiju
    says of itself or the collection, without quotes. `confidence` is the probability, 0 to 1, that
    the first quote holds the answer.
    """

    outcome: Literal["sure", "possible", "not found"]
    short_answer: str | None
    answer: str
    confidence: float
    kind: Kind
    interpreted_question: str | None
    quotes: list[QuoteOutput]
    follow_ups: list[str]
    index_version: str

    @classmethod
    def of(cls, answer: Answer, link: Link) -> Self:
        """Describe an answer, or what may be one."""
        best = answer if answer.answered else answer.possible or answer
        version = answer.index_version
        return cls(
            outcome="sure" if answer.answered else "possible" if answer.possible else "not found",
            short_answer=best.short_answer,
            answer=best.answer,
            confidence=best.confidence,
            kind=answer.kind,
            interpreted_question=answer.interpreted_question,
            quotes=[QuoteOutput.of(citation, version, link) for citation in best.citations],
            follow_ups=answer.follow_ups,
            index_version=version,
        )

    @property
    def _quotes_articles(self) -> bool:
        """Whether the answer has text of the articles; one about the collection has titles."""
        return self.outcome != "not found"

    @property
    def notice(self) -> str:
        """How sure the answer is."""
        said = {
            "sure": "Yiju itself says this, not the articles; there is nothing to cite"
            if self.kind == "page"
            else "Answered from the articles",
            "possible": "No sure answer. This may be one; present it as a possibility",
            "not found": "The articles hold no sure answer; search shows the nearest passages",
        }
        version = f"index version {self.index_version}"
        own_words = "" if self._quotes_articles else f" {self.answer}"
        return f"{said[self.outcome]} (confidence {self.confidence:.2f}, {version}).{own_words}"

    @property
    def article_text(self) -> str:
        """The question as it was understood, the answer, and its quotes."""
        understood = self.interpreted_question
        lines = [f"Understood as: {understood}"] if understood else []
        if not self._quotes_articles:
            return "\n".join(lines)
        lines += [f"Short answer: {self.short_answer}"] if self.short_answer else []
        lines += [f"Answer: {self.answer}"]
        for number, quote in enumerate(self.quotes, 1):
            about = described(quote.title, quote.source, quote.published, quote.url)
            lines += ["", f"[{number}] “{quote.quote}”"]
            lines += [f"    {about}; article {quote.article_id}, {quote.start}–{quote.end}"]
            lines += [f"    {quote.link}"]
        return "\n".join(lines)


class PassageOutput(BaseModel):
    """A passage: exactly the text of its range. `score` is the probability that it answers."""

    article_id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    heading: str | None
    start: int
    end: int
    text: str
    score: float
    link: str

    @classmethod
    def of(cls, passage: FoundPassage, version: str, link: Link) -> Self:
        """Describe a passage."""
        place = TextPlace(passage.article_id, passage.start, passage.end, version)
        return cls.model_validate(
            {name: getattr(passage, name) for name in cls.model_fields if name != "link"}
            | {"link": link(place)}
        )


class SearchOutput(ToolOutput):
    """Passages, best first."""

    passages: list[PassageOutput]
    index_version: str

    @classmethod
    def of(cls, result: SearchResult, link: Link) -> Self:
        """Describe the hits of a search."""
        version = result.index_version
        passages = [PassageOutput.of(hit, version, link) for hit in result.hits]
        return cls(passages=passages, index_version=version)

    @property
    def notice(self) -> str:
        """How many there are."""
        return f"Passages, best first: {len(self.passages)} (index version {self.index_version})."

    @property
    def article_text(self) -> str:
        """The passages."""
        return "\n\n".join(
            f"[{number}] "
            f"{described(passage.title, passage.source, passage.published, passage.url)}; "
            f"article {passage.article_id}, {passage.start}–{passage.end}, "
            f"score {passage.score:.2f}\n    {passage.link}\n{passage.text}"
            for number, passage in enumerate(self.passages, 1)
        )


class ReadOutput(ToolOutput):
    """A range of an article: `text` is exactly its characters `start` to `end`, of `characters`.

    The range may be shorter than was asked for; `next_start` is where to read on, null at the end.
    """

    id: str
    title: str
    source: str | None
    author: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    characters: int
    next_start: int | None
    text: str
    link: str
    index_version: str

    @classmethod
    def of(cls, read: ArticleRange, link: Link) -> Self:
        """Describe what was read."""
        article, span = read.article, read.span
        return cls(
            id=article.id,
            title=article.title,
            source=article.source,
            author=article.author,
            published=article.published,
            url=article.url,
            start=span.start,
            end=span.end,
            characters=len(article.text),
            next_start=span.end if read.is_followed else None,
            text=read.text,
            link=link(TextPlace(article.id, span.start, span.end, read.version)),
            index_version=read.version,
        )

    @property
    def notice(self) -> str:
        """Which range it is."""
        more = "" if self.next_start is None else f" The article goes on at {self.next_start}."
        version = f"index version {self.index_version}"
        return f"Characters {self.start}–{self.end} of {self.characters} ({version}).{more}"

    @property
    def article_text(self) -> str:
        """What the article is, and the text."""
        about = described(self.title, self.source, self.published, self.url)
        return f"{about}; article {self.id}\n{self.link}\n\n{self.text}"

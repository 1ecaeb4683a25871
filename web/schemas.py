"""The shapes of requests and responses, as `docs/api.md` describes them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from index.catalogue import Filter
from qa.answerer import Request
from qa.question import Turn


def _storable(text: str) -> str:
    """NUL ends strings in too many places, and lone surrogates are no Unicode text."""
    if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("must not contain NUL characters or lone surrogates")
    return text


def _real(date: str) -> str:
    """A year, month or day that exists."""
    datetime.strptime(f"{date}-01-01"[:10], "%Y-%m-%d")
    return date


Text = Annotated[str, AfterValidator(_storable)]
QuestionText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(_storable),
]
IsoDate = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    AfterValidator(_real),
]


class _Body(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class FilterBody(_Body):
    """Which articles count; dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, both ends included."""

    source: Text | None = None
    published_from: IsoDate | None = None
    published_to: IsoDate | None = None

    def chosen(self) -> Filter:
        """The same for the index."""
        return Filter(self.source, self.published_from, self.published_to)


class TurnBody(_Body):
    """A message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: Annotated[Text, Field(max_length=20_000)]


class AskBody(_Body):
    """A question. With `decide` off the best there is comes back, however unsure."""

    question: QuestionText
    history: Annotated[list[TurnBody], Field(max_length=100)] = []
    k: Annotated[int, Field(ge=1, le=20)] = 5
    filter: FilterBody | None = None
    decide: bool = True

    def request(self) -> Request:
        """The same for the answerer."""
        turns = tuple(Turn(turn.role, turn.content) for turn in self.history)
        chosen = self.filter.chosen() if self.filter else None
        return Request(self.question, turns, self.k, chosen, self.decide)


class SearchBody(_Body):
    """A query for passages."""

    query: QuestionText
    k: Annotated[int, Field(ge=1, le=100)] = 10
    filter: FilterBody | None = None


class ListQuery(BaseModel):
    """Words that title, source or id must hold, and a page of fifty."""

    q: Text = ""
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1


class ArticlePath(BaseModel):
    """An article's id; it may hold slashes, percent-encoded or not."""

    article_id: Text


class VersionQuery(BaseModel):
    """An index version, where not the current one is meant."""

    index_version: Annotated[str, StringConstraints(pattern=r"^[0-9]{6,12}$")] | None = None


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CitationOut(_Out):
    """A range of an article; `quote` is exactly `text[start:end]`, in Unicode code points."""

    article_id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    quote: str
    heading: str | None


class PassageOut(_Out):
    """A passage that was found."""

    article_id: str
    title: str
    start: int
    end: int
    text: str
    score: float


class TimingsOut(_Out):
    """Milliseconds."""

    retrieve: float
    read: float
    total: float


class EntryOut(_Out):
    """What holds for one of several parties; `citation` counts from 0 among the citations."""

    party: str
    answer: str
    short_answer: str | None
    citation: int | None


class AnswerOut(_Out):
    """An answer with its citations, or that the articles don't say."""

    id: str
    answered: bool
    answer: str
    short_answer: str | None
    confidence: float
    interpreted_question: str | None
    index_version: str
    citations: list[CitationOut]
    entries: list[EntryOut]
    passages: list[PassageOut]
    timings_ms: TimingsOut


class HitOut(_Out):
    """A passage with its rank in each leg of the search, counted from 1."""

    article_id: str
    title: str
    start: int
    end: int
    text: str
    score: float
    dense_rank: int | None
    lexical_rank: int | None


class SearchOut(_Out):
    """Passages, best first."""

    hits: list[HitOut]
    index_version: str


class ListingOut(_Out):
    """An article without its text."""

    id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    passages: int


class ListOut(_Out):
    """A page of articles."""

    articles: list[ListingOut]
    page: int
    pages: int
    total: int


class SectionOut(_Out):
    """A heading and the range it governs."""

    title: str
    start: int
    end: int


class RemovedOut(_Out):
    """Boilerplate that was cut, and the offset where it stood."""

    at: int
    text: str


class ArticleOut(_Out):
    """An article as it is stored and cited."""

    id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    text: str
    sections: list[SectionOut]
    removed: list[RemovedOut]
    index_version: str


class RebuildOut(_Out):
    """A rebuild under way."""

    state: str
    done: int
    total: int


class IndexOut(_Out):
    """What the index holds; `rebuild` is null while none runs in this server."""

    index_version: str
    articles: int
    passages: int
    vectors: int
    model: str
    engine: str
    bytes: int
    rebuilt_at: str
    rebuild: RebuildOut | None = None


class HealthOut(_Out):
    """`alive`, or `ready` with the version that is served."""

    status: str
    index_version: str | None = None


class Problem(BaseModel):
    """An error as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str

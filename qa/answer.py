"""Values of an answer. Offsets count code points of the article's text."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["quotation", "page", "summary"]
"""Whether an answer quotes the articles, is said by Yiju itself, or sums an article up."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A range of an article; `quote` is exactly the text in it.

    `page` is the page on which the range starts, from 1; None if the article has no pages. `digest`
    is that of the article's text, once the quote was checked against it. `recognised` is how surely
    the range was recognised in a scan, 0 to 1; None if it was not.
    """

    article_id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    start: int
    end: int
    quote: str
    heading: str | None
    page: int | None = None
    digest: str = ""
    recognised: float | None = None


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """The answer about one of several parties; `citation` numbers its citation.

    If the articles don't say, `citation` is None and `answer` says so.
    """

    party: str
    answer: str
    short_answer: str | None
    citation: int | None


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that retrieval returned for the question, with its ranks as of a `Hit`.

    The source, the day and the address are those of its article, the heading that above it.
    """

    article_id: str
    title: str
    start: int
    end: int
    text: str
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    source: str | None = None
    published: str | None = None
    url: str | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The passages that a search found, best first, and the index version that it searched."""

    hits: list[FoundPassage]
    index_version: str


@dataclass(frozen=True, slots=True)
class Possible:
    """The best reply to a question that is not answered, too unsure to be the answer."""

    answer: str
    short_answer: str | None
    confidence: float
    citations: list[Citation]


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a model wrote; `citations` number those of the written answer, from 0."""

    text: str
    citations: list[int]


@dataclass(frozen=True, slots=True)
class Translation:
    """A model's translation of a quote; `citation` numbers it among those of the written answer."""

    citation: int
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a language model wrote from citations, each sentence checked against those it cites.

    `text` is the sentences with their marks: `[1]` is the first citation. The citations begin with
    those of the answer, in the same order. `dropped` counts the sentences that the citations do not
    bear out. If nothing could be written, `failed` says why, and there are no sentences.
    """

    model: str
    text: str = ""
    sentences: list[WrittenSentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    translations: list[Translation] = field(default_factory=list)
    dropped: int = 0
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A follow-up as a language model put it, so that it stands alone.

    If it could not, `question` is None, and `failed` says so.
    """

    model: str
    question: str | None
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Timings:
    """Times in milliseconds: of retrieval, of reading and composing, and of both."""

    retrieve: float
    read: float
    total: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its citations, or that none was found.

    `answered` means at least one citation, except for the kind `page`, which has neither citations
    nor passages. If not, `answer` says that nothing sure was found, `passages` are the nearest
    ones, and `possible` is what may be the answer. `entries` has an entry for each of several
    parties. `follow_ups` are further questions that the article cited first surely answers.
    `written` is None unless a language model was asked; `rewriting` unless one was asked to
    rewrite the question.
    """

    id: str
    answered: bool
    answer: str
    short_answer: str | None
    confidence: float
    interpreted_question: str | None
    index_version: str
    citations: list[Citation] = field(default_factory=list)
    entries: list[PartyAnswer] = field(default_factory=list)
    passages: list[FoundPassage] = field(default_factory=list)
    possible: Possible | None = None
    kind: Kind = "quotation"
    follow_ups: list[str] = field(default_factory=list)
    written: Written | None = None
    rewriting: Rewriting | None = None
    timings_ms: Timings = field(default_factory=lambda: Timings(0.0, 0.0, 0.0))

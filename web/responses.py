"""The shapes of responses, as `docs/api.md` describes them; `requests.py` has those of requests.

Docstrings of models are shown in the OpenAPI document.
"""

from flask import Response
from pydantic import BaseModel, ConfigDict

from qa.answer import Kind


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CitationOut(_Out):
    """A range of an article; `quote` is exactly `text[start:end]`, in Unicode code points.

    `page` is the page of the article on which it starts, from 1, where there are pages.
    `recognised` is how surely it was recognised in a scan, 0 to 1, where it was.
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
    page: int | None
    recognised: float | None


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


class PossibleOut(_Out):
    """What may be the answer, of a question that is not answered; its citations are exact, too."""

    answer: str
    short_answer: str | None
    confidence: float
    citations: list[CitationOut]


class AnswerOut(_Out):
    """An answer with its citations, or that none was found, and what may be one.

    `kind` is `quotation` for what the articles say, `summary` for sentences of one of them put
    together, `page` for what Yiju itself says, without citations.
    """

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
    possible: PossibleOut | None
    kind: Kind
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
    author: str | None


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


class RecognisedOut(_Out):
    """A range that was recognised in a scan, and how surely: 0 to 1."""

    start: int
    end: int
    confidence: float


class ArticleOut(_Out):
    """An article as it is stored and cited; `pages` are the offsets at which its pages begin."""

    id: str
    title: str
    source: str | None
    published: str | None
    url: str | None
    text: str
    sections: list[SectionOut]
    removed: list[RemovedOut]
    index_version: str
    author: str | None
    pages: list[int]
    recognised: list[RecognisedOut]


class AddedArticleOut(_Out):
    """An article that is searchable now."""

    id: str
    title: str


class FailureOut(_Out):
    """What could not be taken in, and why."""

    name: str
    reason: str


class UnreadOut(_Out):
    """An article of which something was not read, and what: `2 comments, 1 picture`."""

    name: str
    what: str


class AddedOut(_Out):
    """What came of an upload."""

    articles: list[AddedArticleOut]
    failed: list[FailureOut]
    unread: list[UnreadOut]
    index_version: str


class RebuildOut(_Out):
    """A rebuild under way."""

    state: str
    done: int
    total: int


class FailedOut(RebuildOut):
    """A rebuild that failed, the state being `failed`, and why; told until the next one."""

    reason: str


class StartedOut(_Out):
    """A rebuild that was started."""

    rebuild: RebuildOut


class IndexOut(_Out):
    """What the index holds, and the rebuild under way, or the last one where it failed."""

    index_version: str
    articles: int
    passages: int
    vectors: int
    model: str
    engine: str
    bytes: int
    rebuilt_at: str
    rebuild: RebuildOut | FailedOut | None


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


def json_response(model: BaseModel, status: int = 200) -> Response:
    """Make a JSON response of a model; `model_dump_json` does not escape Chinese."""
    return Response(model.model_dump_json(), status, mimetype="application/json")

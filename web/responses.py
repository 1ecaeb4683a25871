"""The shapes of responses, as `docs/api.md` describes them; `requests.py` has those of requests.

Those of articles are in `article_shapes.py`, those of the server's state in `index.py`. Docstrings
of models are shown in the OpenAPI document.
"""

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from qa.answer import Kind


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CitationOut(_Out):
    """A range of an article; `quote` is exactly `text[start:end]`, in Unicode code points.

    `page` is the page of the article on which it starts, from 1, where there are pages. `digest` is
    that of the article's text, as `ArticleOut` has it. `recognised` is how surely the range was
    recognised in a scan, 0 to 1, where it was.
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
    digest: str
    recognised: float | None


class PassageOut(_Out):
    """A passage that was found, with its rank in each leg of the search, counted from 1.

    `source`, `published` and `url` are those of its article, `heading` is that above it.
    """

    article_id: str
    title: str
    start: int
    end: int
    text: str
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    source: str | None
    published: str | None
    url: str | None
    heading: str | None


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


class WrittenSentenceOut(_Out):
    """A sentence that a model wrote; `citations` count from 0 among those of the written answer."""

    text: str
    citations: list[int]


class TranslationOut(_Out):
    """A model's translation of a quote into the language of the question."""

    citation: int
    text: str


class WrittenOut(_Out):
    """What a language model wrote, each sentence checked against the citations that it bears.

    The citations begin with those of the answer. If nothing could be written, `failed` says why.
    """

    model: str
    text: str
    sentences: list[WrittenSentenceOut]
    citations: list[CitationOut]
    translations: list[TranslationOut]
    dropped: int
    failed: str | None


class RewritingOut(_Out):
    """A follow-up as a language model put it; if it could not, `failed` says so."""

    model: str
    question: str | None
    failed: str | None


class AnswerOut(_Out):
    """An answer with its citations, or that none was found, and what may be one.

    `kind` is `quotation` for what the articles say, `summary` for sentences of one of them put
    together, `page` for what Yiju itself says, without citations. `follow_ups` are up to three
    further questions that the article cited first surely answers. `written` is null unless a
    language model was asked, and `rewriting` unless one was asked to rewrite the question.
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
    follow_ups: list[str]
    written: WrittenOut | None
    rewriting: RewritingOut | None
    timings_ms: TimingsOut


class SuggestionsOut(_Out):
    """Questions that the articles surely answer; there may be none."""

    suggestions: list[str]
    index_version: str


class HitOut(PassageOut):
    """A passage with its rank in each leg of the search, counted from 1."""


class SearchOut(_Out):
    """Passages, best first."""

    hits: list[HitOut]
    index_version: str


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


class ReasonOut(_Out):
    """Something that is wrong, in a word for programs and a sentence for people."""

    code: str
    detail: str


class Problem(BaseModel):
    """An error as RFC 9457 has it, with the id of its request; `reasons` are those of `/readyz`."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    request_id: str | None = Field(default=None, exclude_if=lambda ident: ident is None)
    reasons: list[ReasonOut] | None = Field(default=None, exclude_if=lambda reasons: not reasons)


def json_response(model: BaseModel, status: int = 200) -> Response:
    """Make a JSON response of a model; `model_dump_json` does not escape Chinese."""
    return Response(model.model_dump_json(), status, mimetype="application/json")

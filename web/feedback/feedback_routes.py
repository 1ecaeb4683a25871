"""Blueprint of `/api/feedback` and `/api/unanswered`."""

from flask import Response, abort, request
from flask_openapi3 import APIBlueprint, Tag

from index.article import Article, Span
from qa.feedback.feedback_store import Verdict
from qa.feedback.known_lines import case_of, evidence_in
from web.articles import require_writable
from web.feedback.feedback_shapes import (
    ChoiceBody,
    FeedbackBody,
    PageQuery,
    QuestionPath,
    UnansweredOut,
    UnansweredPageOut,
)
from web.problems import problem, problem_responses
from web.request_body import require_json
from web.responses import json_response
from web.services import Services

_PAGE_SIZE = 50
_LONGEST = 2000  # characters of a range that answers


def blueprint(services: Services) -> APIBlueprint:
    """Create the blueprint of the routes that take verdicts and show unanswered questions."""
    api = APIBlueprint(
        "feedback",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="feedback")],
        abp_responses=problem_responses(421),
    )
    api.before_request(lambda: _check_body(services))
    _add_verdict_route(api, services)
    _add_question_routes(api, services)
    return api


def _check_body(services: Services) -> None:
    if request.method == "POST":
        require_json(request, services.limits.body)


# The name of a route's function is part of its operationId in the OpenAPI document, and a docstring
# would become its description.


def _add_verdict_route(api: APIBlueprint, services: Services) -> None:
    @api.post(
        "/feedback",
        summary="Say whether an answer helped",
        responses={204: None, **problem_responses(400, 403, 404, 409, 413, 415, 422, 503)},
    )
    def feedback(body: FeedbackBody) -> Response:
        require_writable(services)
        services.memory.flush()
        if not services.feedback.judge(Verdict(body.answer_id, body.helpful, body.comment)):
            detail = "There is no answer of this id, or none any more: they are kept for a day."
            abort(problem(404, detail))
        return _no_content()


def _add_question_routes(api: APIBlueprint, services: Services) -> None:
    @api.get(
        "/unanswered",
        summary="List the questions that found no sure answer, or none that helped",
        responses={200: UnansweredPageOut, **problem_responses(422, 503)},
    )
    def unanswered(query: PageQuery) -> Response:
        page = services.feedback.page(query.page, _PAGE_SIZE)
        return json_response(
            UnansweredPageOut(
                questions=[UnansweredOut.of(kept) for kept in page.questions],
                page=query.page,
                pages=max(1, -(-page.total // _PAGE_SIZE)),
                total=page.total,
            )
        )

    @api.post(
        "/unanswered/<question_id>/answer",
        summary="Choose the answer to a question, for the quality gate",
        responses={204: None, **problem_responses(400, 403, 404, 409, 413, 415, 422, 503)},
    )
    def answer(path: QuestionPath, body: ChoiceBody) -> Response:
        require_writable(services)
        question = services.feedback.question(path.question_id)
        if question is None:
            abort(_not_kept())
        evidence = None if body.none else _evidence(services, body)
        case = case_of(question, evidence, body.short_answer)
        if not services.feedback.resolve(path.question_id, case):
            abort(_not_kept())
        return _no_content()

    @api.delete(
        "/unanswered/<question_id>",
        summary="Delete a question and what was said of its answers",
        responses={204: None, **problem_responses(403, 404, 409, 422, 503)},
    )
    def remove(path: QuestionPath) -> Response:
        require_writable(services)
        if not services.feedback.delete(path.question_id):
            abort(_not_kept())
        return _no_content()


def _evidence(services: Services, body: ChoiceBody) -> str:
    """Return the text that was chosen; abort with 422 if it is none that a passage has."""
    article_id = body.article_id or ""
    article = services.live.use(lambda searcher: searcher.catalogue.article(article_id))
    if article is None:
        abort(problem(422, f"article_id: there is no article “{article_id}”."))
    span = _checked_span(article, body.start or 0, body.end or 0)
    evidence = evidence_in(article, span, body.short_answer)
    if evidence is None:
        what = "the short answer in one piece" if body.short_answer else "text"
        abort(problem(422, f"The range {span.start}–{span.end} does not have {what}."))
    return evidence


def _checked_span(article: Article, start: int, end: int) -> Span:
    length = len(article.text)
    if not start < end <= length:
        detail = f"end: must be greater than start, and at most the text's length of {length:,}."
        abort(problem(422, detail))
    if end - start > _LONGEST:
        abort(problem(422, f"end: choose at most {_LONGEST:,} characters."))
    return Span(start, end)


def _not_kept() -> Response:
    return problem(404, "No question of this id is kept; it may have been deleted.")


def _no_content() -> Response:
    response = Response(status=204)
    del response.headers["Content-Type"]
    return response

"""Blueprint of `/api/suggestions`: questions that the articles surely answer."""

from flask import Response, abort
from flask_openapi3 import APIBlueprint, Tag

from index.search.searcher import Searcher
from qa.suggestion_choice import suggested, suggested_of
from web.problems import problem, problem_responses
from web.requests import SuggestionsQuery
from web.responses import SuggestionsOut, json_response
from web.services import Services


def blueprint(services: Services) -> APIBlueprint:
    """Create the blueprint of the route that suggests questions."""
    api = APIBlueprint(
        "suggesting",
        __name__,
        url_prefix="/api",
        abp_tags=[Tag(name="asking")],
        abp_responses=problem_responses(421),
    )

    # The name of a route's function is part of its operationId in the OpenAPI document, and a
    # docstring would become its description.

    @api.get(
        "/suggestions",
        summary="Questions that the articles surely answer",
        responses={200: SuggestionsOut, **problem_responses(404, 422, 503)},
    )
    def suggestions(query: SuggestionsQuery) -> Response:
        found = services.live.use(lambda searcher: _suggestions(searcher, query))
        if found is None:
            abort(problem(404, f"There is no article “{query.article}”."))
        return json_response(found)

    return api


def _suggestions(searcher: Searcher, query: SuggestionsQuery) -> SuggestionsOut | None:
    """Choose the suggestions that are asked for; None if there is no such article."""
    catalogue = searcher.catalogue
    if query.article is None:
        chinese = None if query.lang is None else query.lang == "zh"
        questions = suggested(catalogue, chinese=chinese)
    elif catalogue.article(query.article) is None:
        return None
    else:
        questions = suggested_of(catalogue, query.article)
    return SuggestionsOut(suggestions=questions, index_version=searcher.manifest.version)

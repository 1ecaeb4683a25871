"""Blueprint of `/api/articles`: list, read, add and delete articles.

Reading an upload is left to `uploads`, changing the store to `index.build.edits`.
"""

from collections.abc import Callable
from dataclasses import fields
from typing import TypeVar

from flask import Response, abort, request
from flask_openapi3 import APIBlueprint, Tag

from index.article import Article
from index.build.edits import Upload
from index.library.catalogue import ArticleCatalogue
from index.search.live import IndexSource
from web.article_shapes import PAGE_SIZE, ArticleOut, ListOut
from web.languages.phrasebook import spoken
from web.markdown.article_markdown import MARKDOWN, article_markdown
from web.problems import problem, problem_responses
from web.requests import ArticleBody, ArticlePath, ArticleQuery, ListQuery
from web.responses import (
    AddedArticleOut,
    AddedOut,
    FailureOut,
    UnreadOut,
    json_response,
)
from web.services import Services
from web.uploads import read_upload

T = TypeVar("T")

_MAX_NAME = 200  # characters of a file's name in a response: it can be of any length
_SUFFIX = ".md"

_UPLOAD_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": ArticleBody.model_json_schema()},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["files"],
                "properties": {
                    "files": {"type": "array", "items": {"type": "string", "format": "binary"}}
                },
            }
        },
    },
}


def blueprint(services: Services) -> APIBlueprint:
    """Create the blueprint of the routes that read and change articles."""
    api = APIBlueprint(
        "articles",
        __name__,
        url_prefix="/api/articles",
        abp_tags=[Tag(name="articles")],
        abp_responses=problem_responses(421),
    )
    _add_reading_routes(api, services)
    _add_changing_routes(api, services)
    return api


# The name of a route's function is part of its operationId in the OpenAPI document, and a docstring
# would become its description.


def _add_reading_routes(api: APIBlueprint, services: Services) -> None:
    @api.get("", summary="List articles", responses={200: ListOut, **problem_responses(422, 503)})
    def listing(query: ListQuery) -> Response:
        wanted, offset = query.to_search(), (query.page - 1) * PAGE_SIZE
        found = services.live.use(lambda searcher: searcher.finder.find(wanted, offset, PAGE_SIZE))
        return json_response(ListOut.of(found, query.page))

    @api.get(
        "/<id:article_id>",
        summary="Read an article",
        responses={200: ArticleOut, **problem_responses(404, 410, 422, 503)},
    )
    def article(path: ArticlePath, query: ArticleQuery) -> Response:
        return _article_response(services, path.article_id, query)

    @api.get(
        "/<id:article_id>.md",
        summary="Read an article as Markdown, unless the id of another one ends so",
        responses={200: ArticleOut, **problem_responses(404, 410, 422, 503)},
    )
    def article_as_markdown(path: ArticlePath, query: ArticleQuery) -> Response:
        return _article_response(services, f"{path.article_id}{_SUFFIX}", query)


def _add_changing_routes(api: APIBlueprint, services: Services) -> None:
    @api.post(
        "",
        summary="Add an article, or files of them",
        responses={201: AddedOut, **problem_responses(400, 403, 409, 413, 415, 422, 503)},
        openapi_extensions={"requestBody": _UPLOAD_BODY},
    )
    def add() -> Response:
        require_writable(services)
        upload = read_upload(request, services.limits.upload, services.upload_reader)
        response = json_response(_upload_result(services.editor.add(upload)), 201)
        services.live.searcher()  # open the new index now, not in the next question
        return response

    @api.delete(
        "/<id:article_id>",
        summary="Delete an article",
        responses={204: None, **problem_responses(403, 404, 409, 422, 503)},
    )
    def remove(path: ArticlePath) -> Response:
        require_writable(services)
        if not services.editor.remove(path.article_id):
            abort(problem(404, f"There is no article “{path.article_id}”."))
        services.live.searcher()
        response = Response(status=204)
        del response.headers["Content-Type"]
        return response


def require_writable(services: Services) -> None:
    """Abort with 409 on a read-only server."""
    if services.limits.read_only:
        abort(problem(409, services.limits.refusal))


def find_article(
    live: IndexSource, article_id: str, version: str | None
) -> tuple[Article | None, str]:
    """Return an article, None if there is none, and the index version: the current one for None.

    Raises:
        GoneError: the version is no longer kept.
        StoreError: there is no index, or it can't be read.
    """
    return _read(live, version, lambda catalogue: catalogue.article(article_id))


def _read(
    live: IndexSource, version: str | None, read: Callable[[ArticleCatalogue], T]
) -> tuple[T, str]:
    if version is None:
        return live.use(lambda searcher: (read(searcher.catalogue), searcher.manifest.version))
    with live.catalogue(version) as catalogue:
        return read(catalogue), version


def _article_response(services: Services, article_id: str, query: ArticleQuery) -> Response:
    """Respond with an article in the format that is asked for; abort with 404 without it.

    An id that no article has names the Markdown of the article without `.md`.
    """

    def read(catalogue: ArticleCatalogue) -> tuple[Article | None, bool]:
        article = catalogue.article(article_id)
        if article is None and article_id.endswith(_SUFFIX) and query.format != "json":
            return catalogue.article(article_id.removesuffix(_SUFFIX)), True
        return article, query.format == "markdown"

    (article, is_markdown), version = _read(services.live, query.index_version, read)
    if article is None:
        abort(problem(404, f"There is no article “{article_id}”."))
    if is_markdown:
        return Response(article_markdown(article, version), content_type=MARKDOWN)
    known = {field.name: getattr(article, field.name) for field in fields(article)}
    return json_response(
        ArticleOut.model_validate({**known, "digest": article.digest, "index_version": version})
    )


def _upload_result(upload: Upload) -> AddedOut:
    """Describe the result of an upload; abort with 422 if nothing was added."""
    if not upload.articles:
        first = upload.failed[0]
        abort(problem(422, f"{_shortened(first.where) or 'a file'}: {first.reason}"))
    return AddedOut(
        articles=[AddedArticleOut.model_validate(article) for article in upload.articles],
        failed=[
            FailureOut(name=_shortened(failure.where), reason=spoken(failure.reason))
            for failure in upload.failed
        ],
        unread=[
            UnreadOut(name=_shortened(partly.where), what=partly.what) for partly in upload.unread
        ],
        index_version=upload.index_version,
    )


def _shortened(name: str) -> str:
    return name if len(name) <= _MAX_NAME else f"{name[:_MAX_NAME]}…"

"""`/api/articles`: list, read, add and delete articles."""

from flask import Response, abort, request
from flask_openapi3 import APIBlueprint, Tag

from index.article import Article, Failure
from index.build.edits import Upload
from web.problems import described, problem
from web.request_body import refuse
from web.requests import ArticleBody, ArticlePath, ListQuery, VersionQuery
from web.responses import (
    AddedArticleOut,
    AddedOut,
    ArticleOut,
    FailureOut,
    ListingOut,
    ListOut,
    RemovedOut,
    SectionOut,
)
from web.services import Services
from web.uploads import read_upload

_PAGE = 50
_SHOWN = 200  # characters of a name: it may be anything

_BODY = {
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
    """The calls that show articles, and those that change them."""
    api = APIBlueprint(
        "articles", __name__, url_prefix="/api/articles", abp_tags=[Tag(name="articles")]
    )

    @api.get("", summary="List articles", responses={200: ListOut, **described(422, 503)})
    def listing(query: ListQuery) -> Response:
        catalogue = services.live.searcher().catalogue
        found, total = catalogue.listings(query.q.strip(), (query.page - 1) * _PAGE, _PAGE)
        page = ListOut(
            articles=[ListingOut.model_validate(one) for one in found],
            page=query.page,
            pages=max(1, -(-total // _PAGE)),
            total=total,
        )
        return Response(page.model_dump_json(), mimetype="application/json")

    @api.get(
        "/<id:article_id>",
        summary="Read an article",
        responses={200: ArticleOut, **described(404, 410, 422, 503)},
    )
    def article(path: ArticlePath, query: VersionQuery) -> Response:
        searcher = services.live.searcher()
        version = query.index_version or searcher.manifest.version
        with services.live.catalogue(version) as catalogue:
            if catalogue is None:
                abort(problem(410, f"Index version {version} is no longer kept; ask without it."))
            found = catalogue.article(path.article_id)
        if found is None:
            abort(problem(404, f"There is no article “{path.article_id}”."))
        out = ArticleOut(
            id=found.id,
            title=found.title,
            source=found.source,
            published=found.published,
            url=found.url,
            text=found.text,
            sections=[SectionOut.model_validate(one) for one in found.sections],
            removed=[RemovedOut.model_validate(one) for one in found.removed],
            index_version=version,
            author=found.author,
            pages=list(found.pages),
        )
        return Response(out.model_dump_json(), mimetype="application/json")

    _add_changes(api, services)
    return api


def _add_changes(api: APIBlueprint, services: Services) -> None:
    """Adds the calls that change the articles to those that show them."""

    @api.post(
        "",
        summary="Add an article, or files of them",
        responses={201: AddedOut, **described(400, 403, 409, 413, 415, 422, 503)},
        openapi_extensions={"requestBody": _BODY},
    )
    def add() -> Response:
        require_writable(services)
        upload = read_upload(request, services.limits.upload)
        out = _out(services.editor.add(upload))
        services.live.searcher()  # opened here, not by whoever asks first
        return Response(out.model_dump_json(), 201, mimetype="application/json")

    @api.delete(
        "/<id:article_id>",
        summary="Delete an article",
        responses={204: None, **described(403, 404, 409, 422, 503)},
    )
    def remove(path: ArticlePath) -> Response:
        require_writable(services)
        services.live.searcher()  # where there is no index, none shall be made
        if not services.editor.remove(path.article_id):
            abort(problem(404, f"There is no article “{path.article_id}”."))
        services.live.searcher()
        answer = Response(status=204)
        del answer.headers["Content-Type"]  # of nothing
        return answer


def require_writable(services: Services) -> None:
    """Refuses a change where articles may not be changed."""
    if services.limits.read_only:
        detail = "This server is read-only (YIJU_READ_ONLY). Change the articles where it is run."
        refuse(request, problem(409, detail))


def _out(added: Upload) -> AddedOut:
    """Return the response to an upload; abort with a problem if nothing of it was added."""
    if not added.articles:
        first = added.failed[0]
        abort(problem(422, f"{_short(first.where) or 'a file'}: {first.reason}"))
    return AddedOut(
        articles=[_article(article) for article in added.articles],
        failed=[_failure(failure) for failure in added.failed],
        index_version=added.index_version,
    )


def _article(article: Article) -> AddedArticleOut:
    return AddedArticleOut(id=article.id, title=article.title)


def _failure(failure: Failure) -> FailureOut:
    return FailureOut(name=_short(failure.where), reason=failure.reason)


def _short(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"

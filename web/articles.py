"""`GET /api/articles` and `/api/articles/{id}`."""

from flask import Response, abort
from flask_openapi3 import APIBlueprint, Tag

from web import editing
from web.inputs import ArticlePath, ListQuery, VersionQuery
from web.problems import described, problem
from web.schemas import ArticleOut, ListingOut, ListOut, RemovedOut, SectionOut
from web.services import Services

_PAGE = 50


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

    editing.add_calls(api, services)
    return api

"""The command `search`: the passages that are nearest to a query."""

from dataclasses import asdict
from pathlib import Path

import click

from cli import output
from cli.options import JSON, STORE, load_settings, plain_errors


@click.command()
@click.argument("query")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 100), help="Passages.")
@click.option("--source", help="Only articles of this source.")
@click.option("--from", "since", metavar="DATE", help="Only articles of this day or later.")
@click.option("--to", "until", metavar="DATE", help="Only articles of this day or earlier.")
@STORE
@JSON
@plain_errors
def search(  # noqa: PLR0913, PLR0917 - one argument an option
    query: str,
    k: int,
    source: str | None,
    since: str | None,
    until: str | None,
    store: Path | None,
    json: bool,
) -> None:
    """List the passages that are nearest to QUERY, best first."""
    from cli.formats.answers import format_hits
    from index.article import page_of
    from index.listing.article_filter import Filter
    from python_api.open_library import Library

    with Library(load_settings(store)) as library:
        output.note("Loading the model …")
        result = library.search(query, k, Filter(source, since, until))
        pages = {hit.article_id: library.article(hit.article_id).pages for hit in result.hits}
    places = [page_of(pages[hit.article_id], hit.start) for hit in result.hits]
    output.print_result(asdict(result), format_hits(result.hits, places), json)

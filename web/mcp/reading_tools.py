"""The tools that read: they ask, search, read and list, and change nothing."""

from qa.retrieval import search_passages
from web.article_shapes import PAGE_SIZE, ListOut
from web.mcp.article_addresses import Link
from web.mcp.article_reading import read_range
from web.mcp.article_tool import ArticleTool
from web.mcp.list_output import ListOutput
from web.mcp.reading_outputs import AskOutput, ReadOutput, SearchOutput
from web.mcp.tool_inputs import AskInput, ListInput, ReadInput, SearchInput
from web.services import Services

MOST_READ = 20_000
"""Characters that one call returns of an article."""


def _ask(services: Services, wanted: AskInput, link: Link) -> AskOutput:
    asked = wanted.to_request()
    answer = services.live.use(lambda searcher: services.answerer.ask(asked, searcher))
    services.memory.note(asked, answer)
    return AskOutput.of(answer, link)


def _search(services: Services, wanted: SearchInput, link: Link) -> SearchOutput:
    articles = wanted.filter.to_filter() if wanted.filter else None
    result = services.live.use(
        lambda searcher: search_passages(wanted.query, wanted.k, articles, searcher)
    )
    return SearchOutput.of(result, link)


def _read(services: Services, wanted: ReadInput, link: Link) -> ReadOutput:
    return ReadOutput.of(read_range(services, wanted, MOST_READ), link)


def _list(services: Services, wanted: ListInput, link: Link) -> ListOutput:
    search, offset = wanted.to_search(), (wanted.page - 1) * PAGE_SIZE
    matching, version = services.live.use(
        lambda searcher: (
            searcher.finder.find(search, offset, PAGE_SIZE),
            searcher.manifest.version,
        )
    )
    return ListOutput.of(ListOut.of(matching, wanted.page), version, link)


READING_TOOLS = (
    ArticleTool(
        "ask",
        "Ask the articles",
        "Answer a question from the user's own articles by exact quotes, each with the place it "
        "is from. Ask one thing at a time, in Chinese or English. The outcome tells whether the "
        "answer is sure, only possible, or not found: say so to the user, and cite the quotes.",
        AskInput,
        AskOutput,
        _ask,
        asks=True,
    ),
    ArticleTool(
        "search",
        "Search for passages",
        "Find the passages of the user's articles that are nearest to a question or to words, "
        "with their ranges. Use it where ask finds nothing sure, or to gather material.",
        SearchInput,
        SearchOutput,
        _search,
    ),
    ArticleTool(
        "read_article",
        "Read an article",
        f"Read a range of an article, {MOST_READ:,} characters at most: the surroundings of a "
        "quote, or a whole article bit by bit.",
        ReadInput,
        ReadOutput,
        _read,
    ),
    ArticleTool(
        "list_articles",
        "List articles",
        "List the user's articles, all or those that have all of some words, fifty a page.",
        ListInput,
        ListOutput,
        _list,
    ),
)

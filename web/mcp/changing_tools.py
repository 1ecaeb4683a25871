"""The tools that change the articles, each only where `YIJU_MCP_TOOLS` names it."""

from index.build.edits import Upload
from index.errors import ArticleError, UsageError
from web.mcp.article_addresses import Link
from web.mcp.article_tool import ArticleTool
from web.mcp.changing_outputs import AddOutput, DeleteOutput, RebuildOutput
from web.mcp.tool_inputs import AddInput, DeleteInput, RebuildInput
from web.services import Services
from web.uploads import read_record


def _add(services: Services, wanted: AddInput, _: Link) -> AddOutput:
    upload: Upload = services.editor.add(read_record(wanted.model_dump(), services.upload_reader))
    if not upload.articles:
        raise ArticleError(f"The article {upload.failed[0].reason}")
    services.live.searcher()  # open the new index now, not in the next question
    return AddOutput.of(upload)


def _delete(services: Services, wanted: DeleteInput, _: Link) -> DeleteOutput:
    if not services.editor.remove(wanted.id):
        raise UsageError(f"There is no article “{wanted.id}”. Use an id that list_articles gives.")
    services.live.searcher()
    return DeleteOutput(deleted=wanted.id)


def _rebuild(services: Services, _: RebuildInput, __: Link) -> RebuildOutput:
    return RebuildOutput.of(services.rebuilder.start())


CHANGING_TOOLS = (
    ArticleTool(
        "add_article",
        "Add an article",
        "Add a text to the user's articles; it can be searched at once. Only do it if the user "
        "asks for it.",
        AddInput,
        AddOutput,
        _add,
        changes=True,
    ),
    ArticleTool(
        "delete_article",
        "Delete an article",
        "Delete an article from the index. Only do it if the user asks for it.",
        DeleteInput,
        DeleteOutput,
        _delete,
        changes=True,
    ),
    ArticleTool(
        "rebuild",
        "Rebuild the index",
        "Read the user's folders again: take over new and changed files, and remove the articles "
        "of files that are gone. Only do it if the user asks for it.",
        RebuildInput,
        RebuildOutput,
        _rebuild,
        changes=True,
        is_idempotent=False,
    ),
)

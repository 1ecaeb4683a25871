"""The tools of a server: which are offered, and a call of one of them."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from index.errors import UsageError
from web.access.caller import current_right
from web.mcp.article_addresses import Link
from web.mcp.article_tool import ArticleTool
from web.mcp.changing_tools import CHANGING_TOOLS
from web.mcp.reading_tools import READING_TOOLS
from web.mcp.tool_output import ToolOutput
from web.services import Services

_TOOLS: dict[str, ArticleTool[Any]] = {
    tool.name: tool for tool in (*READING_TOOLS, *CHANGING_TOOLS)
}
_MOST_TOLD = 3  # arguments that do not fit, in one error


class Toolbox:
    """The tools over the parts of a server. Threads may share it."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @property
    def tools(self) -> list[ArticleTool[Any]]:
        """All tools that there are."""
        return list(_TOOLS.values())

    @property
    def offered(self) -> list[ArticleTool[Any]]:
        """The tools that may be used here, by the caller of the request at work."""
        return [tool for tool in _TOOLS.values() if self._objection(tool) is None]

    def has(self, name: str) -> bool:
        """Return whether there is a tool of a name, be it allowed or not."""
        return name in _TOOLS

    def call(self, name: str, arguments: Mapping[str, Any], link: Link) -> ToolOutput:
        """Use a tool; `link` makes the links of its result.

        Raises:
            UsageError: the tool is not allowed here, or does not take these arguments.
            YijuError: it could not do what was asked.
        """
        tool = _TOOLS[name]
        if objection := self._objection(tool):
            raise UsageError(objection)
        return tool.work(self._services, _fitting(tool, arguments), link)

    def _objection(self, tool: ArticleTool[Any]) -> str | None:
        """Return why a tool can't be used here."""
        limits = self._services.limits
        if current_right() < tool.right:
            return f"{tool.name} takes a key with the right to {tool.right.label}."
        if not tool.changes:
            return None
        if limits.read_only:
            return f"{tool.name} is refused. {limits.refusal}"
        if tool.name not in limits.mcp_tools:
            return (
                f"The tool {tool.name} is not allowed here. Whoever runs Yiju can allow it by its "
                "name in YIJU_MCP_TOOLS."
            )
        return None


def _fitting(tool: ArticleTool[Any], arguments: Mapping[str, Any]) -> BaseModel:
    try:
        fitting: BaseModel = tool.takes.model_validate(arguments)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_context=False, include_input=False)
        each = "; ".join(map(_complaint, wrong[:_MOST_TOLD]))
        names = ", ".join(tool.input_schema["properties"]) or "nothing"
        raise UsageError(f"{tool.name} does not take this. {each}. It takes {names}.") from error
    return fitting


def _complaint(wrong: ErrorDetails) -> str:
    where = ".".join(map(str, wrong["loc"]))
    is_unknown = wrong["type"] == "extra_forbidden"
    return f"{where}: {'there is no such argument' if is_unknown else wrong['msg']}"

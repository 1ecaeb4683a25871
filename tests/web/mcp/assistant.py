"""An assistant: a client of the SDK that stays connected, to be called from ordinary tests."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, StdioServerParameters
from mcp.server.lowlevel import Server
from mcp_types import CallToolResult, ReadResourceResult, TextContent, TextResourceContents

from tests.conftest import ROOT


class Assistant:
    """A connected client."""

    def __init__(self, portal: BlockingPortal, client: Client) -> None:
        self.client = client
        self._portal = portal

    def do(self, action: Any, *arguments: Any) -> Any:  # noqa: ANN401
        """Run one of the client's coroutines."""
        return self._portal.call(action, *arguments)

    def call(self, tool: str, **arguments: Any) -> CallToolResult:  # noqa: ANN401
        """Use a tool; the SDK checks what it returns by the tool's schema."""
        result = self.do(self.client.call_tool, tool, arguments)
        assert isinstance(result, CallToolResult)
        return result

    def values(self, tool: str, **arguments: Any) -> Any:  # noqa: ANN401
        """Return the values of a tool that succeeds."""
        result = self.call(tool, **arguments)
        assert not result.is_error, text_of(result)
        return result.structured_content

    def refusal(self, tool: str, **arguments: Any) -> str:  # noqa: ANN401
        """Return the sentence by which a call is refused."""
        result = self.call(tool, **arguments)
        assert result.is_error
        assert result.structured_content is None
        return text_of(result)

    def read(self, uri: str) -> list[tuple[str, str]]:
        """Return the addresses and texts of a resource."""
        result = self.do(self.client.read_resource, uri)
        assert isinstance(result, ReadResourceResult)
        contents = [part for part in result.contents if isinstance(part, TextResourceContents)]
        assert len(contents) == len(result.contents)
        return [(part.uri, part.text) for part in contents]

    def tools(self) -> list[str]:
        """Return the names of the tools that are offered."""
        return [tool.name for tool in self.do(self.client.list_tools).tools]


def text_of(result: CallToolResult) -> str:
    """Return the readable text of a result."""
    (part,) = result.content
    assert isinstance(part, TextContent)
    return part.text


@contextmanager
def connected(
    place: str | StdioServerParameters | Server[Any], mode: str = "auto"
) -> Iterator[Assistant]:
    """Connect to an address, a command or a server in this process."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(place, mode=mode)) as client,
    ):
        yield Assistant(portal, client)


def stdio_command(store: Path, **environment: str) -> StdioServerParameters:
    """Return how to start `yiju mcp`."""
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "yiju", "mcp", "--store", str(store)],
        env={**os.environ, **environment},
        cwd=ROOT,
    )

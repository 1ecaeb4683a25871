"""What a tool is: its name, what it takes and returns, what it does, and what it may change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from index.access.access_key import Right
from web.mcp.article_addresses import Link
from web.mcp.tool_output import ToolOutput
from web.services import Services

Input = TypeVar("Input", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ArticleTool(Generic[Input]):
    """A tool. `changes` says whether it changes the articles; the others only read or ask."""

    name: str
    title: str
    description: str
    takes: type[Input]
    gives: type[ToolOutput]
    work: Callable[[Services, Input, Link], ToolOutput]
    changes: bool = False
    is_idempotent: bool = True
    asks: bool = False

    @property
    def right(self) -> Right:
        """The right that its use takes."""
        if self.changes:
            return Right.WRITE
        return Right.ASK if self.asks else Right.READ

    @property
    def input_schema(self) -> dict[str, Any]:
        """The JSON schema of what it takes."""
        return self.takes.model_json_schema()

    @property
    def output_schema(self) -> dict[str, Any]:
        """The JSON schema of what it returns."""
        return self.gives.model_json_schema(mode="serialization")

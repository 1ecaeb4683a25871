"""What a tool is: its name, what it takes and returns, what it does, and what it may change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

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
        return plain_schema(self.takes)

    @property
    def output_schema(self) -> dict[str, Any]:
        """The JSON schema of what it returns."""
        return self.gives.model_json_schema(mode="serialization")


def plain_schema(model: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a model: without titles, references, and null for what may be left out.

    Some makers of models take neither references nor unions, and a title that repeats a name tells
    nothing.

    >>> from pydantic import create_model
    >>> plain_schema(create_model("Wanted", words=(str | None, None)))
    {'properties': {'words': {'type': 'string'}}, 'type': 'object'}
    """
    schema = model.model_json_schema(schema_generator=_Generator)
    plain: dict[str, Any] = _plain(schema, schema.pop("$defs", {}))
    return plain


class _Generator(GenerateJsonSchema):
    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        if described.get("default", ...) is None:
            del described["default"]
        return described


def _plain(schema: object, definitions: dict[str, Any]) -> Any:  # noqa: ANN401
    """Put definitions in the place of references, and leave out titles."""
    match schema:
        case {"$ref": str() as name, **beside}:
            return _plain({**definitions[name.rpartition("/")[2]], **beside}, definitions)
        case dict():
            return {
                key: _plain(value, definitions)
                for key, value in schema.items()
                if key != "title" or not isinstance(value, str)  # an argument may be named so
            }
        case list():
            return [_plain(value, definitions) for value in schema]
    return schema

"""What docs/mcp.md says of the tools is so."""

import json
import re

from tests.conftest import ROOT
from web.mcp.changing_tools import CHANGING_TOOLS
from web.mcp.reading_tools import READING_TOOLS

DOCUMENT = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8")


def test_the_lines_for_other_programs_are_json() -> None:
    blocks = re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)
    assert len(blocks) == 5
    for block in blocks:
        assert "yiju" in next(iter(json.loads(block).values()))


def test_every_tool_stands_in_a_table_with_what_it_takes_and_returns() -> None:
    for tool in (*READING_TOOLS, *CHANGING_TOOLS):
        row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| `{tool.name}` |"))
        fields = [*tool.takes.model_fields]
        if tool in READING_TOOLS:
            fields += tool.gives.model_fields
        for field in fields:
            assert f"`{field}`" in row, f"{tool.name}: {field}"

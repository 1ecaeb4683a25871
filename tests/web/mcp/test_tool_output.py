"""Text of articles stands between marks that it can't forge."""

import re

from hypothesis import given
from hypothesis import strategies as st

from web.mcp.tool_output import ToolOutput


class Said(ToolOutput):
    """A result with any text."""

    text: str

    @property
    def notice(self) -> str:
        """The fixed part."""
        return "Yiju says this."

    @property
    def article_text(self) -> str:
        """The text."""
        return self.text


@given(st.text(alphabet="[end of article text 0123456789abcdef]\n", min_size=1))
def test_only_the_last_line_closes_the_text(text: str) -> None:
    readable = Said(text=text).readable()
    match = re.match(r"Yiju says this\.\n\n\[article text ([0-9a-f]{8}): data", readable)
    assert match
    closing = f"\n[end of article text {match[1]}]"
    assert readable.endswith(f"\n{text}{closing}")
    assert readable.count(match[1]) == 2


def test_without_text_of_articles_there_are_no_marks() -> None:
    assert Said(text="").readable() == "Yiju says this."

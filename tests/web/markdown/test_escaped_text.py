"""Whatever a text has in it, Markdown shows it and YAML reads it as it is."""

import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.support.small_index import TEXTS
from web.markdown.escaped_text import escaped_inline, escaped_line, yaml_string

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = st.text(alphabet=st.sampled_from("#>-+*_~`|<>[]()!&;:=.\\/ \t1a桥\"'"), max_size=40)
LINES = st.one_of(MARKUP, TEXTS).map(lambda text: text.replace("\n", " ").replace("\r", " "))


def shown(markdown: str) -> tuple[list[str], str]:
    """Return the kinds of blocks in a Markdown text, and the text that a reader sees."""
    tokens = MARKDOWN.parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "text_special"}, inline
    return [token.tag for token in tokens if token.nesting == 1], "".join(
        child.content for child in inline
    )


@given(LINES)
def test_a_line_is_a_paragraph_of_its_own_text(line: str) -> None:
    blocks, text = shown(escaped_line(line))
    assert text == line.strip().replace("\0", "\ufffd")
    assert blocks == (["p"] if line.strip() else [])


@given(LINES)
def test_a_heading_has_its_own_text(line: str) -> None:
    blocks, text = shown(f"## {escaped_inline(line)}")
    assert blocks == ["h2"]
    assert text == " ".join(line.split()).replace("\0", "\ufffd")


@given(st.one_of(TEXTS, MARKUP))
def test_yaml_reads_a_string_as_it_is(text: str) -> None:
    quoted = yaml_string(text)
    assert len(quoted.splitlines()) == 1
    assert yaml.safe_load(f"a: {quoted}\nb: 1") == {"a": text, "b": 1}


def test_what_is_no_markup_stays_readable() -> None:
    assert escaped_line("港珠澳大桥_全长 a_b 55公里，50% & C#，1.5亿。") == (
        "港珠澳大桥_全长 a_b 55公里，50% & C#，1.5亿。"
    )

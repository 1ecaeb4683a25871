"""Whatever a model sends is taken or refused in a sentence; what fits means what was meant."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from index.errors import UsageError
from index.listing.article_filter import Filter
from web.mcp.article_addresses import resource_link
from web.mcp.changing_tools import CHANGING_TOOLS
from web.mcp.reading_tools import READING_TOOLS
from web.mcp.tool_inputs import AskInput, FilterInput, ListInput, ReadInput, SearchInput
from web.mcp.toolbox import Toolbox
from web.services import Services

TOOLS = {tool.name: tool for tool in (*READING_TOOLS, *CHANGING_TOOLS)}
NAMES = sorted(
    {name for tool in TOOLS.values() for name in tool.takes.model_fields} | {"article_id"}
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS | st.sampled_from(["[", "{", "[[", '{"source": 1}', "[" * 5000, "2016-13"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner),
    max_leaves=6,
)


@given(st.sampled_from(sorted(TOOLS)), st.dictionaries(st.sampled_from([*NAMES, "x"]), VALUES))
def test_any_arguments_fit_or_are_refused(name: str, arguments: dict[str, Any]) -> None:
    with suppress(ValidationError):
        assert isinstance(TOOLS[name].takes.model_validate(arguments), BaseModel)


ids = st.lists(
    st.text('ab[{"', min_size=1, max_size=4).map("{}.txt".format), min_size=1, max_size=3
)


@given(ids, st.sampled_from(["2016", "2016-02", "2016-02-29"]), st.booleans(), st.booleans())
def test_a_filter_means_the_same_however_it_is_written(
    articles: list[str], day: str, packs: bool, nulls: bool
) -> None:
    values: dict[str, Any] = {"articles": articles, "published_from": day}
    values |= {"source": None, "published_to": None} if nulls else {}
    sent: Any = json.dumps(values) if packs else values
    wanted = SearchInput.model_validate({"query": "甲", "filter": sent})
    assert wanted.filter
    assert wanted.filter.to_filter() == Filter(None, day, None, tuple(articles))
    alone = FilterInput.model_validate({"articles": articles[0], "published_from": day})
    assert alone.articles == articles[:1]


def test_numbers_stand_for_years_days_and_versions() -> None:
    assert FilterInput.model_validate({"published_to": 2016}).published_to == "2016"
    assert ListInput.model_validate({"year": 2016}).to_search().year == "2016"
    assert ReadInput.model_validate({"article_id": 7, "index_version": 12}).id == "7"
    assert ReadInput.model_validate({"id": "7", "index_version": 12}).index_version == "000012"
    turns = '[{"role": "user", "content": "乙?"}]'
    (turn,) = AskInput.model_validate({"question": "甲?", "history": turns}).to_request().history
    assert (turn.role, turn.content) == ("user", "乙?")


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("ask", {"question": "甲", "filter": {"published_from": "2016-02-30"}}, "must be a day as"),
        ("list_articles", {"year": "23"}, "year: must be a year in four digits. It takes q, "),
        ("read_article", {"id": "a", "index_version": "now"}, "must be the index_version of a"),
        ("search", {"query": "甲", "n": 3}, "n: there is no such argument. It takes query, k"),
    ],
)
def test_a_refusal_says_what_the_tool_takes(
    services: Services, tool: str, arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError) as refused:
        Toolbox(services).call(tool, arguments, resource_link)
    assert words in str(refused.value)

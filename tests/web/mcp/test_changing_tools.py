"""Tools that change articles: only those that are allowed, and none on a read-only server."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from index.errors import UsageError
from index.settings import Settings
from tests.conftest import until
from tests.support.served_index import ServedIndex, served_index
from tests.web.mcp.assistant import Assistant, connected, text_of
from web.mcp.article_addresses import resource_link
from web.mcp.article_resources import list_resources, read_resource
from web.mcp.toolbox import Toolbox
from web.services import Services

CHANGING = ("add_article", "delete_article", "rebuild")
TEXT = "南极长城站建于1985年,位于乔治王岛。"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve a site on which assistants may use every tool."""
    root = tmp_path_factory.mktemp("allowed")
    with served_index(root, YIJU_MCP_TOOLS=", ".join(CHANGING)) as served:
        yield served


@pytest.fixture
def helper(site: ServedIndex) -> Iterator[Assistant]:
    """Connect to that site."""
    with connected(f"{site.client.base_url}/mcp") as opened:
        yield opened


def test_an_article_is_added_found_and_deleted(helper: Assistant) -> None:
    assert helper.tools()[-3:] == list(CHANGING)
    added = helper.values("add_article", id="极地/站", title="长城站", text=TEXT)
    assert (added["id"], added["title"]) == ("极地/站", "长城站")
    assert helper.values("read_article", id="极地/站")["text"] == TEXT
    assert helper.read("yiju://article/%E6%9E%81%E5%9C%B0%2F%E7%AB%99")[0][1] == TEXT
    found = helper.values("search", query="长城站建于哪一年")["passages"][0]
    assert found["article_id"] == "极地/站"
    result = helper.call("delete_article", id="极地/站")
    assert "was deleted" in text_of(result)
    assert helper.refusal("read_article", id="极地/站").startswith("There is no article “极地/站”.")
    assert helper.refusal("delete_article", id="极地/站").startswith("There is no article")


def test_what_can_not_be_added_is_told(helper: Assistant) -> None:
    assert "text: Field required" in helper.refusal("add_article", title="空")
    assert "NUL" in helper.refusal("add_article", text="a\0b")
    assert helper.refusal("add_article", text=" ").startswith("The article ")
    assert "control characters" in helper.refusal("add_article", id="a\nb", text=TEXT)


def test_a_rebuild_takes_over_new_files(helper: Assistant, site: ServedIndex) -> None:
    site.put("new.txt", "北极黄河站建于2004年。")
    assert helper.values("rebuild")["rebuild"]["state"] == "starting"
    until(lambda: not helper.call("read_article", id="new.txt").is_error)
    tool = next(
        tool for tool in helper.do(helper.client.list_tools).tools if tool.name == "rebuild"
    )
    assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (False, True)


def used(services: Services, tool: str, **arguments: Any) -> None:  # noqa: ANN401
    """Use a tool."""
    Toolbox(services).call(tool, arguments, resource_link)


def test_only_tools_that_are_named_may_be_used(services: Services) -> None:
    names = [tool.name for tool in Toolbox(services).offered]
    assert names == ["ask", "search", "read_article", "list_articles", "add_article"]
    with pytest.raises(UsageError, match="delete_article is not allowed here"):
        used(services, "delete_article", id="00.txt")


def test_a_read_only_server_changes_nothing_whatever_is_allowed(services: Services) -> None:
    read_only = replace(services, limits=replace(services.limits, read_only=True))
    assert len(Toolbox(read_only).offered) == 4
    with pytest.raises(UsageError, match=r"add_article is refused.*YIJU_READ_ONLY"):
        used(read_only, "add_article", text=TEXT)


def test_resources_come_in_pages(services: Services) -> None:
    first = list_resources(services, None)
    second = list_resources(services, first.next_cursor)
    ids = [listing.id for listing in (*first.listings, *second.listings)]
    assert (len(first.listings), len(set(ids)), second.next_cursor) == (50, 61, None)
    assert list_resources(services, "1000").listings == []
    for wrong in ("x", "-1", "½", "1" * 10):
        with pytest.raises(UsageError, match="no cursor"):
            list_resources(services, wrong)


def test_a_long_resource_says_where_to_read_on(services: Services) -> None:
    begin, rest = read_resource(services, "yiju://article/long.txt")
    assert begin.text == "甲" * 100_000
    assert rest.text == "The article has 150000 characters; read on at this address."
    (end,) = read_resource(services, rest.uri)
    assert end.text == "甲" * 50_000
    (asked,) = read_resource(services, "yiju://article/long.txt?end=100000")
    assert len(asked.text) == 100_000


def test_a_setting_that_names_no_tool_is_refused() -> None:
    assert Settings(mcp_tools="add_article rebuild").listed_mcp_tools == ["add_article", "rebuild"]
    with pytest.raises(ValueError, match="there is no tool “ask” to allow"):
        Settings(mcp_tools="ask")

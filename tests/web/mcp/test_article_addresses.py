"""Addresses of resources and ranges lead back to what they were made of."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UsageError
from web.mcp.article_addresses import TextPlace, page_links, resource_link, resource_of, wanted_of

IDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
)


@given(IDS, st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 999_999))
def test_the_address_of_a_range_is_read_back(name: str, start: int, size: int, number: int) -> None:
    place = TextPlace(name, start, start + size, f"{number:06}")
    wanted = wanted_of(resource_link(place))
    assert (wanted.id, wanted.start, wanted.end) == (name, start, start + size)
    assert wanted.index_version == place.version
    assert wanted_of(resource_of(name)).id == name


@given(IDS)
def test_a_link_to_the_page_has_the_id_in_one_piece(name: str) -> None:
    link = page_links("http://localhost/")(TextPlace(name, 1, 2, "000001"))
    route = link.removeprefix("http://localhost/#/article/").removesuffix("?start=1&end=2&v=000001")
    assert "/" not in route
    assert unquote(route) == name


@pytest.mark.parametrize(
    "address",
    ["", "yiju://article/", "yiju://article/?start=1", "yiju://other/a", "http://a/b",
     "yiju://article/%ff", "yiju://article/a?end=x", "yiju://article/a?v=x",
     "yiju://article/a?start=-1", "yiju://article/a?more=1"],
)  # fmt: skip
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(UsageError, match="There is no such resource"):
        wanted_of(address)

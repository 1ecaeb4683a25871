"""Pages of other sites can change nothing through a reader's browser."""

import pytest

from tests.support.served_index import ServedIndex, assert_problem
from web.same_origin import is_same_origin


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://a.example", "a.example", True),
        ("http://a.example:80", "a.example", True),
        ("https://A.example", "a.example:443", True),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", True),
        ("http://[::1]:8000", "[::1]:8000", True),
        ("http://127.0.0.1:3000", "127.0.0.1:8000", False),
        ("http://localhost:8000", "127.0.0.1:8000", False),
        ("http://a.example.evil.example", "a.example", False),
        ("http://a.example@evil.example", "a.example", False),
        ("http://[", "a.example", False),
        ("ftp://a.example", "a.example", False),
        ("null", "a.example", False),
        ("null", None, False),
    ],
)
def test_an_origin_is_own_where_host_and_port_are_the_same(
    origin: str, host: str | None, own: bool
) -> None:
    assert is_same_origin(origin, host) is own


FOREIGN = [
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"origin": "http://evil.example", "sec-fetch-site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_page_of_another_site_may_read_but_do_nothing(
    served: ServedIndex, headers: dict[str, str]
) -> None:
    client = served.client
    form = {"files": ("a.txt", b"a" * 2_000_000)}
    for response in (
        client.post("/api/articles", files=form, headers=headers),
        client.post("/api/articles", content=iter([b"a"] * 9), headers=headers),
        client.post("/api/ask", json={"question": "a"}, headers=headers),
        client.post("/api/index/rebuild", headers=headers),
        client.post("/api/feedback", json={"answer_id": "a", "helpful": True}, headers=headers),
        client.post(f"/api/unanswered/{'0' * 16}/answer", json={"none": True}, headers=headers),
        client.delete(f"/api/unanswered/{'0' * 16}", headers=headers),
        client.delete("/api/articles/kunlun.txt", headers=headers),
        client.put("/nowhere", headers=headers),
    ):
        assert_problem(response, 403, "another site")
    assert client.get("/api/articles/kunlun.txt", headers=headers).status_code == 200


def test_the_own_page_and_programs_may(served: ServedIndex) -> None:
    own = str(served.client.base_url).rstrip("/")
    for headers in (
        {},
        {"origin": own},
        {"origin": own, "sec-fetch-site": "same-origin"},
        {"origin": "https://proxy.example", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ):
        asked = served.client.post("/api/ask", json={"question": "a"}, headers=headers)
        assert asked.status_code == 200

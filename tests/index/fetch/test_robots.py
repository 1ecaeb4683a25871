"""robots.txt as RFC 9309 has it: what is forbidden, what its absence means, and its trouble."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError
from index.fetch.fetch import Fetcher, FetchLimits, PageRequest
from index.fetch.robots import Robots, _parsed
from tests.support.hostile.servers import OWN, PUBLIC, Internet, Site, page, redirect, rules

POLITE = replace(OWN, robots=True)
FORBIDDEN = (
    "is not fetched: robots.txt of {} forbids it. If the site is your own: yiju rebuild --urls "
    "FILE --ignore-robots"
)


def outcome(site: Site, path: str, limits: FetchLimits = POLITE) -> str:
    """Fetch a path; return its text, or why it isn't fetched."""
    try:
        got = Fetcher(limits).fetch(PageRequest(site.at(path)))
    except ArticleError as error:
        return str(error)
    return got.data.decode()  # type: ignore[union-attr]  # nothing was asked that may be unchanged


@pytest.mark.parametrize(
    ("lines", "forbidden"),
    [
        (["User-agent: *", "Disallow: /"], True),
        (["User-agent: *", "Disallow: /a"], True),
        (["User-agent: *", "Disallow: /b"], False),
        (["User-agent: *", "Disallow:"], False),
        (["User-agent: Yiju", "Disallow: /a", "", "User-agent: *", "Allow: /"], True),
        (["User-agent: *", "Disallow: /", "", "User-agent: yiju", "Allow: /a"], False),
        (["User-agent: *", "Allow: /a/1", "Disallow: /a"], False),
        (["User-agent: *", "Disallow: /*/1$"], True),
        (["<!doctype html><p>No such page"], False),
        ([], False),
    ],
)
def test_a_page_is_fetched_unless_the_rules_forbid_it(lines: list[str], forbidden: bool) -> None:
    with Site({"/a/1": page(b"x"), "/robots.txt": rules(*lines)}) as site:
        got = outcome(site, "/a/1")
        assert got == (FORBIDDEN.format(f"127.0.0.1:{site.port}") if forbidden else "x")
        assert len(site.requests) == (1 if forbidden else 2)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(b"", status="404 Not Found"), ""),
        (page(b"", status="401 Unauthorized"), ""),
        (page(b"", status="204 No Content"), ""),
        (redirect("/robots.txt"), ""),
        (page(b"", status="429 Too Many Requests"), "was answered with “429 Too Many Requests”"),
        (page(b"", status="500 Oh"), "was answered with “500 Internal Server Error”"),
        (page(b"", status="503 Oh"), "was answered with “503 Service Unavailable”"),
        (redirect("ftp://a.test/"), "redirects to “ftp://a.test/”, which can't be fetched"),
        (b"", "can't be read: the server broke HTTP's rules"),
    ],
)
def test_where_there_is_none_all_is_allowed_and_where_it_is_in_trouble_nothing(
    answer: bytes, reason: str
) -> None:
    with Site({"/": page(b"x"), "/robots.txt": answer}) as site:
        got = outcome(site, "/")
        where = f"is not fetched: robots.txt of 127.0.0.1:{site.port} "
        assert got.startswith(where + reason if reason else "x")
        assert reason == "" or "GET / " not in "".join(site.requests)


def test_a_host_that_asks_for_a_long_rest_is_told_as_such() -> None:
    with Site({"/": page(b"x")}) as site:
        site.answers["/robots.txt"] = page(b"", "Retry-After: 900", status="503 Busy")
        reason = "is not fetched: 127.0.0.1 asks to be left alone for 900 s; rebuild again later."
        assert outcome(site, "/") == reason


def test_one_that_is_never_sent_forbids_all() -> None:
    with Site({"/": page(b"x")}) as site:
        site.answers["/robots.txt"] = site.drip_body
        assert "was not sent within 0.3 s" in outcome(site, "/", replace(POLITE, total=0.3))


def test_it_is_asked_for_once_a_site_and_not_at_all_if_it_is_ignored() -> None:
    with Site({"/1": page(b"1"), "/2": page(b"2"), "/robots.txt": rules()}) as site:
        fetcher = Fetcher(POLITE)
        for path in ("/1", "/2"):
            fetcher.fetch(PageRequest(site.at(path)))
        assert [request.split(" ")[1] for request in site.requests] == ["/robots.txt", "/1", "/2"]
        site.requests.clear()
        assert outcome(site, "/1", OWN) == "1"
        assert len(site.requests) == 1


def test_the_site_at_the_end_of_a_redirect_has_its_say() -> None:
    with Site({"/robots.txt": rules()}) as first, Site({"/": page(b"x")}) as second:
        second.answers["/robots.txt"] = rules("User-agent: *", "Disallow: /")
        first.answers["/"] = redirect("http://b.test/")
        names = {"a.test": [["8.8.8.1"]], "b.test": [["8.8.8.2"]]}
        internet = Internet(names, {"8.8.8.1": first, "8.8.8.2": second})
        fetcher = Fetcher(replace(PUBLIC, robots=True), internet.network())
        with pytest.raises(ArticleError) as error:
            fetcher.fetch(PageRequest("http://a.test/"))
        assert str(error.value) == FORBIDDEN.format("b.test")


def test_a_private_host_is_refused_for_what_it_is() -> None:
    with Site({}) as site:
        reason = "is not fetched: 127.0.0.1 is not a public address; save it as a file."
        assert outcome(site, "/", FetchLimits()) == reason
        assert site.connections == 0


def test_only_the_start_of_a_huge_one_is_read() -> None:
    body = b"User-agent: *\nDisallow: /a\n" + b"# padding\n" * 100_000 + b"Disallow: /b\n"
    with Site({"/b": page(b"x"), "/robots.txt": page(body, kind="text/plain")}) as site:
        assert outcome(site, "/b") == "x"
        assert "forbids it" in outcome(site, "/a")


def test_one_that_names_too_many_crawlers_is_refused_at_once() -> None:
    crowd = "".join(f"User-agent: a{at}\n" for at in range(10_000))
    with pytest.raises(ArticleError, match="names too many crawlers and rules to be read"):
        _parsed(crowd + "Disallow: /\n" * 10_000)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    rules = _parsed(text)
    assert isinstance(rules, Robots)
    assert rules.delay >= 0

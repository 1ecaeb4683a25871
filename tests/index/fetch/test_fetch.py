"""Pages fetched from real servers on the loopback interface, good ones and bad ones."""

import gzip
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version

import pytest

from index.fetch.gzip_stream import GzipDecoder
from index.fetch.media_types import suffix_of
from tests.support.hostile.servers import OWN, Site, fetched, page, redirect, refusal

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({}) as running:
        yield running


def test_a_page_comes_with_its_type_charset_and_address(site: Site) -> None:
    site.answers["/a?q=1"] = page("中".encode("gbk"), kind='Text/HTML; Charset="GBK"')
    address = site.at("/a?q=1")
    got = fetched(address)
    assert (got.data, got.url) == ("中".encode("gbk"), address)
    assert (got.media_type, got.charset) == ("text/html", "gbk")


def test_a_request_says_who_asks_and_for_what(site: Site) -> None:
    site.answers["/%E6%96%B0"] = page(b"x")
    fetched(site.at("/新"))
    lines = site.requests[0].split("\r\n")
    assert lines[0] == "GET /%E6%96%B0 HTTP/1.1"
    assert f"Host: 127.0.0.1:{site.port}" in lines
    assert f"User-Agent: Yiju/{version('yiju')} (+article indexer)" in lines
    assert any(line.startswith("Accept: text/html, ") for line in lines)


def test_proxies_of_the_environment_are_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Site({}) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.at(""))
        site.answers["/"] = page(b"x")
        assert fetched(site.at("/")).data == b"x"
        assert proxy.connections == 0


@pytest.mark.parametrize("status", ["301 a", "302 a", "303 a", "307 a", "308 a"])
def test_redirects_are_followed_to_the_final_address(site: Site, status: str) -> None:
    site.answers |= {
        "/1": redirect("/a b/2#part", status),
        "/a%20b/2": redirect("../3", status),
        "/3": redirect(site.at("/4"), status),
        "/4": redirect("?新", status),
        "/4?%E6%96%B0": page(b"x"),
    }
    assert fetched(site.at("/1")).url == site.at("/4?%E6%96%B0")


def test_five_redirects_are_followed_and_no_more(site: Site) -> None:
    site.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": page(b"x")}
    assert fetched(site.at("/1")).data == b"x"
    assert refusal(site.at("/0")) == "redirects more than 5 times; give its final address."
    site.answers["/round"] = redirect("/round")
    refusal(site.at("/round"))
    assert site.connections == 6 + 6 + 6


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://a.test/", "//user@a.test/", "http://2130706433/", "//["],
)
def test_redirects_to_what_is_no_page_are_refused(site: Site, location: str) -> None:
    site.answers["/"] = redirect(location)
    assert f"redirects to “{location}”, which can't be fetched" in refusal(site.at("/"))


def test_a_redirect_that_leads_nowhere_is_refused(site: Site) -> None:
    site.answers["/"] = page(b"", status="302 Found")
    assert "doesn't tell where to" in refusal(site.at("/"))


def test_packed_pages_are_unpacked(site: Site) -> None:
    packed = gzip.compress(b"a") + gzip.compress(b"b") + b"\0\0"
    site.answers["/"] = page(packed, "Content-Encoding: gzip")
    assert fetched(site.at("/")).data == b"ab"


def test_a_gzip_bomb_is_unpacked_no_further_than_the_limit(site: Site) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(GzipDecoder().feed(bomb, 1000)) == 1001
    site.answers["/"] = page(bomb, "Content-Encoding: gzip")
    assert refusal(site.at("/")) == "is larger than 10 MB; save the part you need as a file."


@pytest.mark.parametrize("body", [bytes(1001), gzip.compress(b"", mtime=0) * 60])
def test_size_is_counted_packed_and_unpacked(site: Site, body: bytes) -> None:
    limits = replace(OWN, size=1000)
    encoding = "gzip" if body.startswith(b"\x1f") else "identity"
    site.answers["/"] = page(body, f"Content-Encoding: {encoding}")
    assert "is larger than 0.001 MB" in refusal(site.at("/"), limits)
    site.answers["/"] = page(bytes(1000))
    assert len(fetched(site.at("/"), limits).data) == 1000


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(b"x", kind="image/png"), "is “image/png”; only web pages"),
        (page(b"{}", kind="application/json; charset=utf-8"), "is “application/json”"),
        (page(b"x", kind=""), "is of a kind the server doesn't tell"),
        (
            page(b"x", status="404 Not Found"),
            "was answered with “404 Not Found”; check the address.",
        ),
        (page(b"x", status="204 No Content"), "“204 No Content”"),
        (page(b"x", status="999 Away"), "“999”"),
        (page(b"x", "Content-Encoding: br"), "is packed as “br”"),
        (page(b"not packed", "Content-Encoding: gzip"), "is damaged"),
        (
            page(gzip.compress(b"x", mtime=0)[:-9], "Content-Encoding: gzip"),
            "the end of its gzip data",
        ),
        (page(b"xy").replace(b": 2", b": 9"), "broke HTTP's rules"),
        (page(b"x", f"X: {'x' * 200_000}"), "broke HTTP's rules"),
        (b"SSH-2.0-OpenSSH\r\n", "broke HTTP's rules"),
        (b"", "broke HTTP's rules"),
    ],
)
def test_an_answer_that_is_no_article_is_refused(site: Site, answer: bytes, reason: str) -> None:
    site.answers["/"] = answer
    assert reason in refusal(site.at("/"))


@pytest.mark.parametrize(
    ("media_type", "address", "suffix"),
    [
        ("text/html", "http://a.test/x.pdf", ".html"),
        ("application/xhtml+xml", "http://a.test/", ".html"),
        ("text/plain", "http://a.test/x", ".txt"),
        ("text/plain", "http://a.test/README.MD?raw", ".md"),
        ("text/markdown", "http://a.test/", ".md"),
        ("application/pdf", "http://a.test/", ".pdf"),
        (DOCX, "http://a.test/", ".docx"),
        ("text/csv", "http://a.test/", ".csv"),
        ("application/epub+zip", "http://a.test/", ".epub"),
        ("application/vnd.oasis.opendocument.text", "http://a.test/", ".odt"),
    ],
)
def test_the_media_type_chooses_the_reader(media_type: str, address: str, suffix: str) -> None:
    assert suffix_of(media_type, address) == suffix

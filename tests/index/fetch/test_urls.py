"""URL lists: which lines are taken, in which normal form, and why the others are refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Failure
from index.errors import ArticleError
from index.fetch.urls import UrlList, normalise_url, read_url_list


def test_a_list_gives_each_page_once_in_order_without_comments(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(
        b"\xef\xbb\xbfhttps://b.test/\r\n"
        b"# a comment with http://c.test/ in it\r\n\r\n"
        b"  http://a.test/x#part  # why\r\n"
        b"HTTPS://B.TEST:443\r\n"
        b"http://a.test/x\r\n" + "http://例子.中国/新闻".encode()
    )
    assert read_url_list(file) == UrlList(
        (
            "https://b.test/",
            "http://a.test/x",
            "http://xn--fsqu00a.xn--fiqs8s/%E6%96%B0%E9%97%BB",
        ),
        (),
    )


def test_a_bad_line_is_reported_by_its_number_and_spoils_no_other(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("http://a.test/\n\nftp://a.test/\nhttp://b.test/\n", encoding="utf-8")
    assert read_url_list(file) == UrlList(
        ("http://a.test/", "http://b.test/"),
        (Failure(f"{file}:3", "is no web address; it must begin with http:// or https://."),),
    )


def test_a_list_that_cannot_be_read_is_one_failure(tmp_path: Path) -> None:
    missing, binary = tmp_path / "missing", tmp_path / "binary"
    binary.write_bytes(bytes(range(256)))
    assert read_url_list(missing).failures == (
        Failure(str(missing), "can't be read: No such file or directory."),
    )
    assert read_url_list(binary).failures == (
        Failure(str(binary), "is not text (it looks like binary data); save it as UTF-8 text."),
    )


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("http://a.test", "http://a.test/"),
        ("http://A.Test:80/P", "http://a.test/P"),
        ("https://a.test:80/", "https://a.test:80/"),
        ("http://a.test./", "http://a.test/"),
        ("http://a.test:/", "http://a.test/"),
        ("http://a.test?q=新", "http://a.test/?q=%E6%96%B0"),
        ("http://a.test/%7ea%e4%2f", "http://a.test/~a%E4%2F"),
        ("http://a.test/100%", "http://a.test/100%25"),
        ("http://a.test/a/./b/../c", "http://a.test/a/c"),
        ("http://a.test/../../a/..", "http://a.test/"),
        ("http://a.test//a//", "http://a.test//a//"),
        ("http://a.test/a;b=1,2?c=d&e=/?", "http://a.test/a;b=1,2?c=d&e=/?"),
        ("http://faß.de/", "http://xn--fa-hia.de/"),
        ("http://例。中国/", "http://xn--fsq.xn--fiqs8s/"),
        ("http://①②⑦.0.0.1/", "http://127.0.0.1/"),
        ("http://[::FFFF:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
        ("http://[0:0::1]:8080/", "http://[::1]:8080/"),
        ("http://a_b.test/", "http://a_b.test/"),
    ],
)
def test_one_page_has_one_form(raw: str, normal: str) -> None:
    assert normalise_url(raw) == normal
    assert normalise_url(normal) == normal


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("www.a.test", "is no web address"),
        ("a.test:80/", "is no web address"),
        ("file:///etc/passwd", "is no web address"),
        ("javascript:alert(1)", "is no web address"),
        ("http:/a.test", "has no host"),
        ("http://", "has no host"),
        ("http://:80/", "has no host"),
        ("http://user:word@a.test/", "holds a user name or password"),
        ("http://a.test@127.0.0.1/", "holds a user name or password"),
        ("http://a.test\\@127.0.0.1/", "holds a user name or password"),
        ("http://127.0.0.1\\.a.test/", "can't exist"),
        ("http://%31%32%37.0.0.1/", "no IPv4 address"),
        ("http://%61.test/", "can't exist"),
        ("http://a..test/", "can't exist"),
        ("http://-a.test/", "can't exist"),
        (f"http://{'a' * 64}.test/", "can't exist"),
        (f"http://{'a.' * 127}test/", "can't exist"),
        (f"http://{'中' * 64}.test/", "can't exist"),
        ("http://127.1/", "no IPv4 address"),
        ("http://2130706433/", "no IPv4 address"),
        ("http://0x7f.1/", "no IPv4 address"),
        ("http://0x7f000001/", "no IPv4 address"),
        ("http://017700000001/", "no IPv4 address"),
        ("http://0177.0.0.1/", "no IPv4 address"),
        ("http://１２７.１/", "no IPv4 address"),
        ("http://127.0.0.1.1./", "no IPv4 address"),
        ("http://[::1]a.test/", "can't be read"),
        ("http://a.test[::1]/", "can't be read"),
        ("http://[::1/", "can't be read"),
        ("http://[fe80::1%25eth0]/", "can't be read"),
        ("http://[1::2::3]/", "no IPv6 address|can't be read"),
        ("http://a.test:0/", "can't exist: 0"),
        ("http://a.test:65536/", "can't exist: 65536"),
        ("http://a.test:８０/", "can't be read"),
        ("http://a.test/a b", "has a space"),
        ("http://a.test/a\tb", "invisible"),
        ("http://a.test/\r\nHost: b", "invisible"),
        ("http://a\u200b.test/", "invisible"),
        (f"http://a.test/{'x' * 2000}", "is longer than 2,000 characters"),
    ],
)
def test_what_names_no_page_is_refused_with_the_reason(address: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        normalise_url(address)


@given(st.text(st.sampled_from("ab.:/@[]%#?\\1２中-_ 0x"), max_size=30) | st.text(max_size=30))
def test_a_normal_form_is_ascii_keeps_its_form_and_everything_else_is_refused(rest: str) -> None:
    try:
        normal = normalise_url(f"http://{rest}")
    except ArticleError:
        return
    assert normal.isascii()
    assert normal.isprintable()
    assert not set(normal) & set(" @#\\") or "@" not in normal.split("/")[2]
    assert normalise_url(normal) == normal

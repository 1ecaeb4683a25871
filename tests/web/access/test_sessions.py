"""A page signs in with a key, and out; its cookie is of use to nobody else."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from index.access.access_key import Right
from index.access.key_file import KeyFile
from tests.support.api import sse
from tests.support.served_index import ServedIndex, assert_problem
from web.access.gate import COOKIE


@pytest.fixture
def browser(guarded: ServedIndex) -> Iterator[httpx.Client]:
    """Open a client that keeps cookies."""
    with httpx.Client(base_url=guarded.client.base_url, timeout=60) as opened:
        yield opened


def test_a_session_may_do_what_its_key_may_streams_too(
    browser: httpx.Client, secret_of: Callable[[str], str]
) -> None:
    assert browser.get("/api/session").json()["right"] == "none"
    signed = browser.post("/api/session", json={"key": f" {secret_of('ask')}\n"})
    assert (signed.status_code, signed.json()["right"]) == (200, "ask")
    assert browser.get("/api/session").json() == signed.json()
    asked = browser.post("/api/ask/stream", json={"question": "中山站建于哪一年?"})
    assert sse(asked.text)[-1][0] == "answer"
    assert_problem(browser.get("/api/unanswered"), 403, "the right to write")


def test_no_script_reads_the_cookie_and_no_other_site_sends_it(
    browser: httpx.Client, secret_of: Callable[[str], str]
) -> None:
    secret = secret_of("read")
    cookie = browser.post("/api/session", json={"key": secret}).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=2592000"} <= set(cookie.split("; "))
    assert "Secure" not in cookie  # as it came over http
    assert secret[14:] not in cookie


def test_a_page_of_another_site_can_not_sign_in_or_out(
    browser: httpx.Client, secret_of: Callable[[str], str]
) -> None:
    secret = secret_of("read")
    browser.post("/api/session", json={"key": secret})
    foreign = {"Origin": "http://evil.example"}
    assert_problem(browser.post("/api/session", json={"key": secret}, headers=foreign), 403)
    assert_problem(browser.delete("/api/session", headers=foreign), 403)
    assert browser.get("/api/index").status_code == 200


def test_a_session_ends_when_it_is_signed_out_even_for_who_has_the_cookie(
    browser: httpx.Client, guarded: ServedIndex, secret_of: Callable[[str], str]
) -> None:
    browser.post("/api/session", json={"key": secret_of("read")})
    copied = {"Cookie": f"{COOKIE}={browser.cookies[COOKIE]}"}
    assert guarded.client.get("/api/index", headers=copied).status_code == 200
    assert browser.delete("/api/session").status_code == 204
    assert COOKIE not in browser.cookies
    assert guarded.client.get("/api/index", headers=copied).status_code == 401
    assert browser.delete("/api/session").status_code == 204


def test_a_session_ends_when_its_key_is_revoked(browser: httpx.Client, keys: KeyFile) -> None:
    key, secret = keys.add("lost", Right.READ)
    browser.post("/api/session", json={"key": secret})
    assert browser.get("/api/index").status_code == 200
    keys.revoke("lost")
    told = browser.get("/api/index")
    assert_problem(told, 401, "needs a key")
    assert key.id not in told.text


def test_a_cookie_that_is_none_of_ours_is_no_key(guarded: ServedIndex) -> None:
    for cookie in (COOKIE, f"{COOKIE}=", f"{COOKIE}=a", f"{COOKIE}=%00", f"other={'a' * 43}"):
        told = guarded.client.get("/api/index", headers={"Cookie": cookie})
        assert told.status_code == 401


def test_what_is_no_key_is_told_what_is_wrong(browser: httpx.Client) -> None:
    for body, status in (
        ({}, 422),
        ({"key": ""}, 422),
        ({"key": 7}, 422),
        ({"key": "a" * 201}, 422),
    ):
        assert_problem(browser.post("/api/session", json=body), status)
    assert_problem(browser.post("/api/session", content=b"x"), 415)
    assert_problem(browser.post("/api/session", json={"key": "a"}), 401, "not valid")

"""What a request asks with and what a reply says: validators, redirects, a wish for rest."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ArticleError
from index.fetch.exchange import NO_VALIDATORS, Validators, _seconds_of
from index.fetch.fetch import FetchedPage, Fetcher, NotModified, PageRequest
from tests.support.hostile.servers import OWN, Site, fetched, page, redirect

UNCHANGED = page(b"", status="304 Not Modified")
MODIFIED = "Wed, 21 Oct 2015 07:28:00 GMT"


def header(request: str, name: str) -> str | None:
    """Return a header of a request."""
    lines = (line.partition(": ") for line in request.split("\r\n"))
    return next((value for key, _, value in lines if key.lower() == name.lower()), None)


def test_a_page_is_asked_for_only_if_it_changed_with_what_it_came_with() -> None:
    with Site({"/": page(b"x", 'ETag: "甲"', f"Last-Modified: {MODIFIED}")}) as site:
        assert fetched(site.at("/")).validators == Validators(site.at("/"), "", MODIFIED)
        site.answers["/"] = page(b"x", 'ETag: W/"1"', f"Last-Modified: {MODIFIED}")
        got = fetched(site.at("/"))
        assert got.validators == Validators(site.at("/"), 'W/"1"', MODIFIED)
        assert header(site.requests[-1], "If-None-Match") is None
        site.answers["/"] = UNCHANGED
        again = Fetcher(OWN).fetch(PageRequest(site.at("/"), got.validators))
        assert again == NotModified(is_private=True)
        assert header(site.requests[-1], "If-None-Match") == 'W/"1"'
        assert header(site.requests[-1], "If-Modified-Since") == MODIFIED


def test_validators_are_sent_to_the_address_that_gave_them_and_to_no_other() -> None:
    with Site({"/": redirect("/1"), "/1": page(b"x", 'ETag: "1"'), "/2": page(b"y")}) as site:
        validators = fetched(site.at("/")).validators
        assert validators.url == site.at("/1")
        site.answers["/1"] = UNCHANGED
        fetcher = Fetcher(OWN)
        assert isinstance(fetcher.fetch(PageRequest(site.at("/"), validators)), NotModified)
        assert [header(request, "If-None-Match") for request in site.requests[-2:]] == [None, '"1"']
        site.answers["/"] = redirect("/2")
        got = fetcher.fetch(PageRequest(site.at("/"), validators))
        assert isinstance(got, FetchedPage)
        assert got.data == b"y"
        assert header(site.requests[-1], "If-None-Match") is None


def test_a_304_that_was_not_asked_for_is_a_failure() -> None:
    with Site({"/": UNCHANGED}) as site:
        for validators in (NO_VALIDATORS, Validators(site.at("/other"), '"1"')):
            with pytest.raises(ArticleError, match="was answered with “304 Not Modified”"):
                Fetcher(OWN).fetch(PageRequest(site.at("/"), validators))


@given(st.text(max_size=30))
def test_any_wish_for_rest_is_some_seconds_or_none(value: str) -> None:
    seconds = _seconds_of(value)
    assert seconds is None or seconds >= 0


def test_a_wish_for_rest_may_name_a_moment() -> None:
    moment = datetime.now(UTC) + timedelta(minutes=10)
    seconds = _seconds_of(format_datetime(moment, usegmt=True))
    assert seconds is not None
    assert 500 < seconds <= 600

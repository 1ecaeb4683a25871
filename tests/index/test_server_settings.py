"""Settings of a server among others: what does not fit is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from index.settings import Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("trusted_proxy", "localhost"),
        ("trusted_proxy", "10.0.0.0/33"),
        ("trusted_proxy", "127.0.0.1:80"),
        ("public_url", "example.org/yiju"),
        ("public_url", "https://example.org/yiju?a=b"),
        ("public_url", "https://user@example.org/"),
        ("public_url", "https://example.org/a//b"),
        ("public_url", 'https://example.org/"'),
        ("cors_origins", "*"),
        ("cors_origins", "https://*.example"),
        ("cors_origins", "https://app.example/"),
        ("cors_origins", "app.example"),
        ("cors_origins", "null"),
        ("metrics", "yes"),
        ("log", "verbose"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=name):
        Settings.model_validate({name: value})


def test_what_fits_is_kept_in_the_form_in_which_it_is_compared() -> None:
    settings = Settings(
        trusted_proxy="127.0.0.1, 10.0.0.0/8 ::1",
        public_url="https://example.org/yiju",
        cors_origins="https://App.example:443,http://localhost:3000",
    )
    assert settings.listed_proxies == ["127.0.0.1", "10.0.0.0/8", "::1"]
    assert (settings.public_url, settings.public_host) == (
        "https://example.org/yiju/", ["example.org"],
    )  # fmt: skip
    assert settings.listed_origins == ["https://app.example", "http://localhost:3000"]
    assert Settings().public_host == []


@given(st.text(max_size=40))
def test_an_address_that_is_taken_can_stand_in_a_link(text: str) -> None:
    try:
        address = Settings(public_url=f"https://example.org/{text}").public_url
    except ValidationError:
        return
    assert address.startswith("https://example.org/")
    assert address.endswith("/")
    assert not set(address) & set(" <>\"'`?#\\\n")

"""A key is random, and nothing else is taken for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from index.access.access_key import (
    AccessKey,
    Right,
    digest_of,
    id_of,
    is_secret_of,
    new_secret,
)

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def key_of(secret: str) -> AccessKey:
    return AccessKey(id_of(secret) or "", "a", Right.ASK, digest_of(secret), NOW)


def test_keys_are_all_different_and_name_themselves() -> None:
    secrets = [new_secret() for _ in range(200)]
    assert len(set(secrets)) == 200
    assert all((id_of(secret) or "?") == secret[:13] for secret in secrets)
    assert {len(secret) for secret in secrets} == {66}


@given(st.text(max_size=80))
def test_no_other_text_is_the_key(text: str) -> None:
    secret = new_secret()
    assert is_secret_of(secret, key_of(secret))
    assert not is_secret_of(text, key_of(secret))
    assert not is_secret_of(secret, None)


@given(st.integers(0, 65), st.sampled_from("abc234_ é\n"))
def test_a_key_with_another_character_is_not_the_key(at: int, char: str) -> None:
    secret = new_secret()
    other = secret[:at] + char + secret[at + 1 :]
    assert is_secret_of(other, key_of(secret)) is (other == secret)


def test_rights_include_those_before_them() -> None:
    assert Right.NONE < Right.READ < Right.ASK < Right.WRITE
    assert [right.label for right in Right] == ["none", "read", "ask", "write"]


def test_a_key_expires_at_its_instant_and_one_without_never() -> None:
    key = key_of(new_secret())
    assert not key.is_expired(datetime.max.replace(tzinfo=UTC))
    limited = replace(key, expires_at=NOW)
    assert limited.is_expired(NOW)
    assert not limited.is_expired(NOW - timedelta(seconds=1))

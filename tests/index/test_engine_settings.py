"""An address of Milvus has no password in it, and a token is kept to itself."""

import pytest
from pydantic import ValidationError

from index.settings import Settings


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:19530", "https://milvus.example", "http://[::1]:19530/news", "http://m:1/"],
)
def test_an_address_with_or_without_a_database_fits(address: str) -> None:
    assert Settings.model_validate({"milvus_uri": address}).milvus_uri == address.rstrip("/")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1:19530", "milvus.db", "http://a:b@milvus", "http://m/a/b", "http://m?x", "grpc://m"],
)
def test_another_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(ValidationError, match="write it as http://127"):
        Settings.model_validate({"milvus_uri": address})


def test_a_token_is_not_shown_and_has_visible_characters_only() -> None:
    assert "secret" not in repr(Settings.model_validate({"milvus_token": "root:secret"}))
    with pytest.raises(ValidationError, match="visible ASCII"):
        Settings.model_validate({"milvus_token": "two words"})

"""What the tests of the index share."""

from pathlib import Path

import pytest

from index.words import Words
from tests.index import tiny


@pytest.fixture
def words() -> Words:
    return tiny.words()


@pytest.fixture
def house(tmp_path: Path) -> tiny.House:
    return tiny.House(tmp_path / "house")

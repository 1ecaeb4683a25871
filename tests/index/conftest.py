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


@pytest.fixture
def changing(house: tiny.House, monkeypatch: pytest.MonkeyPatch) -> tiny.House:
    """Five articles indexed; then one changed, one gone and two new."""
    monkeypatch.setattr("index.making._BATCH", 1)
    monkeypatch.setattr("index.intake._BATCH", 2)
    for name in "abcde":
        house.put(f"{name}.txt", f"这是{name}的第一版，说了一些事情。")
    house.rebuild()
    house.put("a.txt", "这是第二版，说了别的事情。")
    (house.articles / "b.txt").unlink()
    house.put("f.txt", "这是新的一篇，说了新的事情。")
    house.put("g.txt", "这也是新的一篇，说了新的事情。")
    return house

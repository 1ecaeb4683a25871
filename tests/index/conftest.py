"""What the tests of the index share."""

from pathlib import Path

import pytest

from index.batches import Workload
from index.text.analyzer import Analyzer
from tests.support import small_index


@pytest.fixture
def analyzer() -> Analyzer:
    return small_index.analyzer()


@pytest.fixture
def house(tmp_path: Path) -> small_index.SmallIndex:
    return small_index.SmallIndex(tmp_path / "house")


@pytest.fixture
def changing(
    house: small_index.SmallIndex,
) -> small_index.SmallIndex:
    """Five articles indexed; then one changed, one gone and two new."""
    house.workload = Workload(files=2, passages=1)
    for name in "abcde":
        house.put(f"{name}.txt", f"这是{name}的第一版，说了一些事情。")
    house.rebuild()
    house.put("a.txt", "这是第二版，说了别的事情。")
    (house.articles / "b.txt").unlink()
    house.put("f.txt", "这是新的一篇，说了新的事情。")
    house.put("g.txt", "这也是新的一篇，说了新的事情。")
    return house

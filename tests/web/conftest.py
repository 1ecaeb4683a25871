"""A server shared by the tests that change articles, and a store for servers of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import run_yiju
from tests.support.served_index import MAX_UPLOAD, ServedIndex, served_index


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve a site that may be changed, with a small limit for uploads."""
    with served_index(tmp_path_factory.mktemp("site"), YIJU_MAX_UPLOAD=str(MAX_UPLOAD)) as shared:
        yield shared


@pytest.fixture(scope="module")
def station_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index an article about a station."""
    folder = tmp_path_factory.mktemp("station")
    (folder / "articles").mkdir()
    text = "中山站\n\n中山站建于1989年。"
    (folder / "articles" / "zhongshan.txt").write_text(text, encoding="utf-8")
    done = run_yiju("rebuild", folder / "articles", "--store", folder / "store")
    assert done.returncode == 0, done.stderr
    return folder / "store"

"""A server shared by the tests that change articles."""

from collections.abc import Iterator

import pytest

from tests.support.served_index import MAX_UPLOAD, ServedIndex, served_index


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve a site that may be changed, with a small limit for uploads."""
    with served_index(tmp_path_factory.mktemp("site"), YIJU_MAX_UPLOAD=str(MAX_UPLOAD)) as shared:
        yield shared

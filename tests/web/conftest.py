"""One server for all tests that change articles and don't need one of their own."""

from collections.abc import Iterator

import pytest

from tests.support.web_site import MAX_UPLOAD, Site, site


@pytest.fixture(scope="package")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that anyone may change, with a small limit for uploads."""
    with site(tmp_path_factory.mktemp("site"), YIJU_MAX_UPLOAD=str(MAX_UPLOAD)) as made:
        yield made

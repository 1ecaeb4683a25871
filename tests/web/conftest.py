"""A server shared by the tests that change articles."""

from collections.abc import Iterator

import pytest

from tests.support.web_site import MAX_UPLOAD, Site, site


@pytest.fixture(scope="package")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a site that may be changed, with a small limit for uploads."""
    with site(tmp_path_factory.mktemp("site"), YIJU_MAX_UPLOAD=str(MAX_UPLOAD)) as shared:
        yield shared

"""A server that needs keys, of two processes, and callers with each right."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import httpx
import pytest

from index.access.access_key import Right
from index.access.access_state import AccessState
from index.access.key_file import KeyFile
from tests.support.served_index import ServedIndex, served_index

QUESTIONS, UPLOADED = 12, 3000
"""What a key may ask in an hour, and upload in a day."""

Caller = Callable[[str], httpx.Client]


@pytest.fixture(scope="package")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedIndex]:
    """Serve an index to those who have a key."""
    limits = {"YIJU_LIMIT_QUESTIONS": f"{QUESTIONS}/hour", "YIJU_LIMIT_UPLOADS": str(UPLOADED)}
    root = tmp_path_factory.mktemp("guarded")
    with served_index(root, YIJU_WITHOUT_KEY="none", YIJU_WORKERS="2", **limits) as served:
        yield served


@pytest.fixture(autouse=True)
def uncounted(guarded: ServedIndex) -> None:
    """Begin each test with counters that have counted nothing."""
    AccessState(guarded.store).forget_counters()


@pytest.fixture
def keys(guarded: ServedIndex) -> KeyFile:
    """Open the keys as a command does."""
    return KeyFile(guarded.store)


@pytest.fixture
def secret_of(keys: KeyFile) -> Callable[[str], str]:
    """Return what makes a new key with a right, `none` for no key."""

    def make(right: str) -> str:
        return keys.add(f"{right} {uuid4()}", Right[right.upper()])[1]

    return make


@pytest.fixture
def caller(guarded: ServedIndex, secret_of: Callable[[str], str]) -> Iterator[Caller]:
    """Return what makes a caller with a new key of a right."""
    opened: list[httpx.Client] = []

    def call(right: str) -> httpx.Client:
        headers = {} if right == "none" else {"Authorization": f"Bearer {secret_of(right)}"}
        address = guarded.client.base_url  # without encryption: certificates take 20 ms to load
        opened.append(httpx.Client(base_url=address, timeout=60, headers=headers, verify=False))
        return opened[-1]

    yield call
    for client in opened:
        client.close()

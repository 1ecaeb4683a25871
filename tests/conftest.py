"""Real stores, real servers and the command line, each made once for all tests."""

import gc
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from hypothesis import settings

from bench.processes import START_WITHIN, yiju_command
from tests.support.commands.forked_commands import run_forked, serving
from training.data_folder import DATA

ROOT = Path(__file__).parent.parent

# No deadline: the first text waits for the dictionary. The same examples in every run.
settings.register_profile("yiju", deadline=None, derandomize=True)
settings.load_profile("yiju")

# A shell has a job in the background ignore SIGINT, and what that job starts inherits it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A rebuild waits for the disk several times as long as it works, unless its disk is memory. TMPDIR
# chooses another one.
MEMORY, NEEDED = Path("/dev/shm"), 6 << 30
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > NEEDED:
    os.environ.setdefault("TMPDIR", str(MEMORY))
    tempfile.tempdir = None  # what was found before is forgotten

# Threads that wait for one another while another test runs take twice the processor time.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# One process a server starts sooner; tests of several processes say so.
os.environ.setdefault("YIJU_WORKERS", "1")
# What tries questions takes two seconds to load; tests of suggestions have them made.
os.environ.setdefault("YIJU_SUGGESTIONS", "0")

WITHIN = 180
"""Seconds for what is waited for to come; generous: other work may be done beside the tests."""

LONG = (
    "tests/faults/", "tests/user_pages/", "tests/training/", "tests/web/", "tests/cli/",
    "tests/yiju_retrievers/", "tests/python_api/", "tests/bench/", "tests/index/build/",
)  # fmt: skip
"""Folders whose files take longest. They begin first, so that no process ends with one of them."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the garbage collector from what is imported: a million objects, none of them garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


Run = Callable[..., subprocess.CompletedProcess[str]]


def run_yiju(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a process that is forked from one that has imported all it needs."""
    words = [str(argument) for argument in arguments]
    return run_forked(words, environment, START_WITHIN)


def run_afresh(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line as a user would, in a process that imports what it needs."""
    return subprocess.run(
        yiju_command(*arguments),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=START_WITHIN,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def until(sign: Callable[[], object]) -> None:
    """Waits for what is sure to come, with a deadline for the day on which it does not."""
    deadline = time.monotonic() + WITHIN
    while not sign():
        assert time.monotonic() < deadline, f"not within {WITHIN} s"
        time.sleep(0.01)


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample articles, indexed by the command line."""
    store = tmp_path_factory.mktemp("sample") / "store"
    done = run_yiju(
        "rebuild", ROOT / "articles", "--store", store, "--strict", YIJU_SUGGESTIONS="48"
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert done.stderr == "", "a rebuild that goes well has nothing to complain of"
    return store


@pytest.fixture(scope="session")
def server(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the sample articles."""
    with serving(sample_store, tmp_path_factory.mktemp("log") / "server.log") as address:
        yield address


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    """A client of that server."""
    # Nothing is encrypted, and the certificates take 20 ms to load.
    with httpx.Client(base_url=server, timeout=60, verify=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scraped article that Yiju was first made for."""
    article = DATA / "seed" / "smart-city.txt"
    if not article.exists():
        pytest.skip(f"needs {article}: docs/data.md says where the data folder is looked for")
    store = tmp_path_factory.mktemp("seed") / "store"
    done = run_yiju("rebuild", article, "--store", store)
    assert done.returncode == 0, done.stderr
    return store


@pytest.fixture(scope="session")
def eight_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static embedding of eight words in a folder of its own."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    vocabulary = {
        word: at for at, word in enumerate("[UNK] city money query text the a nist".split())
    }
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(7).normal(size=(len(vocabulary), 6)).astype(np.float32)
    folder = tmp_path_factory.mktemp("models") / "eight-words"
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return folder

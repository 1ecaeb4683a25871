"""A real Milvus Lite server on a free port of this machine, started when a test needs it."""

import atexit
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from index.milvus.milvus_server import MilvusServer
from index.milvus.milvus_vectors import MilvusDenseIndex
from index.milvus.milvus_words import MilvusLexicalIndex
from index.milvus.passage_rows import term_records, write_passages
from index.milvus.record_store import RecordStore
from index.milvus.term_table import TermTable
from index.milvus.term_weights import NO_TERM, TermWeigher
from index.models.encoder import Vectors
from index.search.lexical import stemmer
from index.search.lexical_index import PassageTerms
from tests.conftest import until

# Tests rebuild in the process that has a connection; gRPC's own handlers break what is forked then.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "false")

IS_INSTALLED = all(find_spec(name) for name in ("pymilvus", "milvus_lite"))
needs_milvus = pytest.mark.skipif(not IS_INSTALLED, reason="needs the extra milvus")
"""Mark of tests that need the packages for Milvus."""

_numbers = itertools.count(1)


class LiteServer:
    """A server in a process of its own, with its data in a folder; it can be stopped and started.

    It keeps its port.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.uri = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "LiteServer":
        """Start it, and wait until it listens."""
        options = ["--data-dir", str(self._folder), "--host", "127.0.0.1", "--port", str(self.port)]
        with (self._folder.parent / f"{self._folder.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "milvus_lite", "server", *options], stdout=log, stderr=log
            )
        until(self._listens)
        return self

    def _listens(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "Milvus Lite has ended"
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Kill it, as an outage would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def lite_server(folder: Path) -> Iterator[LiteServer]:
    """Run a server of one's own for a block."""
    server = LiteServer(folder)
    try:
        yield server.start()
    finally:
        server.stop()


@cache
def shared_server() -> MilvusServer:
    """Connect to a server that the tests of this process share."""
    folder = Path(tempfile.mkdtemp())
    server = LiteServer(folder / "data")
    (folder / "data").mkdir()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.stop)
    return MilvusServer(server.start().uri)


def vectors_in_milvus(vectors: Mapping[int, Vectors]) -> MilvusDenseIndex:
    """Write vectors, by the numbers of their passages, to a collection of their own."""
    server, name = shared_server(), f"vectors_{next(_numbers)}"
    dim = len(next(iter(vectors.values()))) if vectors else None
    rows = ((number, {NO_TERM: 1.0}, "") for number in vectors)
    write_passages(server, name, dim, rows, lambda numbers: np.stack([vectors[n] for n in numbers]))
    return MilvusDenseIndex(server, name, len(vectors), dim)


def words_in_milvus(passages: Mapping[int, PassageTerms]) -> MilvusLexicalIndex:
    """Write terms, by the numbers of their passages, to collections of their own."""
    server, name, stems = shared_server(), f"words_{next(_numbers)}", stemmer()
    with tempfile.TemporaryFile() as file:
        weigher = TermWeigher(stems, file)
        for number, terms in passages.items():
            weigher.add(number, terms)
        rows = ((number, weights, "") for number, weights in weigher.weighed())
        write_passages(
            server, name, 2, rows, lambda numbers: np.ones((len(numbers), 2), np.float32)
        )
        server.create_records(f"{name}_records")
        records = RecordStore(server, f"{name}_records")
        records.put(term_records(weigher))
        server.finish(f"{name}_records")
    return MilvusLexicalIndex(server, name, TermTable(records, {}), len(passages), stems)

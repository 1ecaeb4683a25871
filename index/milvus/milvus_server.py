"""Calls to a Milvus server, with limits of time and plain errors.

What is stored where is left to the other modules.
"""

import logging
import socket
import threading
import time
from collections.abc import Mapping, Sequence
from copy import copy
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from index.errors import AwayError, ModelError
from index.milvus.milvus_errors import MissingCollectionError, NotLoadedError, away, plain_errors

MOST_HITS = 16_384
"""The most hits that Milvus returns of a search."""

READ_WITHIN = 10.0
"""Seconds for which a search or a look-up is waited for; a restart may take as long."""

WRITE_WITHIN = 600.0
"""Seconds for which a call that writes is waited for, as the building of an index takes long."""

_PORT = 19530
_CONNECT_WITHIN = 5.0  # seconds
_RETRY = 0.1  # seconds
_CHANNEL = {
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.min_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": 1000,
    "grpc.keepalive_time_ms": 60_000,
}
"""After an outage gRPC would wait up to two minutes; of more pings servers complain."""
_PAUSE = 0.2  # seconds until a connection that failed is tried again
_SMALL = 500_000
"""The most vectors that are compared one by one; more are compared by codes of 4 bits first.

A graph (HNSW) or a part of the lists (IVF) loses a tenth: see `index.search.dense.codes`.
"""
_LISTS = 64  # all of them are searched
_COMPARED = 8  # vectors compared for each one wanted

SparseVector = Mapping[int, float]
Row = Mapping[str, Any]


class MilvusServer:
    """A server, connected to when it is first needed. Threads may share it, forks may not."""

    def __init__(self, uri: str, token: str = "", read_within: float = READ_WITHIN) -> None:
        """Take the address and the token, if it asks for one.

        Raises:
            ModelError: the package that speaks to Milvus is not installed.
        """
        if find_spec("pymilvus") is None:
            raise ModelError(
                "Milvus needs packages that are not installed. Add them with: pip install "
                "'yiju[milvus]'"
            )
        self.uri = uri
        self._token = token
        self._read_within = read_within
        self._client: Any = None
        self._failed: tuple[Exception, float] | None = None
        self._connecting = threading.Lock()

    def check_listens(self) -> None:
        """Refuse an address that nothing listens at, before work that takes long.

        Not by gRPC, whose threads do not bear the forks of a rebuild.

        Raises:
            AwayError: nothing does.
        """
        parts = urlsplit(self.uri)
        port = parts.port or (443 if parts.scheme == "https" else _PORT)
        try:
            socket.create_connection((parts.hostname or "", port), _CONNECT_WITHIN).close()
        except OSError as error:
            raise away() from error

    def search(  # noqa: PLR0913, PLR0917 - what a search is
        self,
        collection: str,
        field: str,
        vector: Any,  # noqa: ANN401 - dense or sparse
        limit: int,
        condition: str = "",
        output: Sequence[str] = (),
    ) -> list[tuple[int, float, Row]]:
        """Return the passages with the highest inner products: number, product, fields."""
        [hits] = self._read(
            "search",
            collection,
            data=[vector],
            anns_field=field,
            limit=limit,
            filter=condition,
            output_fields=list(output),
            search_params={"metric_type": "IP", "params": _by_codes(limit)}
            if field == "vector"
            else {"metric_type": "IP"},
        )
        return [(int(hit["id"]), float(hit["distance"]), hit["entity"]) for hit in hits]

    def get(
        self, collection: str, keys: Sequence[int] | Sequence[str], output: Sequence[str]
    ) -> list[Row]:
        """Return the rows with these keys, in any order; without those that are missing."""
        if not keys:
            return []
        return list(self._read("get", collection, ids=list(keys), output_fields=list(output)))

    def count(self, collection: str) -> int:
        """Return how many rows a collection has, all that were written included."""
        [row] = self._read(
            "query", collection, filter="", output_fields=["count(*)"], consistency_level="Strong"
        )
        return int(row["count(*)"])

    def names(self) -> list[str]:
        """Return the names of all collections."""
        return list(self._read("list_collections"))

    def target(self, alias: str) -> str | None:
        """Return the collection that an alias stands for, None if there is no such alias."""
        try:
            described = self._read("describe_alias", alias)
        except MissingCollectionError:
            return None
        return str(described["collection_name"])

    def point(self, alias: str, collection: str) -> None:
        """Have an alias stand for a collection, in one call."""
        move = "create_alias" if self.target(alias) is None else "alter_alias"
        self._call(move, self._read_within, collection, alias)

    def drop(self, collection: str) -> None:
        """Drop a collection if it is there."""
        self._call("drop_collection", WRITE_WITHIN, collection)

    def create_passages(self, name: str, dim: int, count: int) -> None:
        """Create the collection of an index version's passages, of which there will be `count`."""
        from pymilvus import DataType, MilvusClient

        schema = MilvusClient.create_schema()
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dim)
        schema.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
        schema.add_field("record", DataType.VARCHAR, max_length=65_535)
        coded = {"index_type": "SCANN", "params": {"nlist": _LISTS, "with_raw_data": True}}
        dense = {"index_type": "FLAT"} if count <= _SMALL else coded
        self._create(
            name, schema, {"vector": dense, "terms": {"index_type": "SPARSE_INVERTED_INDEX"}}
        )

    def create_records(self, name: str) -> None:
        """Create a collection of texts by key."""
        from pymilvus import DataType, MilvusClient

        schema = MilvusClient.create_schema()
        schema.add_field("key", DataType.VARCHAR, max_length=64, is_primary=True)
        schema.add_field("parts", DataType.INT32)
        schema.add_field("value", DataType.VARCHAR, max_length=65_535)
        # A collection must have a vector; nothing is searched by this one.
        schema.add_field("nothing", DataType.FLOAT_VECTOR, dim=2)
        self._create(name, schema, {"nothing": {"index_type": "FLAT"}})

    def _create(self, name: str, schema: Any, indexes: Mapping[str, Row]) -> None:  # noqa: ANN401
        from pymilvus import MilvusClient

        self._call("create_collection", WRITE_WITHIN, name, schema=schema)
        for field, kind in indexes.items():
            wanted = MilvusClient.prepare_index_params()
            wanted.add_index(field, metric_type="IP", **kind)
            self._call("create_index", WRITE_WITHIN, name, wanted, sync=False)

    def insert(self, collection: str, rows: list[dict[str, Any]]) -> None:
        """Insert rows whose keys are new."""
        if rows:
            self._call("insert", WRITE_WITHIN, collection, rows)

    def finish(self, collection: str) -> None:
        """Make what was inserted durable, and load it for searches."""
        self._call("flush", WRITE_WITHIN, collection)
        self.load(collection)

    def load(self, collection: str) -> None:
        """Load a collection for searches, if it is not."""
        self._call("load_collection", WRITE_WITHIN, collection)

    def release(self, collection: str) -> None:
        """Free the memory that a collection takes; what searches it has it loaded again."""
        self._call("release_collection", WRITE_WITHIN, collection)

    def _read(self, method: str, *arguments: object, **options: object) -> Any:  # noqa: ANN401
        """Call what changes nothing, again while the server is away: it may be restarting."""
        until = time.monotonic() + self._read_within
        while True:
            try:
                return self._call(method, self._read_within, *arguments, **options)
            except AwayError:
                if time.monotonic() >= until:
                    raise
                time.sleep(_RETRY)
            except NotLoadedError:  # Milvus Lite forgets at a restart what was loaded
                if time.monotonic() >= until:
                    raise
                self._call("load_collection", self._read_within, arguments[0])

    def _call(self, method: str, within: float, *arguments: object, **options: object) -> Any:  # noqa: ANN401
        with plain_errors(method):
            return getattr(self._connected(), method)(*arguments, timeout=within, **options)

    def _connected(self) -> Any:  # noqa: ANN401
        """Return the client, connected now if it is not.

        What waited for a try that failed fails with it, or each would wait anew.
        """
        with self._connecting:
            if self._client is None:
                if self._failed and time.monotonic() < self._failed[1]:
                    raise copy(self._failed[0])
                try:
                    self._client = self._connect()
                except Exception as error:
                    self._failed = (error, time.monotonic() + _PAUSE)
                    raise
            return self._client

    def _connect(self) -> Any:  # noqa: ANN401
        from pymilvus import MilvusClient

        # It logs what it raises, with a traceback; we tell it in a sentence.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        return MilvusClient(
            uri=self.uri,
            token=self._token,
            timeout=self._read_within,
            dedicated=True,
            grpc_options=_CHANNEL,
        )


def _by_codes(limit: int) -> dict[str, int]:
    """Return how a search by codes is done; comparing one by one takes no notice of it."""
    return {"nprobe": _LISTS, "reorder_k": max(200, _COMPARED * limit)}

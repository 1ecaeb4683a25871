"""Texts by key in a collection of Milvus, of any length: cut into rows of 65,535 bytes at most.

What is stored under which key is told in `record_keys`.
"""

from collections.abc import Iterable, Iterator, Sequence

from index.batches import batches
from index.milvus.milvus_server import MilvusServer, Row

ROW_BYTES = 60_000
"""Bytes of a text in one row; Milvus holds 65,535."""

_ROWS = 500  # inserted together
_MOST_BYTES = 8_000_000  # inserted together: a request may have 64 MB
_FETCHED = 1000  # keys looked up together
_FETCHED_PARTS = 200  # of long texts


class RecordStore:
    """The texts of one index version. Threads may share it."""

    def __init__(self, server: MilvusServer, collection: str) -> None:
        self._server = server
        self._collection = collection

    def get(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the texts of those keys that there are."""
        wanted = list(dict.fromkeys(keys))
        first = {row["key"]: row for row in self._fetched(wanted, _FETCHED)}
        later = [
            _part_key(key, part) for key, row in first.items() for part in range(1, row["parts"])
        ]
        parts = {row["key"]: row["value"] for row in self._fetched(later, _FETCHED_PARTS)}
        return {
            key: row["value"]
            + "".join(parts[_part_key(key, part)] for part in range(1, row["parts"]))
            for key, row in first.items()
        }

    def text(self, key: str) -> str | None:
        """Return the text of a key, None if there is none."""
        return self.get([key]).get(key)

    def _fetched(self, keys: Sequence[str], at_once: int) -> Iterator[Row]:
        for batch in batches(keys, at_once):
            yield from self._server.get(self._collection, batch, ["key", "parts", "value"])

    def put(self, records: Iterable[tuple[str, str]]) -> int:
        """Write texts under new keys; return how many rows they take."""
        rows, size, count = list[dict[str, object]](), 0, 0
        for key, text in records:
            parts = cut(text)
            for part, value in enumerate(parts):
                name = _part_key(key, part) if part else key
                rows.append(
                    {"key": name, "parts": len(parts), "value": value, "nothing": [0.0, 0.0]}
                )
                size += ROW_BYTES if len(parts) > 1 else len(value)
                if len(rows) >= _ROWS or size >= _MOST_BYTES:
                    self._server.insert(self._collection, rows)
                    rows, size, count = [], 0, count + len(rows)
        self._server.insert(self._collection, rows)
        return count + len(rows)


def cut(text: str) -> list[str]:
    """Cut a text into parts that a row holds, at least one.

    >>> [len(part) for part in cut("文" * 50_000)]
    [20000, 20000, 10000]
    """
    data, parts = text.encode("utf-8"), list[str]()
    while len(data) > ROW_BYTES:
        end = ROW_BYTES
        while data[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        parts.append(data[:end].decode("utf-8"))
        data = data[end:]
    return [*parts, data.decode("utf-8")]


def _part_key(key: str, part: int) -> str:
    return f"{key}.{part}"

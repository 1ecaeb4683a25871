"""The systems that read the documents: Yiju, and other readers in an environment of their own."""

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from bench.documents import peer
from index.ingest.read import read_file
from index.progress import Progress

YIJU = "Yiju"
PEERS = tuple(peer.READERS)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a system made of documents: the texts of those that it read, the errors of others.

    `formats` are those that it knows, empty for all.
    """

    system: str
    texts: Mapping[str, str]
    errors: Mapping[str, str]
    formats: frozenset[str] = field(default=frozenset())


def read_with_yiju(documents: Sequence[Path], progress: Progress) -> Reading:
    """Read documents as a rebuild does."""
    texts, errors = {}, {}
    for done, path in enumerate(documents):
        progress(YIJU, done, len(documents))
        articles, failures = read_file(path.name, path.read_bytes())
        texts[path.name] = "\n".join(article.text for article in articles)
        if failures:
            errors[path.name] = "; ".join(failure.reason for failure in failures)
    progress(YIJU, len(documents), len(documents))
    return Reading(YIJU, texts, errors)


def read_with_peer(
    name: str, python: Path, documents: Sequence[Path], progress: Progress
) -> Reading:
    """Read documents with the peer of a name, run by the Python that has it.

    Raises:
        ClickException: the peer ended early; its last line of complaint is told.
    """
    # Without its own folder on the path: peers have modules of the names that are here.
    command = [str(python), "-P", peer.__file__, name, *map(str, documents)]
    lines: list[dict[str, Any]] = []
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as complaints,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints, encoding="utf-8"
        ) as process,
    ):
        for line in process.stdout or ():
            progress(name, len(lines), len(documents))
            lines.append(json.loads(line))
        if process.wait():
            complaints.seek(0)
            last = (complaints.read().strip().splitlines() or ["no word"])[-1]
            raise click.ClickException(f"{name} ended with {process.returncode}: {last}")
    progress(name, len(documents), len(documents))
    head, *read = lines
    return Reading(
        f"{name} {head['version']}",
        {line["document"]: line["text"] for line in read if "text" in line},
        {line["document"]: line["error"] for line in read if "error" in line},
        frozenset(head["formats"]),
    )

"""The parts that the handlers work with, handed in where the server is put together."""

from dataclasses import dataclass

from index.build.edits import Editor
from index.search.live import LiveIndex
from qa.answerer import Answerer
from web.rebuild_process import Rebuilder


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """What may be asked: bytes of a body and of an upload, whether articles may be changed."""

    body: int
    upload: int
    read_only: bool


@dataclass(frozen=True, slots=True)
class Services:
    """What answers requests, what changes the articles, and the limits to keep."""

    live: LiveIndex
    answerer: Answerer
    editor: Editor
    rebuilder: Rebuilder
    limits: ServerLimits
    version: str

"""The parts that the handlers work with, handed in where the server is put together."""

from dataclasses import dataclass

from index.live import LiveIndex
from qa.answerer import Answerer


@dataclass(frozen=True, slots=True)
class Services:
    """What answers requests, and the limits to keep."""

    live: LiveIndex
    answerer: Answerer
    version: str
    max_body: int

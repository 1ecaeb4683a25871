"""The systems that are measured: each library as it comes, and with our encoder and jieba."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

import click

from bench.peers.retriever import Build

YIJU = "Yiju"


@dataclass(frozen=True, slots=True)
class System:
    """A library in one of its forms.

    `home` is the function or class that builds it, as `module:name`. It is left out over more than
    `most_passages`, if that is given.
    """

    name: str
    library: str
    home: str
    most_passages: int | None = None

    def build(self) -> Build:
        """Import what builds it, which takes memory and time that no index is to blame for."""
        module, name = self.home.split(":")
        made: Build = getattr(import_module(f"bench.peers.{module}"), name)
        return made

    def takes(self, passages: int) -> bool:
        """Return whether it is measured over so many passages."""
        return self.most_passages is None or passages <= self.most_passages


SYSTEMS = (
    System(YIJU, "yiju", "with_yiju:Yiju"),
    System("txtai BM25", "txtai", "with_txtai:bm25"),
    # A transformer takes a tenth of a second a passage on one core.
    System("txtai hybrid, its own model", "txtai", "with_txtai:hybrid", most_passages=1000),
    System("txtai hybrid, our encoder, jieba", "txtai", "with_txtai:hybrid_ours"),
    System("Haystack BM25", "haystack-ai", "with_haystack:ByWords"),
    System("Haystack joined, our encoder, jieba", "haystack-ai", "with_haystack:Joined"),
    System("bm25s", "bm25s", "with_bm25s:as_it_comes"),
    System("bm25s, jieba", "bm25s", "with_bm25s:segmented"),
    System("LlamaIndex BM25", "llama-index-core", "with_llama_index:bm25"),
    System("LlamaIndex fused, our encoder, jieba", "llama-index-core", "with_llama_index:fused"),
)
LIBRARIES = tuple(dict.fromkeys(system.library for system in SYSTEMS))


def chosen(libraries: Sequence[str]) -> tuple[System, ...]:
    """Return Yiju, beside which ratios are told, and the systems of some libraries, or of all."""
    return tuple(
        system
        for system in SYSTEMS
        if not libraries or system.library in libraries or system.name == YIJU
    )


def versions(systems: Sequence[System]) -> str:
    """Return the libraries of the systems, each with its version.

    Raises:
        ClickException: one is not installed.
    """
    libraries = dict.fromkeys(system.library for system in systems)
    try:
        return ", ".join(f"{library} {version(library)}" for library in libraries)
    except PackageNotFoundError as error:
        raise click.ClickException(
            f"{error.name} is not installed here: `make peers` installs it."
        ) from error


def system_of(name: str) -> System:
    """Return the system of a name."""
    return next(system for system in SYSTEMS if system.name == name)

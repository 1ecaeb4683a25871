"""The examples in docstrings give what they say."""

import doctest
from importlib import import_module

import pytest

from tests.architecture.sources import PRODUCT, TOOLS, sources

# Run as a program by its path, in a process of its own.
PROGRAMS = {"index.ingest.formats.pdf.worker"}
MODULES = [
    source.module
    for source in sources(*PRODUCT, *TOOLS)
    if ">>>" in source.text and source.module not in PROGRAMS
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    outcome = doctest.testmod(import_module(name))
    assert outcome.attempted
    assert not outcome.failed

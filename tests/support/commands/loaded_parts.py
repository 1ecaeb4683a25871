"""What commands load of files that never change, loaded before they are forked.

The dictionary and the tokenizer of the bundled encoder take a command more processor time than all
else that it does. What it gets is what it would load: each process has them once, and loads what it
needs a second time, or of other bytes, itself.
"""

import ctypes
from collections.abc import Callable
from typing import Generic, TypeVar

import jieba
import rjieba
from tokenizers import Tokenizer

from index.models.loading import BUNDLED, model_folder
from index.text.word_list import WordList

Part = TypeVar("Part")


class LoadedPart(Generic[Part]):
    """A part for whoever loads it first in a process."""

    def __init__(self, part: Part) -> None:
        self._parts = [part]
        # Never freed: a process that ends would write to all its memory, and so copy it, for that.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(part))

    def take(self, load: Callable[[], Part]) -> Part:
        """Return the part the first time, what is loaded later."""
        return self._parts.pop() if self._parts else load()


def load_parts() -> None:
    """Load the parts, and replace what loads them."""
    _load_dictionary()
    make = rjieba.Jieba
    cutter = LoadedPart(make())
    rjieba.Jieba = lambda: cutter.take(make)  # type: ignore[misc, assignment]
    _load_tokenizer()


def _load_dictionary() -> None:
    with jieba.Tokenizer().get_dict_file() as file:
        dictionary = file.read().decode("utf-8")
    make: Callable[[str], WordList] = WordList.of
    part = LoadedPart(make(dictionary))

    def of(text: str) -> WordList:
        return part.take(lambda: make(text)) if text == dictionary else make(text)

    WordList.of = of  # type: ignore[method-assign]


def _load_tokenizer() -> None:
    load: Callable[[str], Tokenizer] = Tokenizer.from_file
    bundled = str(model_folder(BUNDLED) / "tokenizer.json")
    part = LoadedPart(load(bundled))

    def from_file(path: str) -> Tokenizer:
        return part.take(lambda: load(path)) if path == bundled else load(path)

    Tokenizer.from_file = from_file  # type: ignore[method-assign]

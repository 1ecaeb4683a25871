"""Python files as the rules see them, read from the repository or planted by a test."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import PurePosixPath

from tests.conftest import ROOT

PRODUCT = ("yiju", "cli", "index", "python_api", "qa", "web", "yiju_retrievers")
TOOLS = ("training", "bench")


@dataclass(frozen=True)  # with slots nothing could be cached
class Source:
    """A Python file: its path below the root, its text and its syntax tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree; those of all files take two seconds."""
        return ast.parse(self.text)

    @property
    def module(self) -> str:
        """The dotted name of the module, or of the package whose `__init__.py` this is."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def folder(self) -> str:
        """The folder of the file, empty at the top."""
        return str(PurePosixPath(self.path).parent).removeprefix(".")

    @property
    def is_module(self) -> bool:
        """Whether it is a module with a name of its own, neither `__init__` nor `__main__`."""
        return not PurePosixPath(self.path).stem.startswith("__")

    def imports(self) -> Iterator[str]:
        """Yield the modules that are imported, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.path}: imports are absolute"
                module = node.module or ""
                yield module
                yield from (f"{module}.{alias.name}" for alias in node.names)


def planted(files: Mapping[str, str]) -> list[Source]:
    """Return files that a test makes up, by their paths."""
    return [Source(path, text) for path, text in files.items()]


@cache
def sources(*tops: str) -> list[Source]:
    """Return every Python file of some top-level folders and modules, in order."""
    paths = (path for top in tops for path in [ROOT / f"{top}.py", *(ROOT / top).rglob("*.py")])
    names = sorted(path.relative_to(ROOT).as_posix() for path in paths if path.is_file())
    return planted({name: (ROOT / name).read_text(encoding="utf-8") for name in names})


def modules(files: Iterable[Source]) -> set[str]:
    """Return the dotted names of modules and packages."""
    return {source.module for source in files}

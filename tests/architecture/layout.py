"""How large files and folders may be, what is named once, and where tests and weights lie."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from tests.architecture.sources import Source

MOST_MODULES = 16
MOST_LINES = 280
# Tests that look at several modules at once, by the folder they lie in.
BESIDE_THE_MIRROR = (
    "tests/architecture", "tests/faults", "tests/support", "tests/user_pages", "tests/web",
)  # fmt: skip
_WEIGHTS = (".json", ".npz", ".safetensors")


def long_files(texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the files with too many lines."""
    for path, text in texts.items():
        count = len(text.splitlines())
        if count > MOST_LINES:
            yield f"{path} has {count} lines"


def crowded_folders(files: Sequence[Source]) -> Iterator[str]:
    """Yield the folders with too many modules."""
    counts = Counter(source.folder for source in files if source.is_module)
    for folder, count in counts.items():
        if count > MOST_MODULES:
            yield f"{folder} has {count} modules"


def names_used_twice(files: Sequence[Source]) -> Iterator[str]:
    """Yield names that two modules, or two public classes, share."""
    homes: dict[str, list[str]] = defaultdict(list)
    for source in files:
        if source.is_module:
            homes[f"module {PurePosixPath(source.path).stem}"].append(source.path)
        for node in source.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[f"class {node.name}"].append(source.path)
    for name, paths in homes.items():
        if len(paths) > 1:
            yield f"{name}: {', '.join(paths)}"


def packages_without_a_sign(files: Sequence[Source]) -> Iterator[str]:
    """Yield the folders whose `__init__.py` is missing or does not say what is in them."""
    signs = {
        source.folder: ast.get_docstring(source.tree)
        for source in files
        if source.path.endswith("/__init__.py")
    }
    for folder in {source.folder for source in files if source.folder}:
        if not signs.get(folder):
            yield f"{folder}/__init__.py has no docstring"


def unmirrored_tests(
    tests: Iterable[str], files: Sequence[Source], elsewhere: Iterable[str]
) -> Iterator[str]:
    """Yield the test files that mirror no module and lie in no folder for tests of several."""
    paths = {source.path for source in files}
    for path in tests:
        pure = PurePosixPath(path)
        folder, name = pure.parent.relative_to("tests"), pure.stem.removeprefix("test_")
        mirrored = (
            f"{folder}/{name}.py",
            f"{folder}/__{name}__.py",
            f"{folder}/{name}/__init__.py",
        )
        if not (
            paths.intersection(mirrored)
            or path.startswith(BESIDE_THE_MIRROR)
            or path in set(elsewhere)
        ):
            yield f"{path} mirrors no module"


def long_patterns_without_tests(files: Sequence[Source], tests: Iterable[str]) -> Iterator[str]:
    """Yield modules with a regular expression of several lines and no test of their name."""
    tested = {PurePosixPath(path).stem.removeprefix("test_") for path in tests}
    for source in files:
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "re.compile":
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno
            if lines > 2 and PurePosixPath(source.path).stem not in tested:
                yield f"{source.path}:{node.lineno}"


def weights_read_by_several(weights: Iterable[str], files: Sequence[Source]) -> Iterator[str]:
    """Yield files of learned weights whose name not exactly one module has."""
    for path in weights:
        name = PurePosixPath(path).name
        readers = [
            source.path for source in files if re.search(rf'["/]{re.escape(name)}"', source.text)
        ]
        if name.endswith(_WEIGHTS) and len(readers) != 1:
            yield f"{path} is read by {readers or 'no module'}"

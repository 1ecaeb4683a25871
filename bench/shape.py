"""`python -m bench.shape [FOLDER ...]`: the shape of Python code, to compare houses by.

Prints sizes of files and functions, the fullest folder, names used twice, loop variables that name
nothing, and docstrings; by default of Yiju's product, else of the packages in the folders given.
Tests, examples and documentation are left out.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
PRODUCT = ("yiju.py", "cli", "index", "qa", "web")
VAGUE = frozenset("one ones some found told made seen shown given thing things stuff".split())
MANY_PARAMETERS = 6
_LEFT_OUT = frozenset({"tests", "test", "docs", "examples", "benchmarks", ".venv"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


def main() -> None:
    """Print a line for each figure of each house."""
    houses = {"yiju": [ROOT / name for name in PRODUCT]}
    if sys.argv[1:]:
        houses = {Path(name).name: [Path(name)] for name in sys.argv[1:]}
    for name, tops in houses.items():
        print(name)
        for what, value in figures(dict(files_of(tops))).items():
            print(f"  {what:44} {value}")


def files_of(tops: list[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the Python files of files and folders with their text."""
    for top in tops:
        for path in [top] if top.is_file() else sorted(top.rglob("*.py")):
            if not _LEFT_OUT & set(path.relative_to(top.parent).parts):
                yield path, path.read_text(encoding="utf-8")


def figures(texts: Mapping[Path, str]) -> dict[str, object]:
    """Return the figures of a house by what they count."""
    trees = {path: ast.parse(text) for path, text in texts.items()}
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    functions = [node for node in nodes if isinstance(node, Function)]
    lines = [len(text.splitlines()) for text in texts.values()]
    lengths = [(node.end_lineno or 0) - node.lineno + 1 for node in functions]
    folders = Counter(path.parent for path in trees if not path.stem.startswith("__"))
    variables = [name for node in nodes for name in loop_variables(node)]
    public = [
        node
        for node in nodes
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")
    ]
    summaries = [summary for node in functions if (summary := summary_of(node))]
    return {
        "source files": len(texts),
        "lines": sum(lines),
        "file lines, median / longest": f"{median(lines):.0f} / {max(lines)}",
        "functions": len(functions),
        "function lines, median / longest": f"{median(lengths):.0f} / {max(lengths)}",
        "most modules in one folder": max(folders.values()),
        "file names / class names used twice": f"{_twice(trees)} / {_classes_twice(trees)}",
        "vague loop variables": f"{sum(name in VAGUE for name in variables)} of {len(variables)}",
        f"functions with {MANY_PARAMETERS} or more parameters": sum(map(has_many, functions)),
        "public functions and classes with a docstring": (
            f"{sum(ast.get_docstring(node) is not None for node in public) / len(public):.0%}"
        ),
        "words in a function's summary, median": (
            f"{median(len(summary.split()) for summary in summaries):.0f}"
        ),
    }


def loop_variables(node: ast.AST) -> Iterator[str]:
    """Yield the names that a loop or a comprehension binds."""
    if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        for part in ast.walk(node.target):
            if isinstance(part, ast.Name):
                yield part.id


def has_many(function: Function) -> bool:
    """Return whether a function takes many parameters, not counting `self`."""
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return sum(argument.arg not in {"self", "cls"} for argument in arguments) >= MANY_PARAMETERS


def summary_of(function: Function) -> str:
    """Return the first paragraph of a docstring, empty if there is none."""
    return (ast.get_docstring(function) or "").partition("\n\n")[0]


def _twice(trees: Mapping[Path, ast.Module]) -> int:
    names = Counter(path.stem for path in trees if not path.stem.startswith("__"))
    return sum(count > 1 for count in names.values())


def _classes_twice(trees: Mapping[Path, ast.Module]) -> int:
    classes = (node for tree in trees.values() for node in tree.body)
    names = Counter(
        node.name
        for node in classes
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    return sum(count > 1 for count in names.values())


if __name__ == "__main__":
    main()

"""Names that say something, docstrings with a verb, models and settings that are handed in."""

import ast
import re
from collections.abc import Iterator, Sequence

from tests.architecture.sources import Source

VAGUE = frozenset(
    "one ones some found told made seen shown given thing things stuff"
    " tmp foo helper helpers util utils misc".split()
)
"""Words that name nothing: no loop variable, function, attribute or field bears one."""

MOST_WORDS = 20
_ENVIRONMENT = frozenset({"os.environ", "os.environb", "os.getenv"})
# A summary that opens with one of these is a noun phrase or a clause, not what the function does.
_NO_VERB = re.compile(
    r"^(?:The|A|An|What|Whether|How|Where|When|Who|Which|All|Some|It|Its|This|That|Every|Each|No|"
    r"Nothing|Nobody|Whoever|As|So|Of|For|From|In|At|By|With|One|Two|Both|Several|Many|Same)\b"
)
_STATED = frozenset({"property", "cached_property", "fixture", "pytest.fixture"})
# Implementations that only their protocols may be asked for.
IMPLEMENTATIONS = frozenset({
    "StaticEncoder", "SentenceTransformerEncoder", "CrossEncoderReranker", "VectorIndex",
    "TantivyIndex",
})  # fmt: skip


def vague_names(files: Sequence[Source]) -> Iterator[str]:
    """Yield loop variables, functions, attributes and fields with a name that says nothing."""
    for source in files:
        for node in ast.walk(source.tree):
            for name in _named_by(node):
                if name.strip("_") in VAGUE:
                    yield f"{source.path}:{getattr(node, 'lineno', '?')}: {name}"


def _named_by(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node gives to what is gone through, done or kept."""
    if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        targets = (part for part in ast.walk(node.target) if isinstance(part, ast.Name))
        yield from (target.id for target in targets)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Lambda):
        yield from (argument.arg for argument in node.args.args)
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield node.attr
    if isinstance(node, ast.ClassDef):
        fields = (part.target for part in node.body if isinstance(part, ast.AnnAssign))
        yield from (field.id for field in fields if isinstance(field, ast.Name))


def bad_summaries(files: Sequence[Source]) -> Iterator[str]:
    """Yield docstrings whose first line is too long, or of a function and without its verb."""
    for source in files:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                summary = (ast.get_docstring(node) or "").partition("\n\n")[0]
                where = f"{source.path}:{getattr(node, 'lineno', 1)}"
                words = len(summary.split())
                if words > MOST_WORDS and not isinstance(node, ast.Module):
                    yield f"{where}: {words} words: {summary}"
                if _does_something(node) and _NO_VERB.match(summary):
                    yield f"{where}: {summary}"


def _does_something(node: ast.AST) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    decorators = {ast.unparse(part).partition("(")[0] for part in node.decorator_list}
    return not decorators & _STATED


def cached_models(files: Sequence[Source]) -> Iterator[str]:
    """Yield functions that keep what they read from a file for the whole process.

    A cached function without parameters is a global by another name; one that reads a file hides
    a model that ought to be handed in.
    """
    for source in files:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and not node.args.args:
                decorators = {ast.unparse(part).partition("(")[0] for part in node.decorator_list}
                reads = re.search(r"\.(?:read|load|open)\w*\(|Path\(__file__\)", ast.unparse(node))
                if decorators & {"cache", "lru_cache"} and reads:
                    yield f"{source.path}:{node.lineno}: {node.name}"


def questions_of_implementation(files: Sequence[Source]) -> Iterator[str]:
    """Yield every `isinstance` that asks for an implementation instead of its protocol."""
    for source in files:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance":
                names = {part.id for part in ast.walk(node.args[1]) if isinstance(part, ast.Name)}
                for name in sorted(names & IMPLEMENTATIONS):
                    yield f"{source.path}:{node.lineno}: isinstance(…, {name})"


def sources_of_the_environment(files: Sequence[Source]) -> Iterator[str]:
    """Yield every place that reads the environment, or could do so unseen."""
    for source in files:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ImportFrom) and node.module == "os":
                yield f"{source.path} imports from os: write os.… so that this can be seen"
            if isinstance(node, ast.Attribute) and ast.unparse(node) in _ENVIRONMENT:
                yield f"{source.path}:{node.lineno} reads the environment"

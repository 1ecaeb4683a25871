"""How many facts a system's reading holds: by set, format, kind, and of whole documents."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.documents.facts import Fact
from bench.documents.read_text import ReadText
from bench.documents.systems import Reading

_NAME_WIDTH = 16
_LEAST_WIDTH = 18


@dataclass(frozen=True, slots=True)
class Result:
    """Which facts hold of a reading; those of formats that the system doesn't know are left out."""

    reading: Reading
    outcomes: Sequence[tuple[Fact, bool]]

    def failed(self) -> Iterator[Fact]:
        """Yield the facts that do not hold."""
        return (fact for fact, holds in self.outcomes if not holds)


def judged(facts: Sequence[Fact], reading: Reading) -> Result:
    """Look for facts in what a system read."""
    texts = {name: ReadText(text) for name, text in reading.texts.items()}
    nothing = ReadText("")
    known = [fact for fact in facts if not reading.formats or fact.format in reading.formats]
    return Result(
        reading, [(fact, fact.holds(texts.get(fact.document, nothing))) for fact in known]
    )


def table_lines(results: Sequence[Result]) -> Iterator[str]:
    """Yield a table with a column for each system."""
    systems = [result.reading.system for result in results]
    for name, cells in [("", systems), *_rows(results)]:
        widths = (max(_LEAST_WIDTH, len(system) + 3) for system in systems)
        padded = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        yield f"{name:{_NAME_WIDTH}}{''.join(padded)}".rstrip()


def failure_lines(result: Result) -> Iterator[str]:
    """Yield the documents that a system did not read, and every fact that does not hold."""
    yield f"{result.reading.system}:"
    yield from (f"  {name} was not read: {error}" for name, error in result.reading.errors.items())
    for fact in result.failed():
        yield f"  {fact.id} [{fact.kind}] {fact.document}: {fact.claim}"


def _rows(results: Sequence[Result]) -> Iterator[tuple[str, list[str]]]:
    yield "all", [_share([holds for _, holds in result.outcomes]) for result in results]
    blank = "", ["" for _ in results]
    for title in ("set", "format", "kind"):
        yield blank
        columns = [_by(result, title) for result in results]
        for name in sorted({name for column in columns for name in column}):
            yield name, [_share(column.get(name, ())) for column in columns]
    yield blank
    whole = [[all(held) for held in _by(result, "document").values()] for result in results]
    yield "whole documents", [_share(held) for held in whole]


def _by(result: Result, title: str) -> Mapping[str, Sequence[bool]]:
    """Return the outcomes by a property of their facts."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for fact, holds in result.outcomes:
        groups[getattr(fact, title)].append(holds)
    return groups


def _share(outcomes: Sequence[bool]) -> str:
    if not outcomes:
        return "–"
    return f"{sum(outcomes)}/{len(outcomes)} {sum(outcomes) / len(outcomes):.3f}"

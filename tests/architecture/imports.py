"""Who may import whom: the breaches of `layers.py`."""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter

from tests.architecture.layers import HOMES, MAY_IMPORT, TOP_FLOOR
from tests.architecture.sources import Source, modules


def floor_of(module: str, table: Mapping[str, object]) -> str:
    """Return the table's entry for a module: itself, or the package that it lies in."""
    if module in table:
        return module
    package = module.rpartition(".")[0]
    return package or module


def forbidden_imports(
    files: Sequence[Source], table: Mapping[str, set[str]] = MAY_IMPORT
) -> Iterator[str]:
    """Yield every import that the table does not allow, and every package without an entry."""
    known = modules(files)
    packages = {source.module for source in files if source.path.endswith("/__init__.py")}
    for source in files:
        own = source.module if source.module in packages else floor_of(source.module, table)
        if own not in table:
            yield f"{source.path}: the package {own} is not in the table"
            continue
        for module in source.imports():
            top = module.partition(".")[0]
            if top in TOP_FLOOR or top == "tests":
                yield f"{source.path} imports {module}"
            if module in known:
                other = module if module in packages else floor_of(module, table)
                if other != own and other not in table[own]:
                    yield f"{source.path} imports {module}"


def circles(table: Mapping[str, set[str]] = MAY_IMPORT) -> list[str]:
    """Return the floors in an order in which each stands above what it may import.

    Raises:
        CycleError: two packages may import each other.
    """
    return list(TopologicalSorter(table).static_order())


def heavy_imports_away_from_home(files: Sequence[Source]) -> Iterator[str]:
    """Yield every import of a heavy package outside of its home."""
    for source in files:
        for module in source.imports():
            top = module.partition(".")[0]
            if top in HOMES and not source.path.startswith(HOMES[top]):
                yield f"{source.path} imports {module}"


def homes_without_their_package(files: Sequence[Source]) -> set[str]:
    """Return the packages that no file imports: entries that are left over."""
    return HOMES.keys() - {
        module.partition(".")[0] for source in files for module in source.imports()
    }

"""What is measured, and that no setting can know a measuring set."""

import ast
from pathlib import Path

import pytest

import bench.peers
from bench.peers.systems import LIBRARIES, SYSTEMS, YIJU, chosen

FOLDER = Path(bench.peers.__file__).parent
# Where passages are indexed and found; the questions come in over a pipe.
SETTINGS = sorted(
    path
    for path in FOLDER.glob("*.py")
    if path.stem.startswith("with_") or path.stem in {"retriever", "systems", "worker"}
)


@pytest.mark.parametrize("path", SETTINGS, ids=lambda path: path.stem)
def test_no_setting_is_made_where_answers_are_known(path: Path) -> None:
    modules = {
        name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else []
        )
    }  # fmt: skip
    ours = {name for name in modules if name.split(".")[0] in {"bench", "index", "qa", "training"}}
    allowed = {"bench.peers.retriever", "bench.peers.systems"}
    assert all(name in allowed or name.startswith("index.") for name in ours), ours


def test_every_home_is_a_module_with_that_name() -> None:
    for system in SYSTEMS:
        module, name = system.home.split(":")
        tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
        assert name in {getattr(node, "name", "") for node in tree.body}


def test_yiju_stands_first_whichever_libraries_are_chosen() -> None:
    assert chosen([]) == SYSTEMS
    for library in LIBRARIES:
        systems = chosen([library])
        assert systems[0].name == YIJU
        assert {system.library for system in systems} == {"yiju", library}


def test_a_transformer_is_left_out_over_many_passages() -> None:
    left_out = [system.name for system in SYSTEMS if not system.takes(10_000)]
    assert left_out == ["txtai hybrid, its own model"]
    assert all(system.takes(300) for system in SYSTEMS)

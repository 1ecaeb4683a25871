"""The house keeps its own rules: who may import whom, where heavy packages live, what is said."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator

import pytest

from index.settings import Settings
from tests.conftest import ROOT

# What each layer may import of the house.
MAY_IMPORT = {
    "index": {"index"},
    "qa": {"qa", "index"},
    "web": {"web", "qa", "index"},
    "yiju": {"cli", "web", "qa", "index"},
    "cli": {"cli", "qa", "index"},
    "training": {"training", "cli", "qa", "index"},
}
PRODUCT = ("cli", "index", "qa", "web")
# The one module (or folder) that may import a heavy package.
HOMES = {
    "faiss": "index/search/vectors.py",
    "tantivy": "index/search/lexical.py",
    "jieba": "index/text/analyzer.py",
    "rjieba": "index/text/analyzer.py",
    "datasketch": "index/text/minhash.py",
    "docx": "index/ingest/formats/docx/",
    "httpcore": "index/fetch/",
    "pypdfium2": "index/ingest/formats/pdf/worker.py",
    "opencc": "index/text/folding.py",
    "sentence_transformers": "index/models/transformer.py",
    "transformers": "index/models/transformer.py",
    "tokenizers": "index/models/static.py",
    "threadpoolctl": "index/models/static.py",
    "huggingface_hub": "index/models/loading.py",
    "torch": "index/models/transformer.py",
    "trafilatura": "index/ingest/formats/html.py",
    "markdown_it": "index/ingest/formats/markdown.py",
    "pydantic_settings": "index/settings.py",
    "flask": "web/",
    "flask_openapi3": "web/",
    "gunicorn": "web/server.py",
    "tqdm": "cli/output.py",
}


def sources(*layers: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product, or of some folders, by its path below the root."""
    tops = () if layers else ("yiju",)
    files = [ROOT / f"{name}.py" for name in tops]
    for layer in layers or PRODUCT:
        files += sorted((ROOT / layer).rglob("*.py"))
    for path in files:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


def test_layers_import_downwards_only() -> None:
    for name, tree in [*sources(), *sources("training")]:
        layer = name.split("/")[0].removesuffix(".py")
        for module in imports(tree):
            top = module.split(".")[0]
            if top in MAY_IMPORT:
                assert top in MAY_IMPORT[layer], f"{name} imports {module}"


def test_heavy_packages_have_one_home() -> None:
    used = set()
    for name, tree in sources():
        for module in imports(tree):
            top = module.split(".")[0]
            if top in HOMES:
                used.add(top)
                assert name.startswith(HOMES[top]), f"{name} imports {module}"
    assert used == HOMES.keys()


def test_only_the_settings_read_the_environment() -> None:
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "os":
                pytest.fail(f"{name} imports from os: write os.… so that this test can see it")
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv"):
                owner = node.value.id if isinstance(node.value, ast.Name) else ""
                assert owner != "os", f"{name} reads the environment"


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    program = "import sys, yiju; print({'torch', 'sentence_transformers'} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "set()"


def test_files_have_one_subject_and_stay_short() -> None:
    for name, _ in [*sources(), *sources("training", "bench")]:
        lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
        assert lines <= 280, f"{name} has {lines} lines"


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_setting_stands_in_the_readme_with_its_default(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    named = set(re.findall(r"`(YIJU_[A-Z_]+)`", text))
    assert named == {f"YIJU_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = field.default if field.default != "" else "(empty)"
        default = str(default).lower() if isinstance(default, bool) else default
        row = next(line for line in text.splitlines() if f"| `YIJU_{name.upper()}` |" in line)
        assert f"| `{default}` |" in row
        if readme == "README.md":
            assert (field.description or "?") in row


def test_make_targets_in_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for readme in ("README.md", "README.zh.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\bmake ([a-z]+)", (ROOT / readme).read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{readme}: make {target}"


def test_packages_are_listed_by_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(project["tool"]["setuptools"]["packages"])
    found = {
        path.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for layer in PRODUCT
        for path in (ROOT / layer).rglob("__init__.py")
    }
    assert listed == found


def test_every_dependency_is_pinned_in_the_constraints() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = project["dependencies"] + [one for extra in extras for one in extra]
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    names = {re.split(r"[><=~ ]", one)[0].lower().replace("_", "-") for one in wanted}
    assert names <= pinned
    assert "torch" in pinned


def test_the_repository_speaks_of_itself_alone() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False
    ).stdout.split()
    for name in tracked:
        path = ROOT / name
        if (
            not name.startswith("tests/data/pages/")  # some are in GB18030 and Big5
            and path.suffix in {".py", ".md", ".toml", ".txt", ".js", ".html", ".css", ""}
            and path.exists()
        ):
            text = path.read_text(encoding="utf-8")
            assert str(ROOT) not in text, name
            assert not re.search(r"pypi\.org|files\.pythonhosted", text), name


def test_documents_name_files_that_exist() -> None:
    for document in [ROOT / "README.md", ROOT / "README.zh.md", *(ROOT / "docs").glob("*.md")]:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (document.parent / target).exists(), f"{document.name}: {target}"

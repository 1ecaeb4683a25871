"""Documents name what exists, settings and dependencies are listed, nothing private is said."""

import re
import subprocess
import tomllib
from glob import glob
from pathlib import Path

import pytest

from index.settings import Settings
from tests.architecture.sources import PRODUCT, TOOLS
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("page", "empty"), [("docs/settings.md", "`(empty)`"), ("docs/zh/settings.md", "（空）")]
)
def test_every_setting_is_in_the_documents_with_its_default(page: str, empty: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`(YIJU_[A-Z_]+)`", text))
    assert named == {f"YIJU_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = field.default
        default = str(default).lower() if isinstance(default, bool) else default
        cell = f"`{default}`" if str(default) else empty
        row = next(line for line in text.splitlines() if f"| `YIJU_{name.upper()}` |" in line)
        assert f"| {cell} |" in row
        if page == "docs/settings.md":
            assert (field.description or "?") in row


def test_make_targets_in_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for readme in ("README.md", "README.zh.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\bmake ([a-z]+)", (ROOT / readme).read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{readme}: make {target}"


def test_packages_are_listed_by_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = set(project["tool"]["setuptools"]["packages"]) - {"yiju-stubs"}
    found = {
        path.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for layer in PRODUCT
        for path in (ROOT / layer).rglob("__init__.py")
    }
    assert listed == found


def test_every_file_of_the_product_is_packaged() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packaged = {
        path
        for top, patterns in project["tool"]["setuptools"]["package-data"].items()
        for pattern in patterns
        for path in glob(pattern, root_dir=ROOT / top, recursive=True)  # noqa: PTH207 - as setuptools
    }
    ours = {
        path.relative_to(ROOT / top).as_posix()
        for top in PRODUCT[1:]
        for path in (ROOT / top).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert ours <= packaged


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
            not name.startswith("tests/data/")  # some are in GB18030 and Big5
            and path.suffix in {".py", ".md", ".toml", ".txt", ".js", ".html", ".css", ""}
            and path.is_file()  # and no link to a folder
        ):
            text = path.read_text(encoding="utf-8")
            assert str(ROOT) not in text, name
            assert not re.search(r"pypi\.org|files\.pythonhosted", text), name


def documents() -> list[Path]:
    cards = (ROOT / "index" / "models").rglob("README.md")
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *cards]


def test_documents_link_to_headings_that_exist() -> None:
    def anchors(path: Path) -> set[str]:
        headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
        return {heading.replace(" ", "-") for heading in plain}

    for document in documents():
        text = document.read_text(encoding="utf-8")
        for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", text):
            linked = document.parent / target if target else document
            if linked.suffix == ".md":
                assert anchor in anchors(linked), f"{document}: {target}#{anchor}"


def test_documents_name_files_that_exist() -> None:
    for document in documents():
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_documents_name_paths_of_the_repository_that_exist() -> None:
    tops = "|".join((*PRODUCT[1:], *TOOLS, "tests", "docs"))
    for document in documents():
        text = document.read_text(encoding="utf-8")
        for path in re.findall(rf"(?<![\w/.-])((?:{tops})/[\w./-]*)", text):
            assert (ROOT / path.rstrip(".")).exists(), f"{document.name}: {path}"

"""The architecture's rules hold in the repository, and each complains of a planted breach."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from graphlib import CycleError

import pytest

from tests.architecture import imports, layout, names
from tests.architecture.sources import PRODUCT, TOOLS, Source, planted, sources
from tests.conftest import ROOT

ALL = (*PRODUCT, *TOOLS, "tests")
# Tests at the top of a tree, of what no single module does.
WHOLE = (
    "tests/test_architecture.py",
    "tests/test_doctests.py",
    "tests/test_documents.py",
    "tests/test_bundle.py",
    "tests/test_seed.py",
    "tests/cli/test_commands.py",
    "tests/cli/test_other_models.py",
    "tests/index/build/test_interrupted.py",
    "tests/index/ingest/boilerplate/test_labelled_pages.py",
    "tests/index/store/test_remedies.py",
    "tests/python_api/test_worked_examples.py",
    "tests/qa/test_odd_articles.py",
    "tests/qa/test_rule_cases.py",
    "tests/training/encoder/test_stages.py",
    "tests/training/rankers/test_stages.py",
)


def texts() -> dict[str, str]:
    """Every source file that people write, but for the tests' data."""
    patterns = ("*.py", "*.js", "*.css", "*.html", "*.sql", "*.toml")
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for top in (*PRODUCT[1:], "tests", *TOOLS)
        for pattern in patterns
        for path in (ROOT / top).rglob(pattern)
        if "tests/data" not in path.as_posix()
    } | {"yiju.py": (ROOT / "yiju.py").read_text(encoding="utf-8")}


def paths_of_tests() -> list[str]:
    """Every file of tests, by its path."""
    return [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")]


def weights() -> list[str]:
    """The files of learned weights in the product, but for the encoder's folder."""
    found = [*(ROOT / "index").rglob("*.json"), *(ROOT / "qa").rglob("*.json")]
    paths = [path for path in [*found, *(ROOT / "qa").rglob("*.npz")] if "yiju-zh" not in str(path)]
    return [path.relative_to(ROOT).as_posix() for path in paths]


Rule = Callable[[], Iterable[object]]
HELD: dict[str, Rule] = {
    "packages import downwards only": lambda: imports.forbidden_imports(sources(*PRODUCT)),
    "heavy packages have one home": lambda: imports.heavy_imports_away_from_home(sources(*PRODUCT)),
    "no home is left over": lambda: imports.homes_without_their_package(sources(*PRODUCT)),
    "only the settings read the environment": lambda: names.sources_of_the_environment(
        sources(*PRODUCT)
    ),
    "files stay short": lambda: layout.long_files(texts()),
    "folders stay small": lambda: layout.crowded_folders(sources(*ALL)),
    "modules and public classes are named once": lambda: layout.names_used_twice(sources(*PRODUCT)),
    "packages say what is in them": lambda: layout.packages_without_a_sign(
        sources(*PRODUCT, *TOOLS)
    ),
    "tests mirror what they test": lambda: layout.unmirrored_tests(
        paths_of_tests(), sources(*PRODUCT, *TOOLS), WHOLE
    ),
    "long patterns are tested by name": lambda: layout.long_patterns_without_tests(
        sources(*PRODUCT), paths_of_tests()
    ),
    "weights have one reader": lambda: layout.weights_read_by_several(weights(), sources(*PRODUCT)),
    "names say something": lambda: names.vague_names(sources(*PRODUCT, *TOOLS)),
    "summaries are short and begin with a verb": lambda: names.bad_summaries(
        sources(*PRODUCT, *TOOLS)
    ),
    "models are handed in": lambda: names.cached_models(sources(*PRODUCT)),
    "protocols are asked for": lambda: names.questions_of_implementation(sources(*PRODUCT)),
}


@pytest.mark.parametrize("rule", HELD.values(), ids=HELD.keys())
def test_a_rule_holds(rule: Rule) -> None:
    complaints = list(rule())
    assert not complaints, f"{len(complaints)} breaches:\n" + "\n".join(map(str, complaints))


MODULE = '"""Do a thing."""\n'
LOW = {"low": set[str](), "low.base": {"low"}}


def files(**texts: str) -> list[Source]:
    """Files of the given paths, `a__b` for a/b.py."""
    return planted({f"{name.replace('__', '/')}.py": text for name, text in texts.items()})


BREACHES: dict[str, Rule] = {
    "a package imports one above it": lambda: imports.forbidden_imports(
        planted(
            {
                "low/__init__.py": MODULE,
                "low/a.py": "from low.base.b import f",
                "low/base/__init__.py": MODULE,
                "low/base/b.py": MODULE,
            }
        ),
        LOW,
    ),
    "a package is not in the table": lambda: imports.forbidden_imports(
        planted({"new/__init__.py": MODULE}), LOW
    ),
    "the product imports what makes its weights": lambda: imports.forbidden_imports(
        planted({"low/__init__.py": "import training.sources"}), LOW
    ),
    "faiss is imported elsewhere": lambda: imports.heavy_imports_away_from_home(
        files(qa__answer="def f():\n    import faiss")
    ),
    "a home is empty": lambda: imports.homes_without_their_package(files(a="import os")),
    "the environment is read": lambda: names.sources_of_the_environment(
        files(a="import os\nx = os.environ['A']")
    ),
    "the environment is hidden": lambda: names.sources_of_the_environment(
        files(a="from os import environ")
    ),
    "a file is too long": lambda: layout.long_files({"a.js": "x\n" * 281}),
    "a folder has too many modules": lambda: layout.crowded_folders(
        files(**{f"a__b{number}": "" for number in range(17)})
    ),
    "a module is named twice": lambda: layout.names_used_twice(files(a__x="", b__x="")),
    "a class is named twice": lambda: layout.names_used_twice(
        files(a__x="class C: ...", b__y="class C: ...")
    ),
    "a package has no sign": lambda: layout.packages_without_a_sign(
        planted({"a/__init__.py": "", "a/b.py": ""})
    ),
    "a test mirrors nothing": lambda: layout.unmirrored_tests(
        ["tests/a/test_gone.py"], files(a__b=""), ()
    ),
    "a long pattern has no test": lambda: layout.long_patterns_without_tests(
        files(a__b="import re\nA = re.compile(\n    'a'\n    'b'\n    'c'\n)"), ["tests/test_a.py"]
    ),
    "weights are read twice": lambda: layout.weights_read_by_several(
        ["qa/w.json"], files(a='x = \'"/w.json"\'\ny = Path("w.json")', b='z = "w.json"')
    ),
    "a loop variable is vague": lambda: names.vague_names(files(a="for one in []: ...")),
    "a comprehension's variable is vague": lambda: names.vague_names(
        files(a="x = [f(one) for one in []]")
    ),
    "a function is vague": lambda: names.vague_names(files(a="def _told(): ...")),
    "a field is vague": lambda: names.vague_names(files(a="class A:\n    found: int")),
    "an attribute is vague": lambda: names.vague_names(
        files(a="class A:\n    def f(self): self.made = 1")
    ),
    "a summary has no verb": lambda: names.bad_summaries(
        files(a='def f():\n    """The sum of two."""')
    ),
    "a summary is long": lambda: names.bad_summaries(
        files(a=f'class A:\n    """{"word " * 21}."""')
    ),
    "a model is a global": lambda: names.cached_models(
        files(a="@cache\ndef _network():\n    return MLP.read(Path(__file__))")
    ),
    "an implementation is asked for": lambda: names.questions_of_implementation(
        files(a="isinstance(encoder, StaticEncoder)")
    ),
}


@pytest.mark.parametrize("breach", BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_is_seen(breach: Rule) -> None:
    assert list(breach())


def test_floors_stand_on_one_another() -> None:
    assert imports.circles()[0] == "index"
    with pytest.raises(CycleError):
        imports.circles({"a": {"b"}, "b": {"a"}})


HEAVY = {
    "faiss", "flask", "jieba", "mcp", "onnxruntime", "pydantic", "sentence_transformers", "tantivy",
    "tokenizers", "torch", "tqdm", "trafilatura",
}  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["--version"], set()),
        (["--help"], set()),
        (["serve", "--help"], set()),
        (["completion", "bash"], set()),
        (["status", "--store", "no-store"], {"pydantic"}),
        (["rollback", "--store", "no-store"], {"pydantic"}),
        (["watch", "no-folder", "--help"], {"pydantic"}),
    ],
)
def test_a_command_imports_what_it_needs_and_no_more(
    arguments: list[str], needed: set[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "yiju", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "click" in imported
    assert imported & (HEAVY - needed) == set()
    assert "numpy" not in imported or arguments[0] in ("status", "rollback")


def test_a_program_that_imports_the_module_waits_for_nothing() -> None:
    program = f"import sys, yiju; print({HEAVY!r} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "set()"


def test_a_server_imports_what_reads_files_only_when_it_reads_one() -> None:
    program = (
        "import sys, cli.served_plans\n"
        "from index.ingest.read import read_file\n"
        "formats = lambda: {name for name in sys.modules if name.endswith(('read_pdf', 'html'))}\n"
        "before = formats()\n"
        "read_file('a.html', b'<p>text</p>')\n"
        "print(before, formats() - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    before, after = done.stdout.split(" {", 1)
    assert "index.ingest.formats" not in before
    assert "index.ingest.formats.html" in after
    assert "read_pdf" not in after

"""`python -m bench.licences`: the licence of each package that is installed with Yiju."""

import argparse
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

from bench.processes import ROOT

_CLASSIFIER = "License :: OSI Approved :: "
_LONGEST = 60


def main() -> None:
    """Print a table for what Yiju needs, and one for each extra that users install."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = set(print_table("Yiju itself", project["dependencies"], set()))
    for name in ("models", "ocr", "langchain", "llama-index", "haystack", "milvus"):
        if wanted := project["optional-dependencies"].get(name):
            print_table(f"More with the extra `{name}`", wanted, told)


def print_table(title: str, wanted: Iterable[str], told: set[str]) -> list[str]:
    """Print the packages that requirements lead to, but for those told; return their names."""
    packages = closure(wanted)
    print(f"\n## {title}\n\n| package | version | licence |\n| --- | --- | --- |")
    for name in sorted(packages.keys() - told):
        package = packages[name]
        print(f"| {name} | {package.version} | {licence(package)} |")
    return list(packages)


def closure(wanted: Iterable[str]) -> dict[str, Distribution]:
    """Return the installed packages that requirements lead to, by name."""
    found: dict[str, Distribution] = {}
    left = [Requirement(line) for line in wanted]
    while left:
        requirement = left.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in found or not _applies(requirement, ""):
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError as error:
            raise SystemExit(f"{name} is not installed: run make check first.") from error
        left += _needed(found[name], requirement.extras)
    return found


def licence(package: Distribution) -> str:
    """Return the licence that a package declares: as an expression, a classifier or a name."""
    if expression := _field(package, "License-Expression"):
        return expression
    classifiers = package.metadata.get_all("Classifier") or []
    named = [line.removeprefix(_CLASSIFIER) for line in classifiers if line.startswith(_CLASSIFIER)]
    text = _field(package, "License").strip().split("\n")[0][:_LONGEST]
    return ", ".join(named) or text or "not declared"


def _field(package: Distribution, name: str) -> str:
    return package.metadata[name] if name in package.metadata else ""  # noqa: SIM401 - has no get


def _needed(package: Distribution, extras: Iterable[str]) -> Iterator[Requirement]:
    for line in package.requires or ():
        requirement = Requirement(line)
        if any(_applies(requirement, extra) for extra in ("", *extras)):
            requirement.marker = None
            yield requirement


def _applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


if __name__ == "__main__":
    main()

"""Find the article files under the given PATHs and assign their ids.

Only names and sizes are examined; opening the files is left to `ingest/read.py`. A file that can't
be read becomes a `Failure`, so that one odd name never stops the others.

- The id is the path below the given PATH, with `/`; of a PATH that is a file, its name.
- A file that several PATHs reach (`news` and `news/2016`) is read once, under the outermost PATH,
  in whatever order they were given: its id doesn't depend on the way the command was typed.
- Two different files that would get the same id both fail.
- A link to a folder is not followed, since the files inside the PATH are reached by their own
  names; a link that leads out of the PATH is a failure. A PATH may be a link itself.
"""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from index.article import Failure

SUFFIXES = frozenset(
    ".txt .md .markdown .html .htm .jsonl .json .pdf .docx .docm .odt .pptx .pptm .ppsx .xlsx "
    ".xlsm .csv .tsv .epub .eml .zip".split()
)
CONVERTIBLE = {
    **dict.fromkeys((".doc", ".wps", ".rtf"), ".docx"),
    **dict.fromkeys((".xls", ".et", ".ods"), ".xlsx"),
    **dict.fromkeys((".ppt", ".pps", ".dps", ".odp"), ".pptx"),
}
"""The kinds that LibreOffice converts where it is asked for, with those that it makes of them."""
PICTURES = frozenset(".png .jpg .jpeg .tif .tiff .bmp .webp".split())
"""Files that are articles where scans are recognised."""

# Documents that a user may miss, so they are reported by name; pictures and code are counted.
_DOCUMENTS = frozenset(
    ".doc .dotx .rtf .wps .wpt .pages .mobi .azw3 .caj .kdh .nh .ofd .djvu .xps .chm .msg".split()
)
_SHEETS = frozenset(".xls .xlsb .ods .et .numbers".split())
_SLIDES = frozenset(".ppt .pps .odp .dps".split())
_DATA = {
    ".ndjson": "save it as .jsonl",
    **dict.fromkeys((".xhtml", ".shtml", ".mht", ".mhtml"), "save the page as .html"),
    **dict.fromkeys((".mdown", ".mkd", ".mdx", ".rst", ".adoc", ".org"), "save it as .md"),
    **dict.fromkeys((".xml", ".yaml", ".yml", ".tex", ".log", ".text"), "save it as .txt"),
}
_ARCHIVES = frozenset(".rar .7z .tar .gz .tgz .bz2 .xz .zst .cab".split())
MAX_BYTES = 200_000_000
_Wanted = Callable[[Path], bool]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An article file, with the id of its article; `root` is the given PATH that it is under."""

    id: str
    path: Path
    root: Path

    @property
    def size(self) -> int:
        """Its size in bytes; 0 if it can't be looked at, which is told when it is read."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def is_article(path: Path) -> bool:
    """Return whether a file is of a kind that is always an article."""
    return path.suffix.lower() in SUFFIXES


def find_files(
    paths: Sequence[Path], max_bytes: int = MAX_BYTES, wanted: _Wanted = is_article
) -> tuple[list[SourceFile], list[Failure]]:
    """Return every file under the PATHs that is `wanted`, sorted by id, and the failures.

    `[Path("news")]` → `SourceFile(id="2016/city.txt", path=Path("news/2016/city.txt"), …)`
    """
    reached: list[SourceFile] = []
    failures: list[Failure] = []
    for root in sorted(set(paths), key=_outermost_first):
        for outcome in _files_at(root, max_bytes, wanted):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                reached.append(outcome)
    files, ambiguous = _unique(reached)
    # Overlapping PATHs lead to the same failure twice; it is reported once.
    unique = dict.fromkeys(failures + ambiguous)
    files.sort(key=lambda file: file.id)
    return files, sorted(unique, key=lambda failure: failure.where)


def passed_over(paths: Sequence[Path], wanted: _Wanted = is_article) -> str | None:
    """Return how many files under the PATHs are of kinds that nobody reads for an article.

    `3 .png, 1 .py, 2 without an ending`; None if there are none.
    """
    others = {file.resolve() for root in paths for file in _others(root, wanted)}
    counts = Counter(file.suffix.lower() for file in others)
    named = [f"{count} {suffix}" for suffix, count in sorted(counts.items()) if suffix]
    if counts[""]:
        named.append(f"{counts['']} without an ending")
    return ", ".join(named) or None


def printable(path: Path | str) -> str:
    r"""Return the path as valid text: bytes that are not UTF-8 become `\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def unsupported_reason(suffix: str) -> str | None:
    """Return why files of a suffix can't be read; None for supported and for unknown suffixes.

    Those that are `CONVERTIBLE` can be, where LibreOffice is asked for.
    """
    kind = suffix[1:].upper()
    otherwise = ", or set YIJU_LIBREOFFICE" if suffix in CONVERTIBLE else ""
    if suffix in _SHEETS:
        return f"{kind} files are not supported; save the sheets as .xlsx{otherwise}."
    if suffix in _SLIDES:
        return f"{kind} files are not supported; save the slides as .pptx{otherwise}."
    if suffix in _DATA:
        return f"{kind} files are not supported; {_DATA[suffix]}."
    if suffix in _DOCUMENTS:
        return (
            f"{kind} files are not supported; save the document as .docx{otherwise or ' or .pdf'}."
        )
    if suffix in _ARCHIVES:
        return f"{kind} archives are not supported; unpack it, or pack it as .zip."
    return None


def passes_over(name: str) -> bool:
    """Return whether a file or folder is passed over for its name.

    A `~$` file is what Word puts beside a document that is open.

    >>> passes_over("~$report.docx"), passes_over(".git"), passes_over("report.docx")
    (True, True, False)
    """
    return name.startswith((".", "~$"))


def is_told(name: str, kinds: Collection[str] = SUFFIXES) -> bool:
    """Return whether a file is of the `kinds` of articles, or of one that is reported by name.

    >>> is_told("report.docx"), is_told("report.rar"), is_told("report.png")
    (True, True, False)
    """
    suffix = PurePath(name).suffix.lower()
    return suffix in kinds or unsupported_reason(suffix) is not None


def _outermost_first(path: Path) -> tuple[int, str]:
    return len(path.resolve().parts), str(path)


def _files_at(root: Path, max_bytes: int, wanted: _Wanted) -> Iterator[SourceFile | Failure]:
    if root.is_dir():
        yield from _in_folder(root, max_bytes, wanted)
    elif root.is_file():
        yield from _check_file(root, root, max_bytes, wanted)
    elif root.exists():
        yield Failure(printable(root), "is neither a file nor a folder.")
    else:
        yield Failure(printable(root), "does not exist; check the spelling of the path.")


def _in_folder(root: Path, max_bytes: int, wanted: _Wanted) -> Iterator[SourceFile | Failure]:
    unreadable: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not passes_over(name))
        here = Path(folder)
        for name in folders:
            if (here / name).is_symlink() and not _inside(here / name, root):
                yield _outside_failure(here / name)
        for name in sorted(names):
            path = here / name
            if not passes_over(name):
                yield from _check_file(path, root, max_bytes, wanted)
    for error in unreadable:
        reason = f"can't be opened ({error.strerror}); give read permission."
        yield Failure(printable(error.filename), reason)


def _others(root: Path, wanted: _Wanted) -> Iterator[Path]:
    """Yield the files that are neither articles nor reported by name."""
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not passes_over(name)]
        for path in (Path(folder, name) for name in names if not passes_over(name)):
            if not wanted(path) and unsupported_reason(path.suffix.lower()) is None:
                yield path


def _check_file(
    path: Path, root: Path, max_bytes: int, wanted: _Wanted
) -> Iterator[SourceFile | Failure]:
    if wanted(path):
        name = root.name if path == root else path.relative_to(root).as_posix()
        problem = _problem(path, name, root, max_bytes)
        yield problem or SourceFile(name, path, root)
    elif reason := unsupported_reason(path.suffix.lower()):
        yield Failure(printable(path), reason)


def _problem(path: Path, name: str, root: Path, max_bytes: int) -> Failure | None:
    if name != printable(name):
        reason = "the file's name is not valid UTF-8; rename it."
        return Failure(printable(path), reason)
    if path != root and path.is_symlink() and not _inside(path, root):
        return _outside_failure(path)
    if not path.is_file():
        return Failure(printable(path), "is not a regular file, or is a link to nothing.")
    if path.stat().st_size > max_bytes:
        reason = f"is larger than {max_bytes // 1_000_000} MB; split it."
        return Failure(printable(path), reason)
    return None


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # links that run in a circle
        return False


def _outside_failure(path: Path) -> Failure:
    reason = "is a link that leads out of the folder and is not followed; copy the file instead."
    return Failure(printable(path), reason)


def _unique(reached: Sequence[SourceFile]) -> tuple[list[SourceFile], list[Failure]]:
    """Return each file once, and the failures of different files with the same id."""
    by_path: dict[Path, SourceFile] = {}
    # A file's own name goes before a link to it; otherwise the order stays.
    for file in sorted(reached, key=lambda file: file.path.is_symlink()):
        by_path.setdefault(file.path.resolve(), file)
    uses = Counter(file.id for file in by_path.values())
    files = [file for file in by_path.values() if uses[file.id] == 1]
    ambiguous = [
        Failure(
            printable(file.path),
            f"another file has the same id “{file.id}”; rename one, or give their common folder.",
        )
        for file in by_path.values()
        if uses[file.id] > 1
    ]
    return files, ambiguous

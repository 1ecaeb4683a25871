"""The manifest of a generation: its settings and its files' checksums."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pydantic import BaseModel, ValidationError

from index.engine_names import EXACT
from index.errors import MismatchError, unusable

NAME = "manifest.json"
_FORMAT = 3
_THREADS = 2  # read files: hashing leaves Python's lock
Key = tuple[int, ...]
"""What a file was like when its digest was computed."""

_UNRECORDED = "sentences/1"  # the id of all indexes from before it was recorded


class Quality(BaseModel, frozen=True):
    """The quality gate's verdict on a generation: `recall` is the share of evidence retrieved.

    `questions` is the SHA-256 of the question lines; `forced` marks a verdict that was overruled.
    """

    questions: str
    asked: int
    recall: float
    forced: bool = False


class Engine(BaseModel, frozen=True):
    """The engine that searches a generation's vectors.

    `candidates` vectors are compared for each one that is wanted; `recall` is the share of the
    nearest 50 found, of those that exact search finds, measured with so many `questions`.
    """

    name: str
    candidates: int = 0
    recall: float = 1.0
    questions: int = 0


EXACT_ENGINE = Engine(name=EXACT)


class FileSums:
    """SHA-256 of files, computed again only when a file's size or time has changed.

    Generations share files by hard link, so a file checked for one is not read again for the next.
    `threads` read files.
    """

    def __init__(self, threads: int = _THREADS) -> None:
        self._threads = threads
        self._known: dict[Key, str] = {}

    def of(self, path: Path) -> str:
        """Return the digest of a file in hexadecimal."""
        key = _state_of(path)
        if key not in self._known:
            with path.open("rb") as file:
                self._known[key] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._known[key]

    def all(self, folder: Path) -> dict[str, str]:
        """Return the digests of a generation's files by relative path.

        Lock files are left out: they are empty, and come and go.
        """
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        kept = [path for path in paths if path != folder / NAME and path.suffix != ".lock"]
        with ThreadPoolExecutor(self._threads) as threads:
            sums = threads.map(self.of, kept)
            return {
                path.relative_to(folder).as_posix(): digest
                for path, digest in zip(kept, sums, strict=True)
            }


def _state_of(path: Path) -> Key:
    """Return what tells a file from another, and from what it was before it was changed."""
    stat = path.stat()
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns


class Manifest(BaseModel, frozen=True):
    """The manifest, written beside the files it describes.

    `model`, `tokenizer` and `splitter` are ids that include every setting which changes the
    result; `sentences` is None if it was not recorded yet. `library` is a digest of what the
    library holds of it, None likewise. `previous` is the version that was current at the time;
    `files` maps every file to its SHA-256.
    All engines are exact that were made before it was recorded.
    """

    format: int = _FORMAT
    version: str
    rebuilt_at: str
    model: str
    dim: int
    tokenizer: str
    splitter: str
    sentences: str | None = None
    articles: int
    passages: int
    library: str | None = None
    quality: Quality | None = None
    engine: Engine = EXACT_ENGINE
    previous: str | None = None
    files: dict[str, str]

    @property
    def sentences_by(self) -> str:
        """The id of the sentence splitting, recorded or not."""
        return self.sentences or _UNRECORDED

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into the generation's folder."""
        text = self.model_dump_json(indent=2) + "\n"
        (folder / NAME).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read the manifest of a generation's folder.

        Raises:
            MismatchError: it is missing, damaged, or of another format.
            StoreError: it can't be read.
        """
        try:
            manifest = cls.model_validate_json((folder / NAME).read_bytes())
        except (FileNotFoundError, ValidationError) as error:
            text = f"{folder / NAME} is missing or damaged. {_REMEDY}"
            raise MismatchError(text, folder / NAME) from error
        except OSError as error:
            raise unusable(folder / NAME, error) from error
        manifest.expect("format", manifest.format, _FORMAT)
        return manifest

    def expect(self, what: str, made_with: object, wanted: object) -> None:
        """Refuse a difference, showing both values and the remedy.

        Raises:
            MismatchError: the two differ.
        """
        if made_with != wanted:
            raise MismatchError(
                f"Index version {self.version} was made with {what} {made_with}, but now it is "
                f"{wanted}. {_REMEDY}"
            )

    def check_files(self, folder: Path, sums: FileSums) -> None:
        """Compare every file with its checksum.

        Raises:
            MismatchError: a file is missing, was added, or differs.
        """
        present = sums.all(folder)
        for name in sorted(present.keys() | self.files.keys()):
            if present.get(name) != self.files.get(name):
                raise MismatchError(
                    f"Index version {self.version} is damaged: file {name} has checksum "
                    f"{present.get(name)} instead of {self.files.get(name)}. Make a new index "
                    "with: yiju rebuild FOLDER"
                )


_REMEDY = "Go back to the former setting, or make a new index with: yiju rebuild FOLDER"

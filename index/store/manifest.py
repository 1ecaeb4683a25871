"""What a generation says of itself, and the check that it is true."""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ValidationError

from index.errors import MismatchError

NAME = "manifest.json"
_FORMAT = 3
_UNRECORDED = "sentences/1"  # what cut the sentences of all indexes made before it was recorded


class Quality(BaseModel, frozen=True):
    """How the quality gate found a generation: the share of evidence that is retrieved.

    `questions` names the question lines (SHA-256), `forced` tells that they were overruled.
    """

    questions: str
    asked: int
    recall: float
    forced: bool = False


class FileSums:
    """SHA-256 of files, each computed once while neither its size nor its time changes.

    Generations share files by hard link: what one has been checked for need not be read again for
    the next.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, int, int], str] = {}

    def of(self, path: Path) -> str:
        """The digest of a file, in hexadecimal."""
        stat = path.stat()
        key = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if key not in self._known:
            with path.open("rb") as file:
                self._known[key] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._known[key]

    def all(self, folder: Path) -> dict[str, str]:
        """The digest of each file of a generation, by its relative path.

        Lock files are left out: they hold nothing, and come and go.
        """
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        named = ((path.relative_to(folder).as_posix(), path) for path in paths)
        return {
            name: self.of(path)
            for name, path in named
            if name != NAME and not name.endswith(".lock")
        }


class Manifest(BaseModel, frozen=True):
    """Written beside the files it describes.

    `model`, `tokenizer` and `splitter` are ids that include all settings which change the result;
    `sentences` is None in those made before it was recorded. `previous` is the version that was
    current when it was made; `files` gives the SHA-256 of every file.
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
    quality: Quality | None = None
    previous: str | None = None
    files: dict[str, str]

    @property
    def sentences_by(self) -> str:
        """What cut the sentences, recorded or not."""
        return self.sentences or _UNRECORDED

    def write(self, folder: Path) -> None:
        """Writes `manifest.json` into the generation's folder."""
        text = self.model_dump_json(indent=2) + "\n"
        (folder / NAME).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Reads it back.

        Raises:
            MismatchError: there is none, it is damaged, or of another format.
        """
        try:
            manifest = cls.model_validate_json((folder / NAME).read_bytes())
        except (FileNotFoundError, ValidationError) as error:
            raise MismatchError(f"{folder / NAME} is missing or damaged. {_CURE}") from error
        manifest.expect("format", manifest.format, _FORMAT)
        return manifest

    def expect(self, what: str, made_with: object, wanted: object) -> None:
        """Refuses a difference, showing both values and the cure.

        Raises:
            MismatchError: the two differ.
        """
        if made_with != wanted:
            raise MismatchError(
                f"Index version {self.version} was made with {what} {made_with}, but now it is "
                f"{wanted}. {_CURE}"
            )

    def check_files(self, folder: Path, sums: FileSums) -> None:
        """Compares every file with its checksum.

        Raises:
            MismatchError: a file is missing, was added, or differs.
        """
        found = sums.all(folder)
        for name in sorted(found.keys() | self.files.keys()):
            if found.get(name) != self.files.get(name):
                raise MismatchError(
                    f"Index version {self.version} is damaged: file {name} has checksum "
                    f"{found.get(name)} instead of {self.files.get(name)}. Make a new index with: "
                    "yiju rebuild FOLDER"
                )


_CURE = "Go back to the former setting, or make a new index with: yiju rebuild FOLDER"

"""What a generation says of itself, and the check that it is true."""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ValidationError

from index.errors import MismatchError

NAME = "manifest.json"
_FORMAT = 2


class Manifest(BaseModel, frozen=True):
    """Written beside the files it describes.

    `model`, `tokenizer` and `splitter` are ids that include all settings which change the result;
    `files` gives the SHA-256 of every file.
    """

    format: int = _FORMAT
    version: str
    rebuilt_at: str
    model: str
    dim: int
    tokenizer: str
    splitter: str
    articles: int
    passages: int
    files: dict[str, str]

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

    def check_files(self, folder: Path) -> None:
        """Compares every file with its checksum.

        Raises:
            MismatchError: a file is missing, was added, or differs.
        """
        found = checksums(folder)
        for name in sorted(found.keys() | self.files.keys()):
            if found.get(name) != self.files.get(name):
                raise MismatchError(
                    f"Index version {self.version} is damaged: file {name} has checksum "
                    f"{found.get(name)} instead of {self.files.get(name)}. Make a new index with: "
                    "yiju rebuild FOLDER"
                )


def checksums(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a generation, by its relative path.

    Lock files are left out: they hold nothing, and come and go.
    """
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if name != NAME and not name.endswith(".lock"):
            with path.open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


_CURE = "Go back to the former setting, or make a new index with: yiju rebuild FOLDER"

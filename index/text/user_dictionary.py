"""The user's own words and synonyms: one file in the store, copied into each generation.

A line is a word that stays whole, or several that mean the same, separated by `=`:

    智慧国家2025
    火神公司 = Vulcan      # a comment
"""

from pathlib import Path

from pydantic import BaseModel, ValidationError

from index.errors import MismatchError, UsageError

NAME = "words.json"
_MAX_WORD_LENGTH = 100  # characters of a word


class UserWords(BaseModel, frozen=True):
    """Words that stay whole, and groups of words that mean the same, as the user wrote them."""

    words: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def read(cls, path: Path) -> "UserWords":
        """Read the user's file; a missing file has no words.

        Raises:
            UsageError: it is malformed; the message names the line.
        """
        if not path.is_file():
            return cls()
        lines = (_parts(path, at, line) for at, line in enumerate(_lines(path), 1))
        groups = [parts for parts in lines if parts]
        return cls(
            words=tuple(dict.fromkeys(word for group in groups for word in group)),
            groups=tuple(dict.fromkeys(group for group in groups if len(group) > 1)),
        )

    def write(self, folder: Path) -> None:
        """Write the copy into a generation's folder."""
        (folder / NAME).write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")

    @classmethod
    def of_generation(cls, folder: Path) -> "UserWords":
        """Read the copy back; older generations have none.

        Raises:
            MismatchError: it is damaged.
        """
        try:
            return cls.model_validate_json((folder / NAME).read_bytes())
        except FileNotFoundError:
            return cls()
        except ValidationError as error:
            raise MismatchError(
                f"{folder / NAME} is damaged. Make a new index with: yiju rebuild FOLDER",
                folder / NAME,
            ) from error


def _lines(path: Path) -> list[str]:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        at = content.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{path}, line {at}: this is not UTF-8. Save the file as UTF-8.", path
        ) from error


def _parts(path: Path, at: int, line: str) -> tuple[str, ...]:
    """Return the words of a line, each once, without its comment."""
    text = f" {line}".split(" #")[0].replace("＝", "=").strip()
    if not text:
        return ()
    parts = tuple(dict.fromkeys(" ".join(part.split()) for part in text.split("=")))
    for part in parts:
        if not part or not part.isprintable() or len(part) > _MAX_WORD_LENGTH:
            raise UsageError(
                f"{path}, line {at}: “{text[:_MAX_WORD_LENGTH]}” does not fit. A line is a word of "
                f"at most {_MAX_WORD_LENGTH} characters, or several that mean the same, parted by "
                "“=”.",
                path,
            )
    return parts

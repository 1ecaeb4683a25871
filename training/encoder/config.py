"""The configuration of the encoder's training, read from `config.toml`, which explains each key."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

DEFAULT = Path(__file__).with_name("config.toml")


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Vocabulary(_Section):
    """Which words become tokens."""

    jieba_words: int
    dictionary_count: int
    met_count: int
    longest_word: int
    teacher_words: int
    numbers: int


class Glosses(_Section):
    """How many English glosses a Chinese word gets."""

    per_word: int
    longest: int


class Start(_Section):
    """The initial vectors."""

    dim: int
    smoothing: float
    unknown: float
    mark: float


class Pairs(_Section):
    """How training pairs are cut from texts."""

    windows: int
    window: tuple[int, int]
    longest_bitext: int
    repeated: dict[str, int]
    documents: int
    sentences: int
    statute_cuts: int
    words: int


class Contrastive(_Section):
    """Contrastive training; sizes count the rows of a step."""

    steps: int
    rate: float
    scale: float
    dropout: float
    thinning: float
    questions: int
    english: int
    bitext: int
    words: int
    parts: int
    documents: int
    late: int
    checkpoint: int


class Config(_Section):
    """All sections."""

    seed: int
    vocabulary: Vocabulary
    glosses: Glosses
    start: Start
    pairs: Pairs
    contrastive: Contrastive

    @classmethod
    def read(cls, path: Path = DEFAULT) -> "Config":
        """Read a configuration; an unknown or missing key is an error."""
        return cls.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))

"""All settings; nothing else reads the environment."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The settings, each from `YIJU_` and its name in capitals: `YIJU_STORE=/data/store`."""

    model_config = SettingsConfigDict(env_prefix="YIJU_", env_ignore_empty=True, frozen=True)

    store: Path = Field(Path("store"), description="folder of the library and its indexes")
    model: str = Field(
        "yiju-zh-en-256",
        description="embedding model: the one in the box, a folder, a package that carries one, "
        "or a cached hub name",
    )
    model_download: bool = Field(
        False, description="whether a model that is not on this machine may be fetched from a hub"
    )
    question_prompt: str = Field("", description="put before a question when it is embedded")
    passage_prompt: str = Field("", description="put before a passage when it is embedded")
    cross_encoder: str = Field(
        "",
        description="cross-encoder that puts the best passages in order: a folder, a package that "
        "carries one, or a cached hub name; none where empty",
    )
    threshold: float = Field(
        0.5, ge=0, le=1, description="confidence below which the articles are said not to say"
    )
    workers: int = Field(1, ge=1, le=64, description="server processes, each with its own model")
    threads: int = Field(8, ge=1, le=256, description="requests a server process handles at once")
    fetch_private: bool = Field(
        False, description="whether pages of the own network may be fetched with --urls"
    )
    rebuild_processes: int = Field(
        2, ge=1, le=64, description="processes that a large rebuild makes passages ready in"
    )
    max_body: int = Field(1_000_000, ge=1, description="bytes of a request's body at most")
    max_upload: int = Field(50_000_000, ge=1, description="bytes of an upload at most")
    read_only: bool = Field(
        False, description="whether uploads, deletions and rebuilds over the API are refused"
    )

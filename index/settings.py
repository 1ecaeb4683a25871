"""All settings; nothing else reads the environment."""

import re
from base64 import b64decode
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.access_settings import AccessSettings
from index.engine_names import AUTO
from index.engine_settings import EngineSettings
from index.server_settings import ServerSettings, listed

_HOST_NAME = re.compile(r"[A-Za-z0-9._-]+")
# Without a name and password, a query or a fragment: it is told in the log.
_SERVICE = re.compile(
    r"https?://(?:[A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?"
)
_KEY = re.compile("[!-~]*")
_ADDRESS = re.compile(r"https?://[^\s/?#@]+([/?#]\S*)?")
_SITE = re.compile(r"https?://(\*\.)?[A-Za-z0-9._-]+(:\d{1,5})?")

_TOOLS = ("add_article", "delete_article", "rebuild")


class Settings(AccessSettings, EngineSettings, ServerSettings, BaseSettings):
    """The settings, each from `YIJU_` and its name in capitals: `YIJU_STORE=/data/store`."""

    model_config = SettingsConfigDict(env_prefix="YIJU_", env_ignore_empty=True, frozen=True)

    store: Path = Field(Path("store"), description="folder of the library and its indexes")
    model: str = Field(
        "yiju-zh-en-256",
        description="embedding model: the bundled one, a folder, a package that contains one, or "
        "a cached hub name",
    )
    model_download: bool = Field(
        False, description="whether to download a model that is not on this machine from a hub"
    )
    engine: Literal["auto", "exact", "pq"] = Field(
        AUTO,
        description="how the vectors are searched: `exact`, by codes first (`pq`), or `auto`, "
        "which is exact until a rebuild finds that codes are faster and find the same",
    )
    question_prompt: str = Field("", description="text put before a question to embed it")
    passage_prompt: str = Field("", description="text put before a passage to embed it")
    cross_encoder: str = Field(
        "",
        description="cross-encoder that reorders the best passages: a folder, a package that "
        "contains one, or a cached hub name; empty for none",
    )
    reader: str = Field(
        "",
        description="model for extractive question answering that reads in place of the bundled "
        "reader: a folder, a package that contains one, or a cached hub name; empty for the "
        "bundled one",
    )
    threshold: float = Field(
        0.6, ge=0, le=1, description="confidence below which a question is not answered"
    )
    possible: float = Field(
        0.1, ge=0, le=1, description="confidence from which an unsure answer is shown as possible"
    )
    workers: int = Field(
        0, ge=0, le=64, description="server processes; 0 for as many as there are cores"
    )
    threads: int = Field(
        4,
        ge=1,
        le=256,
        description="requests other than questions that a server process handles at once; of "
        "questions, all processes together handle as many as there are cores",
    )
    fetch_private: bool = Field(
        False, description="whether --urls may fetch pages of your own network"
    )
    ocr: bool = Field(
        False,
        description="whether scanned pages and pictures are recognised (OCR), in rebuilds and "
        "uploads",
    )
    rebuild_processes: int = Field(
        2, ge=1, le=64, description="processes that a large rebuild uses"
    )
    suggestions: int = Field(
        48,
        ge=0,
        description="questions that a rebuild tries, to suggest those that are surely answered; "
        "0 for none",
    )
    libreoffice: str = Field(
        "false",
        description="whether LibreOffice converts old Office files such as `.doc`: `true`, or the "
        "path of its program `soffice`",
    )
    llm_base_url: str = Field(
        "",
        description="address of a language model that writes from what was found, as the OpenAI "
        "API has it: `http://127.0.0.1:8080/v1`; empty for none",
    )
    llm_model: str = Field(
        "", description="name of that model, as its server knows it", validate_default=True
    )
    llm_key: SecretStr = Field(
        SecretStr(""), description="key for it, if it asks for one; it is never logged or shown"
    )
    llm_timeout: float = Field(
        20.0, gt=0, le=600, description="seconds that it may take for one answer"
    )
    llm_budget: int = Field(
        3000,
        ge=500,
        le=1_000_000,
        description="tokens of one answer at most: of the evidence, of which it gets three "
        "quarters, and of what the model writes",
    )
    llm_follow_ups: bool = Field(
        False,
        description="whether it may also rewrite follow-ups that Yiju's own rules leave as they "
        "are, for which it is sent the conversation",
    )
    max_body: int = Field(1_000_000, ge=1, description="largest request body, in bytes")
    max_upload: int = Field(50_000_000, ge=1, description="largest upload, in bytes")
    read_only: bool = Field(
        False,
        description="whether to refuse uploads, deletions, rebuilds and feedback over the API",
    )
    mcp_tools: str = Field(
        "",
        description="further tools that assistants may use over MCP, separated by commas: "
        "`add_article`, `delete_article`, `rebuild`; they only read by default",
    )
    keep_questions: bool = Field(
        False,
        description="whether to keep the text of questions that found no sure answer, for the "
        "owner's page",
    )
    webhooks: str = Field(
        "",
        description="addresses that are told of rebuilds and of questions without a sure answer, "
        "separated by commas",
    )
    webhook_secret: str = Field(
        "",
        repr=False,
        validate_default=True,
        description="secret that webhooks are signed with: `whsec_` and 24 to 64 bytes in base64",
    )
    webhook_private: bool = Field(
        False, description="whether webhooks may be sent to addresses of your own network"
    )
    hosts: str = Field(
        "",
        description="further host names by which browsers reach the server, separated by commas; "
        "`*` for any",
    )

    frame_ancestors: str = Field(
        "",
        description="sites that may show the page in a frame, as the widget does, separated by "
        "commas: `https://docs.example`",
    )

    @field_validator("llm_base_url")
    @classmethod
    def _check_service(cls, address: str) -> str:
        if address and not _SERVICE.fullmatch(address):
            wrong = "it is no address of a model; write it as http://127.0.0.1:8080/v1"
            raise PydanticCustomError("service", wrong)
        return address.rstrip("/")

    @field_validator("llm_model")
    @classmethod
    def _check_model(cls, name: str, info: ValidationInfo) -> str:
        if info.data.get("llm_base_url") and not name:
            raise PydanticCustomError("model", "a language model that is asked needs its name")
        return name

    @field_validator("llm_key")
    @classmethod
    def _check_key(cls, key: SecretStr) -> SecretStr:
        if not _KEY.fullmatch(key.get_secret_value()):
            raise PydanticCustomError("key", "a key has visible ASCII characters only")
        return key

    @field_validator("webhooks")
    @classmethod
    def _check_addresses(cls, addresses: str) -> str:
        for address in listed(addresses):
            if not _ADDRESS.fullmatch(address):
                wrong = "“{address}” is no web address; write it as https://hooks.example/yiju"
                raise PydanticCustomError("address", wrong, {"address": address})
        return addresses

    @field_validator("webhook_secret")
    @classmethod
    def _check_secret(cls, secret: str, info: ValidationInfo) -> str:
        if not secret and not info.data.get("webhooks"):
            return secret
        if not _is_secret(secret):
            wrong = "webhooks need one; make it with: echo whsec_$(openssl rand -base64 32)"
            raise PydanticCustomError("secret", wrong)
        return secret

    @field_validator("frame_ancestors")
    @classmethod
    def _check_sites(cls, sites: str) -> str:
        for site in listed(sites):
            if not _SITE.fullmatch(site):
                wrong = "“{site}” is no site; write it as https://docs.example, without a path"
                raise PydanticCustomError("site", wrong, {"site": site})
        return sites

    @field_validator("hosts")
    @classmethod
    def _check_hosts(cls, hosts: str) -> str:
        for host in listed(hosts):
            if not _is_host(host):
                wrong = "“{host}” is no host name or IP address; leave out scheme and port"
                raise PydanticCustomError("host", wrong, {"host": host})
        return hosts

    @field_validator("mcp_tools")
    @classmethod
    def _check_tools(cls, tools: str) -> str:
        for tool in listed(tools):
            if tool not in _TOOLS:
                wrong = "there is no tool “{tool}” to allow; name some of {tools}"
                raise PydanticCustomError("tool", wrong, {"tool": tool, "tools": ", ".join(_TOOLS)})
        return tools

    @property
    def listed_webhooks(self) -> list[str]:
        """The addresses in `webhooks`, each once."""
        return list(dict.fromkeys(listed(self.webhooks)))

    @property
    def listed_ancestors(self) -> list[str]:
        """The sites in `frame_ancestors`."""
        return listed(self.frame_ancestors)

    @property
    def listed_mcp_tools(self) -> list[str]:
        """The names in `mcp_tools`."""
        return listed(self.mcp_tools)

    @property
    def listed_hosts(self) -> list[str]:
        """The names in `hosts`."""
        return listed(self.hosts)


def _is_secret(secret: str) -> bool:
    """Return whether a secret is one as Standard Webhooks has it."""
    if not secret.startswith("whsec_"):
        return False
    try:
        key = b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        return False
    return 24 <= len(key) <= 64


def _is_host(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host == "*" or _HOST_NAME.fullmatch(host) is not None
    return True

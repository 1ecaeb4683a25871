"""The settings of a server among others: proxies, addresses, metrics, logs.

`settings.py` takes them in, and reads all of them from the environment.
"""

import re
from ipaddress import ip_network
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError

# Without a name and password, a query or a fragment; what it holds goes into links and headers.
_PUBLIC = re.compile(
    r"https?://(?:[A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?(?:/[A-Za-z0-9._~-]+)*/?"
)
_ORIGIN = re.compile(r"https?://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class ServerSettings(BaseModel):
    """Settings that only `yiju serve` looks at."""

    trusted_proxy: str = Field(
        "",
        description="addresses or networks of the proxies in front, separated by commas: "
        "`127.0.0.1`, `10.0.0.0/8`; what they tell of clients is believed",
    )
    public_url: str = Field(
        "",
        description="address at which the page is reached from outside, for links: "
        "`https://example.org/yiju/`; empty for the one that each request is sent to",
    )
    cors_origins: str = Field(
        "",
        description="sites whose pages may call the API from a browser (CORS), separated by "
        "commas: `https://app.example`",
    )
    metrics: Literal["local", "true", "false"] = Field(
        "local",
        description="who gets `/metrics`: `local` for programs on this machine that do not come "
        "through a proxy, `true` for everybody, `false` for nobody",
    )
    log: Literal["plain", "requests", "json"] = Field(
        "plain",
        description="what is logged: `plain` for what goes wrong, `requests` for a line of each "
        "request as well, `json` for all of it as a JSON object a line",
    )
    log_questions: bool = Field(
        False, description="whether the lines of requests have the text of questions"
    )

    @field_validator("trusted_proxy")
    @classmethod
    def _check_proxies(cls, names: str) -> str:
        for name in listed(names):
            try:
                ip_network(name, strict=False)
            except ValueError as error:
                wrong = "“{name}” is no IP address and no network; write 127.0.0.1 or 10.0.0.0/8"
                raise PydanticCustomError("proxy", wrong, {"name": name}) from error
        return names

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, address: str) -> str:
        if address and not _PUBLIC.fullmatch(address):
            wrong = "it is no address of a page; write it as https://example.org/yiju/"
            raise PydanticCustomError("public_url", wrong)
        return f"{address.rstrip('/')}/" if address else ""

    @field_validator("cors_origins")
    @classmethod
    def _check_origins(cls, origins: str) -> str:
        for origin in listed(origins):
            if not _ORIGIN.fullmatch(origin.lower()):
                wrong = "“{site}” is no site; write it as https://app.example, without a path"
                raise PydanticCustomError("site", wrong, {"site": origin})
        return origins

    @property
    def listed_proxies(self) -> list[str]:
        """The addresses and networks in `trusted_proxy`."""
        return listed(self.trusted_proxy)

    @property
    def listed_origins(self) -> list[str]:
        """The sites in `cors_origins`, as browsers write them."""
        return [_as_sent(origin.lower()) for origin in listed(self.cors_origins)]

    @property
    def public_host(self) -> list[str]:
        """The host name of `public_url`, if it is set."""
        host = urlsplit(self.public_url).hostname
        return [host] if host else []


def listed(names: str) -> list[str]:
    """Return names that are separated by commas or white space."""
    return names.replace(",", " ").split()


def _as_sent(origin: str) -> str:
    """Return an origin without the port that its scheme has anyway."""
    return origin.removesuffix(_DEFAULT_PORTS[origin.partition(":")[0]])

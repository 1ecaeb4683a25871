"""What is set about the ways to the server."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from index.settings import Settings
from web.reach.cross_origin import CrossOrigin
from web.reach.trusted_proxies import TrustedProxies


@dataclass(frozen=True, slots=True)
class Reach:
    """The proxies that are believed, the address of the page if it is set, and the sites let in.

    `public_url` ends with a slash; it is empty where the requests themselves tell.
    """

    proxies: TrustedProxies = field(default_factory=TrustedProxies)
    public_url: str = ""
    cross_origin: CrossOrigin = field(default_factory=CrossOrigin)

    @classmethod
    def of(cls, settings: Settings) -> "Reach":
        """Take what is set."""
        return cls(
            TrustedProxies(settings.listed_proxies),
            settings.public_url,
            CrossOrigin(settings.listed_origins),
        )

    @property
    def prefix(self) -> str:
        """The path below which the server is reached, without a slash at its end.

        >>> Reach(public_url="https://example.org/yiju/").prefix
        '/yiju'
        """
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def own_origin(self) -> str:
        """The origin of the page where its address is set, as browsers write it."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}" if self.public_url else ""
